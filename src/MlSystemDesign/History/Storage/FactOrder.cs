using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>The total order of facts: event time, known time, sequence, then the values; newest (greatest) first. Rows that compare equal are equal in every bit.</summary>
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
        int order = a.KnownTicks.Length == 0 ? 0 : b.KnownTicks[j].CompareTo(a.KnownTicks[i]);
        if (order == 0 && a.Sequence.Length != 0)
        {
            order = b.Sequence[j].CompareTo(a.Sequence[i]);
        }

        return order != 0 ? order : CompareValues(a, i, b, j);
    }

    /// <summary>Compares the values of two rows, column by column. Codes stand in the order of their texts, so comparing codes compares texts.</summary>
    public static int CompareValues(FactBlock a, int i, FactBlock b, int j)
    {
        for (int c = 0; c < a.Numbers.Length; c++)
        {
            int order = a.Numbers[c].Length != 0
                ? b.Numbers[c][j].CompareTo(a.Numbers[c][i])
                : b.Codes[c][j].CompareTo(a.Codes[c][i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
