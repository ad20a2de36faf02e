namespace MlSystemDesign.Features;

/// <summary>How far back the event windows of a plan reach from a cutoff.</summary>
internal sealed class PlanReach
{
    private readonly string[] _unlimited;
    private readonly long _ticks;

    internal PlanReach(FeaturePlan plan, HistorySchema schema)
    {
        FeatureDefinition[] ofEvents = [.. plan.Features.Where(f => f.Source.Length > 0 && schema.Sources.Any(s => s.Name == f.Source && s.Kind == SourceKind.Events))];
        _unlimited = [.. ofEvents.Where(f => WindowFamily.ReachOf(ScopePlan.WindowOf(f)) is null).Select(f => f.Name)];
        _ticks = ofEvents.Select(f => WindowFamily.ReachOf(ScopePlan.WindowOf(f)) ?? 0).DefaultIfEmpty().Max();
    }

    /// <summary>Requires that every feature of events has a window that is measured in time.</summary>
    internal void RequireLimit()
    {
        if (_unlimited.Length > 0)
        {
            throw new InvalidOperationException(
                $"To forget events, every feature of them must have a window that is measured in time. Got {string.Join(", ", _unlimited.Select(n => $"'{n}'"))} over all history or a number of events. "
                + "Give them a window, or keep all events.");
        }
    }

    /// <summary>Requires that the windows of a row lie where events are kept.</summary>
    internal void RequireKept(long cutoff, long kept, string name)
    {
        if (kept > 0 && cutoff - _ticks < kept)
        {
            throw new ArgumentOutOfRangeException(
                name, new DateTimeOffset(cutoff, TimeSpan.Zero),
                $"A cutoff must lie at least {TimeSpan.FromTicks(_ticks)} after {new DateTimeOffset(kept, TimeSpan.Zero):O}, since when events are kept. Use a later one, or forget less.");
        }
    }
}
