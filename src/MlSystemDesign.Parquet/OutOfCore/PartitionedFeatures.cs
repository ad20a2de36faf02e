using MlSystemDesign.History;

namespace MlSystemDesign.Parquet;

/// <summary>The parts of a feature table that was built partition after partition.</summary>
public sealed class PartitionedFeatures
{
    private readonly ObservationSet _observations;
    private readonly int[][] _rows;

    internal PartitionedFeatures(ObservationSet observations, IReadOnlyList<string> parts, int[][] rows) => (_observations, Parts, _rows) = (observations, parts, rows);

    /// <summary>Gets the files, one per partition; each is a feature table for <see cref="ParquetFeatureTable"/>, whose rows stand in the order of the observations.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Gets how many of the parts an earlier run had built.</summary>
    public int PartsFound { get; internal init; }

    /// <summary>Gets why the parts of an earlier run were removed, such as "the plan" or "the file 'orders.parquet'"; empty when they hold, or there were none.</summary>
    public IReadOnlyList<string> StartedOverBecause { get; internal init; } = [];

    /// <summary>Gets, for each source, the rows that were left out under a policy that skips them, as the report of an ingest in memory has them; <see langword="null"/> when all parts were found, so
    /// that this run read no source.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SkippedRows>>? Skipped { get; internal init; }

    /// <summary>Returns the observations of a part.</summary>
    /// <param name="part">Its position in <see cref="Parts"/>.</param>
    public ReadOnlyMemory<int> RowsOf(int part) => _rows[part];

    /// <summary>Reads all parts as one table, in the order of the observations. It must fit the memory.</summary>
    /// <exception cref="DataFormatException">A part cannot be read.</exception>
    public FeatureTable ReadTable()
    {
        FeatureTable[] parts = [.. Parts.Select(ParquetFeatureTable.Read)];
        FeatureColumn[] columns = [.. parts[0].Schema];
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[columns.Length];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Kind == ColumnKind.Number)
            {
                numbers[c] = NumbersOf(parts, c);
            }
            else
            {
                string[] levels = [.. parts.SelectMany(p => p.Schema[c].Levels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                codes[c] = CodesOf(parts, c, levels);
                columns[c] = columns[c] with { Levels = levels };
            }
        }

        return new FeatureTable(_observations, new FeatureSchema(columns), numbers, codes);
    }

    private double[] NumbersOf(FeatureTable[] parts, int column)
    {
        double[] all = new double[_observations.Count];
        for (int p = 0; p < parts.Length; p++)
        {
            ReadOnlySpan<double> part = parts[p].Numbers(column);
            for (int i = 0; i < part.Length; i++)
            {
                all[_rows[p][i]] = part[i];
            }
        }

        return all;
    }

    private int[] CodesOf(FeatureTable[] parts, int column, string[] levels)
    {
        int[] all = new int[_observations.Count];
        for (int p = 0; p < parts.Length; p++)
        {
            int[] codeOf = [.. parts[p].Schema[column].Levels.Select(text => Array.BinarySearch(levels, text, StringComparer.Ordinal))];
            ReadOnlySpan<int> part = parts[p].Codes(column);
            for (int i = 0; i < part.Length; i++)
            {
                all[_rows[p][i]] = part[i] < 0 ? -1 : codeOf[part[i]];
            }
        }

        return all;
    }
}
