using System.Globalization;

namespace MlSystemDesign.Training.Boosting;

/// <summary>What gradient boosting learns from: a row-major feature matrix, labels, weights, and the categorical columns.</summary>
/// <remarks>The arrays are not copied; they must not change while a training runs.</remarks>
internal sealed class BoostingData
{
    private readonly double[] _values;
    private readonly double[] _labels;
    private readonly double[]? _weights;
    private readonly int[] _categoricalColumns;

    /// <summary>Takes rows × columns values (NaN is missing), one label per row, and one weight per row or none.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or a value, label, weight or column number is not allowed.</exception>
    public BoostingData(
        double[] values, int columns, double[] labels, double[]? weights, ReadOnlySpan<int> categoricalColumns, TargetKind target = TargetKind.Probability)
    {
        Target = target;
        Columns = columns;
        _values = values;
        _labels = labels;
        _weights = weights;
        _categoricalColumns = categoricalColumns.ToArray();
        if (columns < 1 || labels.Length < 1 || values.Length != (long)labels.Length * columns)
        {
            throw Invalid(nameof(values), "The matrix must hold one value per label and column, and at least one",
                $"{values.Length} values for {labels.Length} labels × {columns} columns", "Pass the whole row-major matrix");
        }

        CheckValues();
        CheckWeights();
        foreach (int column in _categoricalColumns)
        {
            if ((uint)column >= (uint)columns)
            {
                throw Invalid(nameof(categoricalColumns), "A categorical column must be a column of the matrix",
                    $"{column} of {columns}", "Count columns from 0");
            }
        }
    }

    public int Rows => _labels.Length;

    /// <summary>What the labels are: 0 and 1 of a probability, or any finite values.</summary>
    public TargetKind Target { get; }

    public int Columns { get; }

    public ReadOnlySpan<double> Values => _values;

    public ReadOnlySpan<int> CategoricalColumns => _categoricalColumns;

    public double Label(int row) => _labels[row];

    /// <summary>The weight as given; 1 without weights.</summary>
    public double Weight(int row) => _weights is null ? 1 : _weights[row];

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>The values of chosen rows, row-major.</summary>
    public double[] Gather(ReadOnlySpan<int> rows)
    {
        double[] gathered = new double[rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(gathered.AsSpan(i * Columns));
        }

        return gathered;
    }

    public float[] GatherLabels(ReadOnlySpan<int> rows)
    {
        float[] labels = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = (float)_labels[rows[i]];
        }

        return labels;
    }

    /// <summary>The weights of chosen rows, divided by their mean, so that penalties mean the same for any scale; null without weights.</summary>
    public float[]? GatherWeights(ReadOnlySpan<int> rows)
    {
        if (_weights is null)
        {
            return null;
        }

        double sum = 0;
        foreach (int row in rows)
        {
            sum += _weights[row];
        }

        double mean = sum / rows.Length;
        float[] weights = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            weights[i] = (float)(_weights[rows[i]] / mean);
        }

        return weights;
    }

    private static ArgumentException Invalid(string name, string rule, FormattableString got, string remedy) =>
        new($"{rule}. Got {got.ToString(CultureInfo.InvariantCulture)}. {remedy}.", name);

    private void CheckValues()
    {
        int infinite = _values.AsSpan().IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (infinite >= 0)
        {
            throw Invalid("values", "Feature values must be finite, or NaN where missing",
                $"{_values[infinite]} in row {infinite / Columns}, column {infinite % Columns}", "Make it NaN, or fix the feature");
        }

        int odd = _labels.AsSpan().IndexOfAnyExcept(0.0, 1.0);
        if (Target == TargetKind.Probability && odd >= 0)
        {
            throw Invalid("labels", "Labels must be 0 or 1", $"{_labels[odd]} in row {odd}", "Train on matured, encoded labels");
        }
    }

    private void CheckWeights()
    {
        if (_weights is null)
        {
            return;
        }

        if (_weights.Length != Rows)
        {
            throw Invalid("weights", "Weights must be one per row", $"{_weights.Length} for {Rows} rows", "Pass all of them, or null");
        }

        for (int i = 0; i < Rows; i++)
        {
            if (!(_weights[i] > 0 && double.IsFinite(_weights[i])))
            {
                throw Invalid("weights", "Weights must be positive and finite", $"{_weights[i]} in row {i}", "Leave out rows that should not count");
            }
        }
    }
}
