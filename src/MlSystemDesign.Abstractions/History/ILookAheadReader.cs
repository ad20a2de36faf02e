namespace MlSystemDesign;

/// <summary>Reads facts regardless of any cutoff. For labels and for leakage proofs only: whatever uses it has looked ahead.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface ILookAheadReader
{
    /// <summary>Reads the facts that happened in a window, whenever they became known, each in its final version; what was retracted is not among them.</summary>
    /// <param name="entity">A key; an entity never seen gives an empty table.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="window">Event times, half-open.</param>
    FactTable Read(EntityKey entity, string source, TimeWindow window);

    /// <summary>Reads everything recorded of an entity: also versions of facts that were revised or retracted later, with the time from which that was known.</summary>
    /// <param name="entity">A key; an entity never seen gives empty tables.</param>
    EntityFacts ReadAll(EntityKey entity);
}
