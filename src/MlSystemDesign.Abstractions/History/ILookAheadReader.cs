namespace MlSystemDesign;

/// <summary>Reads facts regardless of any cutoff. For labels and for leakage proofs only: whatever uses it has looked ahead.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface ILookAheadReader
{
    /// <summary>Reads the facts that happened in a window, whenever they became known.</summary>
    /// <param name="entity">A key; an entity never seen gives an empty table.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="window">Event times, half-open.</param>
    FactTable Read(EntityKey entity, string source, TimeWindow window);

    /// <summary>Reads everything recorded of an entity.</summary>
    /// <param name="entity">A key; an entity never seen gives empty tables.</param>
    EntityFacts ReadAll(EntityKey entity);
}
