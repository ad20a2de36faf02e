using System.Globalization;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Tests.Training;

/// <summary>Training rows that are the same on every machine, and what tests do to parts.</summary>
internal static class TrainingSamples
{
    /// <summary>Numbers in [0, 1) of Knuth's MMIX generator, easy to repeat in any language.</summary>
    public static double[] Uniform(int count, ulong seed)
    {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            seed = unchecked((seed * 6364136223846793005UL) + 1442695040888963407UL);
            numbers[i] = (seed >> 11) / (double)(1UL << 53);
        }

        return numbers;
    }

    /// <summary>60 rows of three number columns, 24 positives: the rows that the reference values of linear models were computed on.</summary>
    public static TrainingSet Reference(bool weighted = false, int rowsPerEntity = 1)
    {
        const int n = 60;
        double[] u = Uniform(4 * n, 42), x1 = new double[n], x2 = new double[n], x3 = new double[n], y = new double[n], w = new double[n];
        for (int i = 0; i < n; i++)
        {
            x1[i] = Math.Round((u[4 * i] * 10) - 3, 2);
            x2[i] = Math.Round(u[(4 * i) + 1] * u[(4 * i) + 1] * 5, 2);
            x3[i] = Math.Round(u[(4 * i) + 2] * 2, 1);
            y[i] = u[(4 * i) + 3] < 1 / (1 + Math.Exp(-(-0.5 + (0.4 * x1[i]) - (0.6 * x2[i]) + (0.5 * x3[i])))) ? 1 : 0;
            w[i] = i % 3 == 0 ? 2 : 1;
        }

        FeatureTable table = new FeatureTableBuilder(Keys(n, rowsPerEntity)).Number("x1", x1).Number("x2", x2).Number("x3", x3).Build();
        return new TrainingSet(table, y, weights: weighted ? w : []);
    }

    /// <summary>Rows with all that trainers meet: several rows per entity, missing values, a skewed amount, a constant, categories with rare and missing levels.</summary>
    public static TrainingSet Mixed(int rows = 1500, int rowsPerEntity = 3, ulong seed = 7, bool weighted = false)
    {
        double[] u = Uniform(7 * rows, seed), recency = new double[rows], amount = new double[rows], constant = new double[rows], y = new double[rows];
        double[] weights = new double[weighted ? rows : 0];
        string?[] plan = new string?[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<double> v = u.AsSpan(7 * i, 7);
            recency[i] = v[0] < 0.15 ? double.NaN : v[1] * 90;
            amount[i] = Math.Exp((v[2] * 9) - 2);
            constant[i] = 4;
            plan[i] = v[3] < 0.05 ? null : v[3] < 0.056 ? "rare" : v[3] < 0.5 ? "monthly" : "yearly";
            double logit = -1.2 + (double.IsNaN(recency[i]) ? 0.8 : recency[i] / 30) - (0.2 * Math.Log(amount[i])) + (plan[i] == "yearly" ? -1 : 0);
            y[i] = v[4] < 1 / (1 + Math.Exp(-logit)) ? 1 : 0;
            if (weighted)
            {
                weights[i] = 0.5 + v[5];
            }
        }

        FeatureTable table = new FeatureTableBuilder(Keys(rows, rowsPerEntity))
            .Number("recency", recency, "d").Number("amount", amount, "EUR").Number("constant", constant).Category("plan", plan).Build();
        return new TrainingSet(table, y, weights: weights);
    }

    public static IEnumerable<EntityKey> Keys(int rows, int rowsPerEntity = 1) =>
        Enumerable.Range(0, rows).Select(i => new EntityKey(string.Create(CultureInfo.InvariantCulture, $"c{i / rowsPerEntity}")));

    public static TrainingSet Picked(TrainingSet set, int[] rows) => new(
        set.Features.SelectRows(rows), [.. rows.Select(r => set.Targets[r])], set.TargetKind, set.Weights.IsEmpty ? [] : [.. rows.Select(r => set.Weights[r])]);

    public static TrainingContext Context(IObjective? objective = null, int folds = 5, int seed = 1, int threads = 1) =>
        new() { Objective = objective ?? new MlSystemDesign.Training.LogLossObjective(), Folds = folds, Seed = seed, DegreeOfParallelism = threads };

    /// <summary>What becomes of a part that is saved and loaded.</summary>
    public static TPart RoundTrip<TPart>(TPart part)
        where TPart : IArtifactPart
    {
        ArtifactContent content = ArtifactContent.Of(part, ArtifactCodecs.Default);
        ArtifactContent again = ArtifactContent.FromEntries(content.Entries);
        TPart read = again.Read<TPart>(ArtifactContent.Root, ArtifactCodecs.Default);
        ArtifactContent.Of(read, ArtifactCodecs.Default).Hash.Should().Be(content.Hash, "equal parts have equal bytes");
        return read;
    }

    /// <summary>Loads a part after its payload was changed.</summary>
    public static Action LoadAltered(IArtifactPart part, Func<byte[], byte[]> alter) => () => ReadAltered(part, alter);

    public static IArtifactPart ReadAltered(IArtifactPart part, Func<byte[], byte[]> alter)
    {
        ArtifactContent content = ArtifactContent.Of(part, ArtifactCodecs.Default);
        ArtifactContent.Entry[] entries = [.. content.Entries];
        int root = Array.FindIndex(entries, e => e.Path == ArtifactContent.Root);
        entries[root] = entries[root] with { Payload = alter(entries[root].Payload) };
        return ArtifactContent.FromEntries(entries).Read<IArtifactPart>(ArtifactContent.Root, ArtifactCodecs.Default);
    }

    public static void ShouldBeCorrupted(Action load) => load.Should().Throw<ArtifactException>().Which.Fault.Should().Be(ArtifactFault.Corrupted);

    public static long[] Bits(ReadOnlySpan<double> values) => [.. values.ToArray().Select(BitConverter.DoubleToInt64Bits)];
}
