namespace MlSystemDesign.Testing.Training;

/// <summary>Small labelled tables with a signal: what the checks run on when the caller brings no rows.</summary>
internal static class SampleRows
{
    private static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string?[] Channels = ["web", "shop", "app", null];

    /// <summary>Makes n rows of n / 2 entities at two cutoffs each: recency, amount (with missing values) and channel; all beyond their usual range when shifted.</summary>
    internal static FeatureTable Table(int rows, int seed, bool isShifted = false)
    {
        Random random = new(seed);
        double[] recency = new double[rows], amount = new double[rows];
        string?[] channel = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            recency[i] = (random.NextDouble() * 90) + (isShifted ? 100 : 0);
            amount[i] = random.Next(10) == 0 ? double.NaN : (50 * random.NextDouble()) + (isShifted ? 60 : 0);
            channel[i] = isShifted ? "fax" : Channels[random.Next(Channels.Length)];
        }

        return new FeatureTableBuilder(ObservationSet.Of(Enumerable.Range(0, rows).Select(i => new Observation((EntityKey)(long)(i / 2), First.AddDays(30 * (i % 2))))))
            .Number("recency", recency, "d").Number("amount", amount, "EUR").Category("channel", channel).Build();
    }

    /// <summary>Draws outcomes that grow likelier with recency.</summary>
    internal static double[] Outcomes(FeatureTable table, int seed)
    {
        Random random = new(seed);
        return [.. table.Numbers("recency").ToArray().Select(r => random.NextDouble() < 0.1 + (0.8 * r / 90) ? 1.0 : 0.0)];
    }

    /// <summary>Makes a training set of 240 rows.</summary>
    internal static TrainingSet Training(int seed)
    {
        FeatureTable table = Table(240, seed);
        return new TrainingSet(table, Outcomes(table, seed + 1));
    }
}
