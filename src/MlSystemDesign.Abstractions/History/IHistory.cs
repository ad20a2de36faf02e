namespace MlSystemDesign;

/// <summary>Everything recorded about the entities, readable only as of a cutoff.</summary>
/// <remarks>Immutable and safe for concurrent use. A fact is visible at a cutoff only if it happened and was known before it,
/// and until something that revises or retracts it is known before the cutoff, too. The one way past a cutoff
/// is <see cref="LookAhead"/>.</remarks>
public interface IHistory
{
    /// <summary>Gets the sources.</summary>
    HistorySchema Schema { get; }

    /// <summary>Gets the number of entities ever seen.</summary>
    int EntityCount { get; }

    /// <summary>Gets the one reader that may pass a cutoff: for labels and for leakage proofs, never for features.</summary>
    ILookAheadReader LookAhead { get; }

    /// <summary>Tells whether an entity was ever seen, at any time.</summary>
    /// <param name="entity">A key.</param>
    bool Contains(EntityKey entity);

    /// <summary>Lists the entities of which an event, or a dated attribute, was known before a cutoff, in the order of their keys.</summary>
    /// <param name="cutoff">The cutoff, excluded. Entities first seen at or after it change nothing here.</param>
    IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff);

    /// <summary>Reads what was known of an entity.</summary>
    /// <param name="entity">A key; an entity never seen gives empty tables, not an error.</param>
    /// <param name="cutoff">The cutoff, excluded.</param>
    EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff);

    /// <summary>Returns a history of some entities only.</summary>
    /// <param name="entities">The entities to keep; unknown ones are ignored.</param>
    IHistory Slice(IReadOnlyCollection<EntityKey> entities);

    /// <summary>Returns a history in which some entities have other facts. The rest is shared, not copied.</summary>
    /// <param name="replacements">Complete facts per entity, with this history's schema and category levels; the order of facts need not be kept.</param>
    IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements);
}
