using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>The columns of a transformed table as one row-major matrix of finite numbers.</summary>
internal sealed class DesignMatrix
{
    private readonly double[] _values;

    private DesignMatrix(double[] values, int rows, int columns)
    {
        _values = values;
        Rows = rows;
        Columns = columns;
    }

    internal int Rows { get; }

    internal int Columns { get; }

    internal ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <exception cref="TrainingException">A column holds categories, or a value that is not finite, or there are too many values for one array.</exception>
    internal static DesignMatrix Of(FeatureTable table)
    {
        RequireNumbers(table.Schema);
        int columns = table.Schema.Count;
        if ((long)table.RowCount * columns > Array.MaxLength)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"A linear model must be given at most {Array.MaxLength} values, rows times columns. Got {table.RowCount} × {columns}. Keep fewer levels of categories, with a larger MinCategoryCount or a TargetStatisticTransform, or train on a sample of the rows."));
        }

        double[] values = new double[table.RowCount * columns];
        for (int c = 0; c < columns; c++)
        {
            ReadOnlySpan<double> column = table.Numbers(c);
            for (int i = 0; i < column.Length; i++)
            {
                if (!double.IsFinite(column[i]))
                {
                    throw new TrainingException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"A linear model must be given finite numbers. Got {column[i]} in '{table.Schema[c].Name}', row {i + 1}, after the transform. Impute it in the transform; StandardTransform does."));
                }

                values[(i * columns) + c] = column[i];
            }
        }

        return new DesignMatrix(values, table.RowCount, columns);
    }

    private static void RequireNumbers(FeatureSchema schema)
    {
        if (schema.FirstOrDefault(c => c.Kind != ColumnKind.Number) is { } column)
        {
            throw new TrainingException(
                $"A linear model must be given numbers. Got the category column '{column.Name}' after the transform. Encode it in the transform; StandardTransform does.");
        }
    }
}
