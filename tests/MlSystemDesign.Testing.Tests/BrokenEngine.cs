using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Tests;

/// <summary>The batch engine with one fault: cutoffs shifted, facts changed, rows turned, or values scaled.</summary>
internal sealed class BrokenEngine(FeaturePlan plan, long shift = 0, Func<FactTable, FactTable>? change = null, bool backwards = false, double scale = 1) : IFeatureBuilder
{
    private readonly BatchFeatureBuilder _engine = new(plan, 1);

    public string Kind => "tests.broken";

    public FeatureSchema Schema => _engine.Schema;

    public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
    {
        IHistory read = change is null ? history : history.Overlay(
            [.. history.EntitiesKnownBefore(DateTimeOffset.MaxValue).Select(e => history.LookAhead.ReadAll(e)).Select(f => f with { Sources = [.. f.Sources.Select(s => change(s))] })]);
        long[] cutoffs = [.. observations.CutoffTicks.ToArray().Select(t => t + shift)];
        FeatureTable table = _engine.Build(read, ObservationSet.Of(observations.Entities, cutoffs), null, cancellationToken);
        if (backwards)
        {
            table = table.SelectRows([.. Enumerable.Range(0, table.RowCount).Reverse()]);
        }

        return ValueTask.FromResult(new FeatureTable(
            backwards ? table.Observations : observations,
            table.Schema,
            [.. Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<double>)table.Numbers(c).ToArray().Select(v => Math.Abs(v) < 1e300 ? v * scale : v).ToArray())],
            [.. Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<int>)table.Codes(c).ToArray())]));
    }
}
