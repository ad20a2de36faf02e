using System.Globalization;

namespace MlSystemDesign;

/// <summary>Each attribution of a row split into what the feature does alone and what it does together with each other one.</summary>
/// <remarks>SHAP interaction values (Lundberg et al., Nature Machine Intelligence 2, 2020): symmetric, and the values of a feature add up to its
/// attribution. On the scale of the raw score. Immutable.</remarks>
public sealed class InteractionTable
{
    private readonly double[] _values;

    /// <summary>Creates a table; the array is not changed afterwards.</summary>
    /// <param name="attributions">The attributions that are split, n rows × c columns.</param>
    /// <param name="values">n × c × c interaction values, row by row.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public InteractionTable(AttributionTable attributions, double[] values)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(values);
        int columns = attributions.Columns.Count;
        if (values.LongLength != (long)attributions.RowCount * columns * columns)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"There must be {attributions.RowCount} × {columns} × {columns} values. Got {values.Length}. Fill one square per row."), nameof(values));
        }

        Attributions = attributions;
        _values = values;
    }

    /// <summary>Gets what is split: rows, columns, base value and scores.</summary>
    public AttributionTable Attributions { get; }

    /// <summary>Gets one interaction value; on the diagonal what the column does alone.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="first">A column, from 0.</param>
    /// <param name="second">A column, from 0; the order of the two makes no difference.</param>
    public double this[int row, int first, int second] => Row(row)[(first * Attributions.Columns.Count) + second];

    /// <summary>Gets the c × c values of a row, one column after the other.</summary>
    /// <param name="row">From 0.</param>
    public ReadOnlySpan<double> Row(int row)
    {
        int square = Attributions.Columns.Count * Attributions.Columns.Count;
        return _values.AsSpan(row * square, square);
    }
}
