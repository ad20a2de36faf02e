namespace MlSystemDesign.Testing.Framing;

/// <summary>A history that shows what was visible at one cutoff, and throws when asked for anything later.</summary>
internal sealed class CutoffOnlyHistory(IHistory inner, DateTimeOffset cutoff) : IHistory
{
    public HistorySchema Schema => inner.Schema;

    public int EntityCount => throw LooksAhead("EntityCount knows the future");

    public ILookAheadReader LookAhead => throw LooksAhead("LookAhead passes the cutoff");

    public bool Contains(EntityKey entity) => throw LooksAhead("Contains knows the future");

    public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset at) => inner.EntitiesKnownBefore(NotAfter(at));

    public EntityFacts AsOf(EntityKey entity, DateTimeOffset at) => inner.AsOf(entity, NotAfter(at));

    public IHistory Slice(IReadOnlyCollection<EntityKey> entities) => new CutoffOnlyHistory(inner.Slice(entities), cutoff);

    public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements) => new CutoffOnlyHistory(inner.Overlay(replacements), cutoff);

    private static InvalidOperationException LooksAhead(string why) => new($"A cohort must read the history as of its cutoff only: {why}.");

    private DateTimeOffset NotAfter(DateTimeOffset at) => at <= cutoff ? at : throw LooksAhead($"it asked for {at:O}, after {cutoff:O}");
}
