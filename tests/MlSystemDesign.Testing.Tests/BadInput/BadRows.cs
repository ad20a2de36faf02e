using System.Globalization;

namespace MlSystemDesign.Testing.Tests.BadInput;

/// <summary>Rows with a signal in "recency", a second number and a category, and one thing that is bad about them.</summary>
internal static class BadRows
{
    internal const int Usual = 240;

    /// <summary>Gets rows with an own level each, of a dictionary with four times as many more.</summary>
    internal static Lazy<TrainingSet> ManyCategories { get; } = new(() => WithCategory("account", i => $"a{i}", 100_000).Select([.. Enumerable.Range(0, 20_000).Select(i => 5 * i)]));

    /// <summary>Rows with another number column: one value per row, or infinite, where the builder would refuse it.</summary>
    internal static TrainingSet WithNumber(string name, Func<int, double> value, int rows = Usual, double[]? weights = null)
    {
        FeatureTable usual = Table(rows);
        FeatureSchema schema = new([.. usual.Schema, new FeatureColumn { Name = name, Kind = ColumnKind.Number }]);
        double[] bad = [.. Enumerable.Range(0, rows).Select(value)];
        return new TrainingSet(new FeatureTable(usual.Observations, schema, [.. Numbers(usual), bad], [.. Codes(usual), default]), Targets(usual), weights: weights);
    }

    /// <summary>Rows with another category column.</summary>
    internal static TrainingSet WithCategory(string name, Func<int, string?> value, int rows = Usual)
    {
        FeatureTable usual = Table(rows);
        FeatureTable bad = new FeatureTableBuilder(usual.Observations).Category(name, [.. Enumerable.Range(0, rows).Select(value)]).Build();
        return new TrainingSet(new FeatureTable(usual.Observations, new([.. usual.Schema, bad.Schema[0]]), [.. Numbers(usual), default], [.. Codes(usual), bad.Codes(0).ToArray()]), Targets(usual));
    }

    internal static TrainingSet Plain(int rows = Usual, double[]? weights = null)
    {
        FeatureTable table = Table(rows);
        return new TrainingSet(table, Targets(table), weights: weights);
    }

    internal static FeatureTable Table(int rows) => new FeatureTableBuilder(Enumerable.Range(0, rows).Select(i => new EntityKey(string.Create(CultureInfo.InvariantCulture, $"c{i / 2}"))))
        .Number("recency", [.. Enumerable.Range(0, rows).Select(i => Hash(i) % 90)], "d")
        .Number("amount", [.. Enumerable.Range(0, rows).Select(i => Hash(i + 7777) % 500 / 10)], "EUR")
        .Category("channel", [.. Enumerable.Range(0, rows).Select(i => (Hash(i + 5555) % 3) switch { 0 => "web", 1 => "shop", _ => "app" })])
        .Build();

    /// <summary>Likelier with recency.</summary>
    internal static double[] Targets(FeatureTable table) => [.. table.Numbers("recency").ToArray().Select((r, i) => Hash(i + 3333) % 100 < 10 + (80 * r / 90) ? 1.0 : 0)];

    // A number in [0, 1e6) that is the same on every machine.
    private static double Hash(int i) => unchecked(((uint)i * 2654435761u) ^ ((uint)i * 40503u >> 3)) % 1_000_003 % 1_000_000;

    private static IEnumerable<ReadOnlyMemory<double>> Numbers(FeatureTable table) => Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<double>)table.Numbers(c).ToArray());

    private static IEnumerable<ReadOnlyMemory<int>> Codes(FeatureTable table) => Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<int>)table.Codes(c).ToArray());
}
