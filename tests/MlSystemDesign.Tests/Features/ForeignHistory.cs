namespace MlSystemDesign.Tests.Features;

/// <summary>A history of somebody else's make, as far as an engine can tell: it offers the interface and nothing more. Features may ask it for facts as of a cutoff only.</summary>
internal sealed class ForeignHistory(IHistory inner) : IHistory
{
    public HistorySchema Schema => inner.Schema;

    public int EntityCount => inner.EntityCount;

    public ILookAheadReader LookAhead => throw new InvalidOperationException("Features never look ahead.");

    public bool Contains(EntityKey entity) => throw new InvalidOperationException("Contains knows the future.");

    public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff) => inner.EntitiesKnownBefore(cutoff);

    public EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff) => inner.AsOf(entity, cutoff);

    public IHistory Slice(IReadOnlyCollection<EntityKey> entities) => new ForeignHistory(inner.Slice(entities));

    public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements) => new ForeignHistory(inner.Overlay(replacements));
}
