namespace MlSystemDesign.Features;

/// <summary>A feature table under construction: starts with the values for nothing. Threads write different rows.</summary>
internal sealed class FeatureOutput
{
    private readonly FeatureSchema _schema;
    private readonly double[][] _numbers;
    private readonly string?[][] _texts;

    internal FeatureOutput(FeatureSchema schema, int rows)
    {
        _schema = schema;
        _numbers = new double[schema.Count][];
        _texts = new string?[schema.Count][];
        for (int c = 0; c < schema.Count; c++)
        {
            _numbers[c] = schema[c].Kind == ColumnKind.Number ? new double[rows] : [];
            _texts[c] = schema[c].Kind == ColumnKind.Category ? new string?[rows] : [];
            if (schema[c].ValueForNothing != 0)
            {
                Array.Fill(_numbers[c], schema[c].ValueForNothing);
            }
        }
    }

    // Adding 0 turns -0 into 0, so that a tie between them leaves no trace; and every NaN gets the same bits.
    internal void Set(int column, int row, double value) => _numbers[column][row] = double.IsNaN(value) ? double.NaN : value + 0.0;

    internal void SetText(int column, int row, string? text) => _texts[column][row] = text;

    /// <summary>Builds the table. A category's levels are the texts of these rows, in ordinal order: no other row, nor the history's dictionary, moves a code.</summary>
    internal FeatureTable ToTable(ObservationSet observations)
    {
        FeatureColumn[] columns = [.. _schema];
        ReadOnlyMemory<double>[] numbers = [.. _numbers.Select(n => (ReadOnlyMemory<double>)n)];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[columns.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Kind == ColumnKind.Category)
            {
                HashSet<string> seen = new(_texts[c].OfType<string>(), StringComparer.Ordinal);
                FeatureColumn column = columns[c] with { Levels = [.. seen.Order(StringComparer.Ordinal)] };
                codes[c] = Array.ConvertAll(_texts[c], column.CodeOf);
                columns[c] = column;
            }
        }

        return new FeatureTable(observations, new FeatureSchema(columns), numbers, codes);
    }
}
