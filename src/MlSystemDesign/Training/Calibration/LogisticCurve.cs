using MathNet.Numerics.LinearAlgebra;

namespace MlSystemDesign.Training;

/// <summary>Fits the few numbers of a calibration curve: log-odds = intercept + Σ slope × column, with the least log loss.</summary>
/// <remarks>Newton's method with step halving (Lin, Lin and Weng, Machine Learning 68, 2007) on columns scaled to deviation 1, so that its system is well conditioned.</remarks>
internal static class LogisticCurve
{
    private const int MaxIterations = 100;

    /// <summary>Platt's targets, (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2): rows that scores separate then have a finite optimum.</summary>
    internal static double[] SmoothedTargets(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double positive = 0, negative = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            positive += targets[i] == 1 ? weights[i] : 0;
            negative += targets[i] == 1 ? 0 : weights[i];
        }

        double[] smoothed = new double[targets.Length];
        for (int i = 0; i < smoothed.Length; i++)
        {
            smoothed[i] = targets[i] == 1 ? (positive + 1) / (positive + 2) : 1 / (negative + 2);
        }

        return smoothed;
    }

    /// <summary>Fits the curve.</summary>
    /// <param name="columns">Columns of n finite numbers, not changed.</param>
    /// <param name="targets">n targets in [0, 1].</param>
    /// <param name="weights">n weights of mean 1.</param>
    /// <param name="offsets">n log-odds to add to the curve, or empty.</param>
    /// <param name="intercept">Whether the curve has an intercept; it is 0 otherwise.</param>
    internal static (double[] Slopes, double Intercept) Fit(
        double[][] columns, double[] targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets = default, bool intercept = true)
    {
        double[] means = new double[columns.Length], scales = new double[columns.Length];
        double[][] units = new double[columns.Length + (intercept ? 1 : 0)][];
        for (int c = 0; c < columns.Length; c++)
        {
            (means[c], scales[c]) = Standardization(columns[c], weights, intercept);
            (double mean, double scale) = (means[c], scales[c]);
            units[c] = Array.ConvertAll(columns[c], x => (x - mean) / scale);
        }

        if (intercept)
        {
            units[^1] = new double[targets.Length];
            Array.Fill(units[^1], 1);
        }

        double[] fitted = Minimize(units, targets, weights, offsets), slopes = new double[columns.Length];
        double constant = intercept ? fitted[^1] : 0;
        for (int c = 0; c < slopes.Length; c++)
        {
            slopes[c] = fitted[c] / scales[c];
            constant -= slopes[c] * means[c];
        }

        return (slopes, constant);
    }

    /// <summary>The weighted log loss of a curve, summed over the rows.</summary>
    internal static double Loss(double[][] columns, double[] slopes, double[] targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets, double intercept = 0)
    {
        double loss = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double margin = intercept + Margin(columns, slopes, offsets, i);
            loss += weights[i] * (Logistic.SoftPlus(margin) - (targets[i] * margin));
        }

        return loss;
    }

    // Without an intercept a column must not be moved, only scaled.
    private static (double Mean, double Scale) Standardization(double[] column, ReadOnlySpan<double> weights, bool centre)
    {
        double total = 0, sum = 0, squares = 0;
        for (int i = 0; i < column.Length; i++)
        {
            total += weights[i];
            sum += weights[i] * column[i];
        }

        double mean = centre ? sum / total : 0;
        for (int i = 0; i < column.Length; i++)
        {
            squares += weights[i] * (column[i] - mean) * (column[i] - mean);
        }

        double deviation = Math.Sqrt(squares / total);
        return (mean, deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? deviation : 1);
    }

    private static double Margin(double[][] units, double[] slopes, ReadOnlySpan<double> offsets, int row)
    {
        double margin = offsets.IsEmpty ? 0 : offsets[row];
        for (int c = 0; c < slopes.Length; c++)
        {
            margin += slopes[c] * units[c][row];
        }

        return margin;
    }

    private static double[] Minimize(double[][] units, double[] targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> offsets)
    {
        int k = units.Length;
        double[] slopes = new double[k];
        double loss = Loss(units, slopes, targets, weights, offsets);
        for (int iteration = 0; k > 0 && iteration < MaxIterations; iteration++)
        {
            double[] gradient = new double[k];
            double[,] curvature = new double[k, k];
            for (int a = 0; a < k; a++)
            {
                curvature[a, a] = 1e-12;
            }

            for (int i = 0; i < targets.Length; i++)
            {
                double p = Logistic.Probability(Margin(units, slopes, offsets, i));
                double residual = weights[i] * (p - targets[i]), bend = weights[i] * p * (1 - p);
                for (int a = 0; a < k; a++)
                {
                    gradient[a] += residual * units[a][i];
                    for (int b = 0; b <= a; b++)
                    {
                        curvature[a, b] += bend * units[a][i] * units[b][i];
                    }
                }
            }

            for (int a = 0; a < k; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    curvature[b, a] = curvature[a, b];
                }
            }

            Vector<double> slope = Vector<double>.Build.Dense(gradient);
            Vector<double> step = Matrix<double>.Build.DenseOfArray(curvature).Solve(slope);
            double decrement = slope * step, share = 1;
            double[] next = Step(slopes, step, share);
            double nextLoss = Loss(units, next, targets, weights, offsets);
            while (!(nextLoss <= loss) && share > 1e-10)
            {
                share /= 2;
                next = Step(slopes, step, share);
                nextLoss = Loss(units, next, targets, weights, offsets);
            }

            if (!(nextLoss <= loss))
            {
                break;
            }

            (slopes, loss) = (next, nextLoss);
            if (decrement <= 1e-14 * targets.Length)
            {
                break;
            }
        }

        return slopes;
    }

    private static double[] Step(double[] slopes, Vector<double> step, double share)
    {
        double[] next = new double[slopes.Length];
        for (int a = 0; a < next.Length; a++)
        {
            next[a] = slopes[a] - (share * step[a]);
        }

        return next;
    }
}
