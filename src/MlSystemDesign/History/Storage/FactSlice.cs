namespace MlSystemDesign.History;

/// <summary>Consecutive rows of a batch.</summary>
internal readonly record struct FactSlice(FactBatch Batch, int Start, int Count)
{
    /// <summary>Gets the provisional entity ids, later the places, of the rows.</summary>
    public Span<int> Places => Batch.Entities.AsSpan(Start, Count);

    /// <summary>Returns the part of a column; nothing of one that is not there.</summary>
    public ReadOnlySpan<T> Of<T>(ReadOnlyMemory<T> column) => column.IsEmpty ? default : column.Span.Slice(Start, Count);
}
