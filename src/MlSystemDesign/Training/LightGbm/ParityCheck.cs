using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>Compares our scorer with LightGBM's own on probe rows, before a model leaves training.</summary>
internal static class ParityCheck
{
    private const double Tolerance = 1e-12;
    private const int SampledRows = 128;
    private const int ProbedSplits = 512;

    // Missing, both zeros, extremes, negative and unseen categories; also values that LightGBM takes as zero.
    private static readonly double[] Oddities = [double.NaN, 0.0, -0.0, 1e300, -1e300, -1, 1e9, 1e-36];

    /// <exception cref="LightGbmException">The margins differ by more than 1e-12.</exception>
    public static ParityCertificate Run(LightGbmBooster booster, TreeEnsemble ensemble, BoostingData data)
    {
        double[] probes = Probes(ensemble, data);
        int rows = probes.Length / data.Columns;
        double[] native = booster.Margins(probes, rows, data.Columns);
        double[] managed = new double[rows];
        ensemble.Margins(probes, managed);
        double worst = 0;
        for (int i = 0; i < rows; i++)
        {
            double difference = Math.Abs(native[i] - managed[i]);

            // Written so that NaN fails.
            if (!(difference <= Tolerance))
            {
                throw new LightGbmException(FormattableString.Invariant(
                    $"The managed scorer must give LightGBM's own margin. Got {managed[i]:R} for {native[i]:R} on probe row {i} of {rows}. ") +
                    "Use the LightGBM version that this library was built with (4.7), and report the case.");
            }

            worst = Math.Max(worst, difference);
        }

        return new ParityCertificate(rows, worst);
    }

    private static double[] Probes(TreeEnsemble ensemble, BoostingData data)
    {
        List<double> probes = [];
        int sampled = Math.Min(SampledRows, data.Rows);
        for (int i = 0; i < sampled; i++)
        {
            ReadOnlySpan<double> row = data.Row((int)((long)i * data.Rows / sampled));
            probes.AddRange(row);
            AddOddRow(probes, row, i);
        }

        AddSplitRows(probes, ensemble, data);
        return [.. probes];
    }

    // About half of the values of the row are replaced, other ones in each row.
    private static void AddOddRow(List<double> probes, ReadOnlySpan<double> row, int number)
    {
        for (int c = 0; c < row.Length; c++)
        {
            int pick = (number + (5 * c)) % (2 * Oddities.Length);
            probes.Add(pick < Oddities.Length ? Oddities[pick] : row[c]);
        }
    }

    // Rows that sit exactly on a threshold, and just above it.
    private static void AddSplitRows(List<double> probes, TreeEnsemble ensemble, BoostingData data)
    {
        int number = 0;
        foreach (Tree tree in ensemble.Trees)
        {
            for (int i = 0; i < tree.Feature.Length && number < ProbedSplits; i++)
            {
                if (tree.Kind[i] != NodeKind.Categorical)
                {
                    AddWith(probes, data.Row(number % data.Rows), tree.Feature[i], tree.Threshold[i]);
                    AddWith(probes, data.Row(number % data.Rows), tree.Feature[i], Math.BitIncrement(tree.Threshold[i]));
                    number++;
                }
            }
        }
    }

    private static void AddWith(List<double> probes, ReadOnlySpan<double> row, int column, double value)
    {
        int start = probes.Count;
        probes.AddRange(row);
        probes[start + column] = value;
    }
}
