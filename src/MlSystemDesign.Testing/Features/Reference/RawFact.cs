namespace MlSystemDesign.Testing.Features;

/// <summary>One row of a source as it was written down: a double per number column, a text or <see langword="null"/> per category column.</summary>
internal sealed record RawFact(string Who, long At, long Known, long Sequence, params object?[] Values)
{
    /// <summary>Gets from when a revision or retraction of the fact was known; never by default.</summary>
    internal long Superseded { get; init; } = long.MaxValue;

    internal bool VisibleAt(long cutoff) => At < cutoff && Known < cutoff && Superseded >= cutoff;

    /// <summary>The total order: event time, known time, sequence, then the values, column by column; a missing value is the least.</summary>
    internal static int Compare(RawFact a, RawFact b)
    {
        int order = (a.At, a.Known, a.Sequence).CompareTo((b.At, b.Known, b.Sequence));
        for (int c = 0; order == 0 && c < a.Values.Length; c++)
        {
            order = a.Values[c] is double number ? number.CompareTo((double)b.Values[c]!) : string.CompareOrdinal((string?)a.Values[c], (string?)b.Values[c]);
        }

        return order;
    }
}
