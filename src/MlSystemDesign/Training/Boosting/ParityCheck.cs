using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Boosting;

/// <summary>Compares our scorer with the native library's own on probe rows, before a model leaves training.</summary>
internal static class ParityCheck
{
    private const double Tolerance = 1e-12;
    private const int SampledRows = 128;
    private const int ProbedSplits = 512;

    /// <exception cref="BoostingException">The margins differ by more than 1e-12.</exception>
    public static ParityCertificate Run(IBoostingLibrary library, IBooster booster, TreeEnsemble ensemble, BoostingData data)
    {
        double[] probes = Probes(library.Oddities, ensemble, data);
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
                throw new BoostingException(FormattableString.Invariant(
                    $"The managed scorer must give {library.Identity.Name}'s own margin. Got {managed[i]:R} for {native[i]:R} on probe row {i} of {rows}. ") +
                    $"Use the {library.Identity.Name} version that this library was tested with ({library.Identity.TestedVersion}), and report the case.");
            }

            worst = Math.Max(worst, difference);
        }

        return new ParityCertificate(rows, worst);
    }

    /// <summary>Row-major rows to compare scorers on: some of the data, the same with odd values among them, and rows at and just above the splits.</summary>
    internal static double[] Probes(IReadOnlyList<double> oddities, TreeEnsemble ensemble, BoostingData data)
    {
        List<double> probes = [];
        int sampled = Math.Min(SampledRows, data.Rows);
        for (int i = 0; i < sampled; i++)
        {
            ReadOnlySpan<double> row = data.Row((int)((long)i * data.Rows / sampled));
            probes.AddRange(row);
            AddOddRow(probes, oddities, row, i);
        }

        AddSplitRows(probes, ensemble, data);
        return [.. probes];
    }

    // About half of the values of the row are replaced, other ones in each row.
    private static void AddOddRow(List<double> probes, IReadOnlyList<double> oddities, ReadOnlySpan<double> row, int number)
    {
        for (int c = 0; c < row.Length; c++)
        {
            int pick = (number + (5 * c)) % (2 * oddities.Count);
            probes.Add(pick < oddities.Count ? oddities[pick] : row[c]);
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
                if (tree.Categories[i] is null)
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
