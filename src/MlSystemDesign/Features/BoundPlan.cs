namespace MlSystemDesign.Features;

/// <summary>A plan tied to the sources of a history: what to scan, and where results go.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
internal sealed class BoundPlan
{
    internal BoundPlan(FeaturePlan plan, HistorySchema history)
    {
        IReadOnlyList<string> faults = plan.FaultsFor(history);
        if (faults.Count > 0)
        {
            throw new PlanException("Feature plan", faults);
        }

        Schema = plan.SchemaIn(history);
        List<(int Source, IReadOnlyList<EventFilter> Where, List<int> Columns)> scopes = [];
        for (int c = 0; c < plan.Features.Count; c++)
        {
            FeatureDefinition feature = plan.Features[c];
            int source = SourceAt(history, feature.Source);
            if (feature.Aggregate == FeatureAggregate.Coverage)
            {
                TimeWindow observed = history.Sources[source].Observed;
                Coverages.Add(new CoverageTask(observed.Start.UtcTicks, observed.End.UtcTicks, Ticks(feature), c));
                continue;
            }

            int scope = scopes.FindIndex(s => s.Source == source && s.Where.SequenceEqual(feature.Where));
            if (scope < 0)
            {
                scope = scopes.Count;
                scopes.Add((source, feature.Where, []));
            }

            scopes[scope].Columns.Add(c);
        }

        Scopes = [.. scopes.Select(s => new ScopePlan(s.Source, history.Sources[s.Source], s.Where, s.Columns, plan.Features))];
    }

    /// <summary>Gets the columns, with units; categories without levels.</summary>
    internal FeatureSchema Schema { get; }

    /// <summary>Gets one entry per source and filter.</summary>
    internal IReadOnlyList<ScopePlan> Scopes { get; }

    internal List<CoverageTask> Coverages { get; } = [];

    internal static long Ticks(FeatureDefinition feature) => feature.Window!.Kind == WindowKind.WholeHistory ? long.MaxValue : feature.Window.Length.Ticks;

    private static int SourceAt(HistorySchema history, string name)
    {
        int source = 0;
        while (!string.Equals(history.Sources[source].Name, name, StringComparison.Ordinal))
        {
            source++;
        }

        return source;
    }
}

/// <summary>The share of a window that a source has observed.</summary>
internal readonly record struct CoverageTask(long ObservedStart, long ObservedEnd, long Length, int Output)
{
    internal double At(long cutoff)
    {
        long watched = Math.Min(cutoff, ObservedEnd) - Math.Max(cutoff - Length, ObservedStart);
        return watched <= 0 ? 0 : (double)watched / Length;
    }
}

/// <summary>One aggregate of one column over some of a scope's windows.</summary>
/// <param name="Kernel">The numerics.</param>
/// <param name="Column">The source's column.</param>
/// <param name="Windows">Positions in the scope's windows, ascending.</param>
/// <param name="Outputs">The feature of each.</param>
internal sealed record KernelTask(WindowKernel Kernel, int Column, int[] Windows, int[] Outputs);

/// <summary>The features that read the same source through the same filters: computed together from one look at the facts.</summary>
internal sealed class ScopePlan
{
    internal ScopePlan(int source, SourceSchema schema, IReadOnlyList<EventFilter> where, IReadOnlyList<int> columns, IReadOnlyList<FeatureDefinition> features)
    {
        Source = source;
        Schema = schema;
        Where = where;
        Windows = [.. columns.Where(c => features[c].Window is not null).Select(c => BoundPlan.Ticks(features[c])).Distinct().Order()];
        Recencies = [.. columns.Where(c => features[c].Aggregate == FeatureAggregate.Recency)];
        Counts = [.. columns.Where(c => features[c].Aggregate == FeatureAggregate.Count).Select(c => (WindowOf(features[c]), c))];
        Newest = [.. columns.Where(c => features[c].ReadsOneFact).Select(c => (schema.IndexOf(features[c].Column!), features[c].Kind, c))];
        Kernels =
        [
            .. columns
                .Where(c => features[c].NeedsColumn && !features[c].ReadsOneFact)
                .GroupBy(c => (features[c].Aggregate, features[c].Column))
                .Select(g => (g.Key, Columns: g.OrderBy(c => BoundPlan.Ticks(features[c])).ToArray()))
                .Select(g => new KernelTask(
                    WindowKernels.Of(g.Key.Aggregate), schema.IndexOf(g.Key.Column!), [.. g.Columns.Select(c => WindowOf(features[c]))], g.Columns)),
        ];
    }

    internal int Source { get; }

    internal SourceSchema Schema { get; }

    internal IReadOnlyList<EventFilter> Where { get; }

    /// <summary>Gets the lengths of the distinct windows in ticks, shortest first.</summary>
    internal long[] Windows { get; }

    internal int[] Recencies { get; }

    internal (int Window, int Output)[] Counts { get; }

    internal (int Column, ColumnKind Kind, int Output)[] Newest { get; }

    internal KernelTask[] Kernels { get; }

    internal bool NeedsNewest => Recencies.Length > 0 || Newest.Length > 0;

    private int WindowOf(FeatureDefinition feature) => Array.IndexOf(Windows, BoundPlan.Ticks(feature));
}
