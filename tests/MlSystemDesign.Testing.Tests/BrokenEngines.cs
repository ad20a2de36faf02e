using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Tests;

/// <summary>Engines that are wrong in the ways in which engines are wrong.</summary>
internal static class BrokenEngines
{
    private static readonly FeatureConformanceOptions Plain = new() { Aggregates = [FeatureAggregate.Count, FeatureAggregate.Sum, FeatureAggregate.Last], EdgesOfTime = false };

    internal static Dictionary<string, (Func<FeaturePlan, IFeatureBuilder> Create, FeatureConformanceOptions Options)> All { get; } = new()
    {
        ["includes the cutoff"] = (plan => new BrokenEngine(plan, shift: 1), Plain),
        ["ignores known time"] = (plan => new BrokenEngine(plan, change: table => Facts(table, table.EventTicks, table.SupersededTicks)), Plain),
        ["counts what was retracted"] = (plan => new BrokenEngine(plan, change: table => Facts(table, table.KnownTicks, default)), Plain),
        ["forgets an earlier version once it is revised"] = (plan => new BrokenEngine(plan, change: Final), Plain),
        ["keeps running sums"] = (plan => new RunningSums(plan), Plain with { Aggregates = [FeatureAggregate.Sum], Windows = [WindowKind.Fixed] }),
        ["gives rows in another order"] = (plan => new BrokenEngine(plan, backwards: true), Plain),
        ["is off in the last digit"] = (plan => new BrokenEngine(plan, scale: 1 + 2.3e-16), Plain with { Aggregates = [FeatureAggregate.Sum, FeatureAggregate.Mean] }),
    };

    private static FactTable Final(FactTable table)
    {
        long[] known = table.SupersededTicks.IsEmpty ? [] : [.. Enumerable.Range(0, table.Count).Select(i => table.SupersededTickAt(i) == long.MaxValue ? table.KnownTickAt(i) : DateTime.MaxValue.Ticks)];
        return known.Length == 0 ? table : Facts(table, known, default);
    }

    private static FactTable Facts(FactTable table, ReadOnlyMemory<long> known, ReadOnlyMemory<long> superseded)
    {
        int columns = table.Schema.Columns.Count;
        return new FactTable(
            table.Schema, table.EventTicks, table.Schema.HasKnownTime ? known : default,
            [.. Enumerable.Range(0, columns).Select(c => (ReadOnlyMemory<double>)table.Numbers(c).ToArray())], [.. Enumerable.Range(0, columns).Select(c => (ReadOnlyMemory<int>)table.Codes(c).ToArray())],
            [.. table.Levels], table.Sequence, superseded);
    }

    /// <summary>The sum over a window as the difference of two sums over all history: quick, and off by what rounding leaves behind.</summary>
    private sealed class RunningSums(FeaturePlan plan) : IFeatureBuilder
    {
        public string Kind => "tests.running";

        public FeatureSchema Schema { get; } = new BatchFeatureBuilder(plan).Schema;

        public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
        {
            FeatureTable exact = Build(f => f.Window!), upto = Build(f => FeatureWindow.WholeHistory.LaggedBy(f.Window!.Lag));
            FeatureTable before = Build(f => FeatureWindow.WholeHistory.LaggedBy(IsShort(f) ? f.Window!.Lag + f.Window.Length : f.Window!.Lag));
            return ValueTask.FromResult(new FeatureTable(
                observations, exact.Schema,
                [.. plan.Features.Select((f, c) => (ReadOnlyMemory<double>)Enumerable.Range(0, observations.Count).Select(i => IsShort(f) ? upto.Numbers(c)[i] - before.Numbers(c)[i] : exact.Numbers(c)[i]).ToArray())],
                new ReadOnlyMemory<int>[plan.Features.Count]));

            FeatureTable Build(Func<FeatureDefinition, FeatureWindow> window) =>
                new BatchFeatureBuilder(new FeaturePlan(plan.Features.Select(f => f with { Window = window(f) })), 1).Build(history, observations, null, cancellationToken);

            static bool IsShort(FeatureDefinition f) => f.Window!.Length < TimeSpan.FromDays(1000) && f.Window.Lag < TimeSpan.FromDays(1000);
        }
    }
}
