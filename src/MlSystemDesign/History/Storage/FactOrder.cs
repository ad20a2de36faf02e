using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>The total order of facts: event time, known time, sequence, then the values; newest (greatest) first. Rows that compare equal are equal in every bit that a cutoff shows.</summary>
internal static class FactOrder
{
    /// <summary>Compares two rows.</summary>
    /// <returns>Below zero when row <paramref name="i"/> comes first, that is, is the greater.</returns>
    public static int Compare(FactBlock a, int i, FactBlock b, int j)
    {
        int order = b.EventTicks[j].CompareTo(a.EventTicks[i]);
        return order != 0 ? order : CompareTies(a, i, b, j);
    }

    /// <summary>Compares two rows of one event time.</summary>
    public static int CompareTies(FactBlock a, int i, FactBlock b, int j)
    {
        int order = b.KnownAt(j).CompareTo(a.KnownAt(i));
        if (order == 0 && a.Sequence.Length != 0)
        {
            order = b.Sequence[j].CompareTo(a.Sequence[i]);
        }

        for (int c = 0; c < a.Numbers.Length && order == 0; c++)
        {
            // Codes stand in the order of their texts, so comparing codes compares texts.
            order = a.Codes[c] is { } codes ? b.Codes[c]![j].CompareTo(codes[i]) : b.Numbers[c][j].CompareTo(a.Numbers[c][i]);
        }

        return order;
    }
}
