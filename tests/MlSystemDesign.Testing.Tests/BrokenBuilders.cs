using MlSystemDesign.Testing.Leakage;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A builder that is right but for one thing.</summary>
internal static class BrokenBuilders
{
    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["equal inputs give equal results"] = Check(() => { BrokenParts parts = new(); return (h, r, t) => Scaled(Honest(h, r, t), parts.Next()); }),
        ["safe for concurrent use"] = Check(() => { BrokenParts parts = new(); return (h, r, t) => Scaled(Honest(h, r, t), parts.IsShared() ? 2 : 1); }),
        ["cancellation obeyed"] = Check(() => (h, r, _) => Honest(h, r, default)),
        ["inputs untouched"] = () =>
        {
            SwitchedHistory history = new(SampleShop.History);
            return FeatureBuilderConformance.CheckContractAsync(new Builder((h, r, t) => { history.IsChanged = true; return Honest(h, r, t); }), history, SampleShop.Rows);
        },
        ["row order kept"] = Check(() => (h, r, t) => Honest(h, ObservationSet.Of(r.OrderBy(o => o.Entity).ThenByDescending(o => o.Cutoff)), t)),
        ["schema kept"] = Check(() => (h, r, t) => new FeatureTableBuilder(r).Number("other", Honest(h, r, t).Numbers(0)).Build()),
        ["unknown entity is a row"] = Check(() => (h, r, t) => Honest(h, r.Any(o => !h.Contains(o.Entity)) ? ObservationSet.Empty : r, t)),
        ["nothing read past the cutoff"] = Check(() => (h, r, t) => Built(SampleShop.Leaking, h, r, t)),
    };

    private static Func<Task<ConformanceReport>> Check(Func<Func<IHistory, ObservationSet, CancellationToken, FeatureTable>> build) =>
        () => FeatureBuilderConformance.CheckContractAsync(new Builder(build()), SampleShop.History, SampleShop.Rows);

    private static FeatureTable Honest(IHistory history, ObservationSet rows, CancellationToken token) => Built(SampleShop.Honest, history, rows, token);

    private static FeatureTable Built(IFeatureBuilder builder, IHistory history, ObservationSet rows, CancellationToken token) => builder.BuildAsync(history, rows, token).AsTask().GetAwaiter().GetResult();

    private static FeatureTable Scaled(FeatureTable table, double scale) => new(table.Observations, table.Schema, [table.Numbers(0).ToArray().Select(v => v * scale).ToArray()], [default]);

    private sealed class Builder(Func<IHistory, ObservationSet, CancellationToken, FeatureTable> build) : IFeatureBuilder
    {
        public string Kind => "tests.broken";

        public FeatureSchema Schema => SampleShop.Honest.Schema;

        public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default) => ValueTask.FromResult(build(history, observations, cancellationToken));
    }

    /// <summary>A history that a careless builder can change: then it has no facts anymore.</summary>
    private sealed class SwitchedHistory(IHistory inner) : IHistory
    {
        internal bool IsChanged { get; set; }

        public HistorySchema Schema => inner.Schema;

        public int EntityCount => inner.EntityCount;

        public ILookAheadReader LookAhead => (IsChanged ? inner.Overlay([inner.AsOf(0L, DateTimeOffset.MinValue)]) : inner).LookAhead;

        public bool Contains(EntityKey entity) => inner.Contains(entity);

        public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff) => inner.EntitiesKnownBefore(cutoff);

        public EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff) => inner.AsOf(entity, cutoff);

        public IHistory Slice(IReadOnlyCollection<EntityKey> entities) => inner.Slice(entities);

        public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements) => inner.Overlay(replacements);
    }
}
