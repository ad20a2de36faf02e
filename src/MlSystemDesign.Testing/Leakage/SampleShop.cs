using MlSystemDesign.History;

namespace MlSystemDesign.Testing.Leakage;

/// <summary>A small history with facts on both sides of its cutoffs, and builders over it.</summary>
internal static class SampleShop
{
    private static readonly DateTimeOffset Opened = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static IHistory History { get; } = new HistoryBuilder()
        .AddEvents(
            "orders", Enumerable.Range(0, 400).Select(i => (Who: (long)(i % 20), At: Opened.AddHours(7 * i), Euros: 10.0 + (i % 13))), m => m.Entity(o => o.Who).Time(o => o.At).Number("euros", o => o.Euros))
        .Build().History;

    internal static ObservationSet Rows { get; } = ObservationSet.Of(
        new[] { 40, 70 }.SelectMany(day => Enumerable.Range(0, 20).Select(i => new Observation((EntityKey)(long)i, Opened.AddDays(day)))));

    /// <summary>Counts orders before the cutoff.</summary>
    internal static IFeatureBuilder Honest { get; } = new Builder((history, row) => history.AsOf(row.Entity, row.Cutoff!.Value)["orders"].Count);

    /// <summary>Counts all orders there ever will be.</summary>
    internal static IFeatureBuilder Leaking { get; } = new Builder((history, row) => history.LookAhead.ReadAll(row.Entity)["orders"].Count);

    /// <summary>Reads nothing.</summary>
    internal static IFeatureBuilder Blind { get; } = new Builder((_, _) => 1);

    /// <summary>Throws.</summary>
    internal static IFeatureBuilder Failing { get; } = new Builder((_, row) => throw new InvalidOperationException($"This builder fails on purpose, for '{row.Entity}'."));

    private sealed class Builder(Func<IHistory, Observation, double> value) : IFeatureBuilder
    {
        public string Kind => "testing.shop";

        public FeatureSchema Schema { get; } = new([new FeatureColumn { Name = "orders", Kind = ColumnKind.Number }]);

        public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(new FeatureTable(observations, Schema, [observations.Select(row => value(history, row)).ToArray()], [default]));
        }
    }
}
