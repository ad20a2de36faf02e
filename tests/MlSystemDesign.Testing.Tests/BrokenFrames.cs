using MlSystemDesign.Framing;
using MlSystemDesign.Testing.Leakage;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A frame that is right but for one thing.</summary>
internal static class BrokenFrames
{
    internal static IProblemFrame Right { get; } = EventFrame.Absence("no order in 5 d", of: "orders", horizon: TimeSpan.FromDays(5)).ActiveWithin(TimeSpan.FromDays(20));

    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["cutoffs ascend"] = Check(_ => new Frame { CutoffsOf = h => [.. Right.Cutoffs(h), .. Right.Cutoffs(h)] }),
        ["lengths are valid"] = Check(_ => new Frame { Horizon = TimeSpan.Zero }),
        ["equal inputs give equal results"] = Check(parts => new Frame { LabelOf = (h, r) => Delayed(Right.Label(h, r), parts.Next()) }),
        ["safe for concurrent use"] = Check(parts => new Frame { LabelOf = (h, r) => Delayed(Right.Label(h, r), parts.IsShared() ? 1 : 0) }),
        ["inputs untouched"] = () => FrameConformance.CheckAsync(new Frame { LabelOf = (h, r) => { BrokenParts.Write(h.LookAhead.ReadAll(r.Entities[0])["orders"].Numbers(0)); return Right.Label(h, r); } }, new WritableHistory(SampleShop.History)),
        ["cohort is in the order of the keys"] = Check(_ => new Frame { CohortOf = (h, c) => ObservationSet.Of(Right.Cohort(h, c).Reverse()) }),
        ["cohort was known before the cutoff"] = Check(_ => new Frame { CohortOf = (h, c) => ObservationSet.At([.. Right.Cohort(h, c).Entities, (EntityKey)"nobody knows me"], c) }),
        ["cohort reads nothing past the cutoff"] = Check(_ => new Frame { CohortOf = (h, c) => ObservationSet.At(Right.Cohort(h, c).Entities.ToArray().Where(e => h.AsOf(e, c.AddDays(9))["orders"].Count > h.AsOf(e, c)["orders"].Count + 1), c) }),
        ["labels keep the rows"] = Check(_ => new Frame { LabelOf = (h, r) => Right.Label(h, ObservationSet.Of(r.Reverse())) }),
        ["labels beyond the observed span are immature"] = Check(_ => new Frame { LabelOf = (h, r) => new(r, new LabelStatus[r.Count], Right.LeadTime, Right.Horizon) }),
    };

    private static Func<Task<ConformanceReport>> Check(Func<BrokenParts, Frame> frame) => () => FrameConformance.CheckAsync(frame(new BrokenParts()), SampleShop.History);

    private static LabelledObservations Delayed(LabelledObservations labels, int days) => new(labels.Observations, labels.Status, labels.LeadTime, labels.Horizon, TimeSpan.FromDays(days));

    private sealed class Frame : IProblemFrame
    {
        public string Kind => "tests.frame";

        public string Name => "broken";

        public TimeSpan LeadTime => Right.LeadTime;

        public TimeSpan Horizon { get; init; } = Right.Horizon;

        internal Func<IHistory, IReadOnlyList<DateTimeOffset>> CutoffsOf { get; init; } = Right.Cutoffs;

        internal Func<IHistory, DateTimeOffset, ObservationSet> CohortOf { get; init; } = Right.Cohort;

        internal Func<IHistory, ObservationSet, LabelledObservations> LabelOf { get; init; } = Right.Label;

        public IReadOnlyList<DateTimeOffset> Cutoffs(IHistory history) => CutoffsOf(history);

        public ObservationSet Cohort(IHistory history, DateTimeOffset cutoff) => CohortOf(history, cutoff);

        public LabelledObservations Label(IHistory history, ObservationSet observations) => LabelOf(history, observations);
    }

    /// <summary>A history whose facts are read where they lie, so that writing to them lasts.</summary>
    private sealed class WritableHistory(IHistory inner) : IHistory, ILookAheadReader
    {
        private readonly Dictionary<EntityKey, EntityFacts> _facts = inner.EntitiesKnownBefore(DateTimeOffset.MaxValue).ToDictionary(e => e, e => inner.LookAhead.ReadAll(e));

        public HistorySchema Schema => inner.Schema;

        public int EntityCount => inner.EntityCount;

        public ILookAheadReader LookAhead => this;

        public bool Contains(EntityKey entity) => inner.Contains(entity);

        public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff) => inner.EntitiesKnownBefore(cutoff);

        public EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff) => inner.AsOf(entity, cutoff);

        public IHistory Slice(IReadOnlyCollection<EntityKey> entities) => inner.Slice(entities);

        public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements) => inner.Overlay(replacements);

        public FactTable Read(EntityKey entity, string source, TimeWindow window) => inner.LookAhead.Read(entity, source, window);

        public EntityFacts ReadAll(EntityKey entity) => _facts[entity];
    }
}
