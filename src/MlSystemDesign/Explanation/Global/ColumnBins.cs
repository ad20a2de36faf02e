namespace MlSystemDesign.Explanation;

/// <summary>How the values of one column are cut: numbers into bins of near equal mass, categories by level; the last bin is for missing values.</summary>
internal sealed class ColumnBins
{
    // Numbers: a value belongs to the first bin whose edge it does not exceed. Categories: the bin of each code.
    private readonly double[] _edges;
    private readonly int[] _binOfCode;

    private ColumnBins(double[] edges, int[] binOfCode, int[] levels, int count)
    {
        _edges = edges;
        _binOfCode = binOfCode;
        Levels = levels;
        Count = count;
    }

    /// <summary>Gets the number of bins, that of missing values included.</summary>
    internal int Count { get; }

    /// <summary>Gets the bin of missing values.</summary>
    internal int Missing => Count - 1;

    /// <summary>Gets the codes of the levels that have a bin of their own, in the order of the bins.</summary>
    internal int[] Levels { get; }

    /// <summary>Cuts a column.</summary>
    /// <param name="table">Rows that show how the values are spread.</param>
    /// <param name="column">The column.</param>
    /// <param name="options">How many bins and levels.</param>
    internal static ColumnBins Of(FeatureTable table, int column, GlobalExplainerOptions options) => table.Schema[column].Kind == ColumnKind.Number
        ? OfNumbers(table.Numbers(column), options.Bins)
        : OfCategories(table.Codes(column), table.Schema[column].Levels.Count, options.Levels);

    /// <summary>The bin of a number.</summary>
    internal int BinOf(double value)
    {
        if (double.IsNaN(value))
        {
            return Missing;
        }

        int at = Array.BinarySearch(_edges, value);
        return at < 0 ? ~at : at;
    }

    /// <summary>The bin of a category.</summary>
    internal int BinOf(int code) => code < 0 ? Missing : _binOfCode[code];

    /// <summary>The largest value of a number bin; +∞ for the last one.</summary>
    internal double UpperOf(int bin) => bin < _edges.Length ? _edges[bin] : double.PositiveInfinity;

    // Equal values are never split; with few distinct values each has a bin of its own.
    private static ColumnBins OfNumbers(ReadOnlySpan<double> values, int bins)
    {
        double[] sorted = [.. values.ToArray().Where(v => !double.IsNaN(v)).Order()];
        double[] distinct = [.. sorted.Distinct().Take(bins + 1)];
        double[] edges = distinct.Length <= bins
            ? [.. distinct.SkipLast(1)]
            : [.. Enumerable.Range(1, bins - 1).Select(b => sorted[((sorted.Length * (long)b) + bins - 1) / bins - 1]).Distinct().Where(e => e < sorted[^1])];
        return new ColumnBins(edges, [], [], edges.Length + 2);
    }

    private static ColumnBins OfCategories(ReadOnlySpan<int> codes, int levels, int own)
    {
        int[] counts = new int[levels];
        foreach (int code in codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        int[] kept = [.. Enumerable.Range(0, levels).OrderByDescending(code => counts[code]).Take(own)];
        int[] binOfCode = new int[levels];
        Array.Fill(binOfCode, kept.Length);
        for (int bin = 0; bin < kept.Length; bin++)
        {
            binOfCode[kept[bin]] = bin;
        }

        return new ColumnBins([], binOfCode, kept, kept.Length + 2);
    }
}
