namespace MlSystemDesign.Monitoring;

/// <summary>What is kept of a category column: how often each level occurred.</summary>
internal sealed class CategoryReference
{
    /// <summary>Up to this many levels a column is never an identifier.</summary>
    private const int FewLevels = 20;

    internal CategoryReference(string name, int missing, int present, string[] levels, int[] counts, bool isIdentifier)
    {
        Name = name;
        Missing = missing;
        Present = present;
        Levels = levels;
        Counts = counts;
        IsIdentifier = isIdentifier;
    }

    /// <summary>Gets the column's name.</summary>
    internal string Name { get; }

    /// <summary>Gets the number of missing rows.</summary>
    internal int Missing { get; }

    /// <summary>Gets the number of present rows.</summary>
    internal int Present { get; }

    /// <summary>Gets the levels that occurred, in ordinal order; none for an identifier.</summary>
    internal string[] Levels { get; }

    /// <summary>Gets the rows of each level, at least 1.</summary>
    internal int[] Counts { get; }

    /// <summary>Gets a value indicating whether nearly every row has its own level; the levels are not kept then.</summary>
    internal bool IsIdentifier { get; }

    /// <summary>Summarises a column.</summary>
    /// <param name="column">Its name and levels.</param>
    /// <param name="codes">One code per row; −1 is missing.</param>
    /// <param name="identifierShare">Distinct levels per present row above which it is an identifier.</param>
    internal static CategoryReference Of(FeatureColumn column, ReadOnlySpan<int> codes, double identifierShare)
    {
        SortedDictionary<string, int> counts = Count(column, codes, out int missing);
        int present = codes.Length - missing;
        bool isIdentifier = counts.Count > FewLevels && counts.Count > identifierShare * present;
        return isIdentifier
            ? new CategoryReference(column.Name, missing, present, [], [], true)
            : new CategoryReference(column.Name, missing, present, [.. counts.Keys], [.. counts.Values], false);
    }

    /// <summary>Counts the rows of each level that occurs, by its text.</summary>
    internal static SortedDictionary<string, int> Count(FeatureColumn column, ReadOnlySpan<int> codes, out int missing)
    {
        int[] byCode = new int[column.Levels.Count];
        missing = 0;
        foreach (int code in codes)
        {
            if (code < 0)
            {
                missing++;
            }
            else
            {
                byCode[code]++;
            }
        }

        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int code = 0; code < byCode.Length; code++)
        {
            if (byCode[code] > 0)
            {
                counts[column.Levels[code]] = counts.GetValueOrDefault(column.Levels[code]) + byCode[code];
            }
        }

        return counts;
    }
}
