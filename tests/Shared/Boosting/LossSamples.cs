namespace MlSystemDesign.Tests.Training.Losses;

/// <summary>Rows for losses of one's own.</summary>
internal static class LossSamples
{
    /// <summary>400 rows of three columns, 79 positives: the rows that the reference of the focal loss was trained on.</summary>
    public static TrainingSet Binary()
    {
        const int n = 400;
        double[] u = TrainingSamples.Uniform(4 * n, 19), x1 = new double[n], x2 = new double[n], x3 = new double[n], y = new double[n];
        for (int i = 0; i < n; i++)
        {
            (x1[i], x2[i], x3[i]) = (u[4 * i] * 10, u[(4 * i) + 1] < 0.1 ? double.NaN : u[(4 * i) + 1] * 5, u[(4 * i) + 2]);
            y[i] = u[(4 * i) + 3] < 1 / (1 + Math.Exp(-(-3 + (0.5 * x1[i]) - (0.6 * (double.IsNaN(x2[i]) ? 4 : x2[i]))))) ? 1 : 0;
        }

        return new TrainingSet(new FeatureTableBuilder(TrainingSamples.Keys(n)).Number("x1", x1).Number("x2", x2).Number("x3", x3).Build(), y);
    }

    /// <summary>Values above zero, skewed to the right, whose spread grows with x.</summary>
    public static TrainingSet Amounts(int rows, double scale = 1, bool counts = false)
    {
        double[] u = TrainingSamples.Uniform(3 * rows, 23), x = new double[rows], noise = new double[rows], y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            (x[i], noise[i]) = (u[3 * i] * 3, u[(3 * i) + 1]);
            double mean = Math.Exp(x[i] - 0.5), draw = -mean * Math.Log(1 - u[(3 * i) + 2]);
            y[i] = scale * (counts ? Math.Floor(draw) : draw);
        }

        return new TrainingSet(new FeatureTableBuilder(TrainingSamples.Keys(rows)).Number("x", x).Number("noise", noise).Build(), y, TargetKind.Value);
    }
}
