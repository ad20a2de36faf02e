namespace MlSystemDesign.Facts;

/// <summary>A history whose facts an engine can read in columns, entity by entity, without a copy. Bits equal those of <see cref="IHistory.AsOf"/>.</summary>
/// <remarks>Internal, because a run holds facts past any cutoff: only engines that leave them out by construction may read it.</remarks>
internal interface IColumnarHistory : IHistory
{
    /// <summary>Gets the number of entity ids: ids run from 0.</summary>
    int EntityIds { get; }

    /// <summary>Finds entities. Fast when the keys come in their own order, as a table's rows do.</summary>
    /// <param name="keys">Any keys.</param>
    /// <param name="ids">The id of each; −1 for an entity never seen.</param>
    void FindEntities(ReadOnlySpan<EntityKey> keys, Span<int> ids);

    /// <summary>Returns the facts of an entity.</summary>
    /// <param name="source">The position of the source in the schema.</param>
    /// <param name="entity">An id from 0; one without facts in the source gives an empty run.</param>
    FactRun Run(int source, int entity);

    /// <summary>Returns, per column of a source, the texts behind the codes in ordinal order; <see langword="null"/> for a number column.</summary>
    /// <param name="source">The position of the source in the schema.</param>
    IReadOnlyList<string>?[] Levels(int source);
}
