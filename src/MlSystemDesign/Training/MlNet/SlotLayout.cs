using Microsoft.ML;
using Microsoft.ML.Data;
using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Where our columns stand in the one vector that ML.NET trains on: a number in a slot, a category in one slot for "missing" and one per level.</summary>
/// <remarks>Missing has a slot because ML.NET takes a category without any slot set for its category 0, and writes that back as the slot before the category.</remarks>
internal sealed class SlotLayout
{
    /// <summary>The name that ML.NET insists on when it looks for categories.</summary>
    internal const string FeaturesColumn = "Features";

    private readonly int[] _start;
    private readonly int[] _levels;
    private readonly int[] _columnOf;

    /// <summary>Lays out columns.</summary>
    /// <param name="levels">Per column its number of levels; −1 for a number.</param>
    internal SlotLayout(IEnumerable<int> levels)
    {
        _levels = [.. levels];
        _start = new int[_levels.Length];
        List<int> columnOf = [];
        for (int c = 0; c < _levels.Length; c++)
        {
            _start[c] = columnOf.Count;
            columnOf.AddRange(Enumerable.Repeat(c, _levels[c] < 0 ? 1 : _levels[c] + 1));
        }

        _columnOf = [.. columnOf];
    }

    internal int Slots => _columnOf.Length;

    internal bool IsCategory(int column) => _levels[column] >= 0;

    internal int Levels(int column) => _levels[column];

    /// <summary>What a slot stands for: a column, and −1 for missing or the level in it; 0 for a number.</summary>
    internal (int Column, int Level) Of(int slot)
    {
        int column = _columnOf[slot];
        return (column, _levels[column] < 0 ? 0 : slot - _start[column] - 1);
    }

    /// <summary>A row of values, categories as codes and missing as NaN, as ML.NET's vector.</summary>
    internal VBuffer<float> Vector(ReadOnlySpan<double> row)
    {
        float[] values = new float[row.Length];
        int[] indices = new int[row.Length];
        for (int c = 0; c < row.Length; c++)
        {
            bool category = _levels[c] >= 0, known = row[c] >= 0 && row[c] < _levels[c];
            values[c] = category ? 1 : (float)row[c];
            indices[c] = _start[c] + (category && known ? (int)row[c] + 1 : 0);
        }

        return Slots == row.Length ? new VBuffer<float>(row.Length, values) : new VBuffer<float>(Slots, row.Length, values, indices);
    }

    /// <summary>Chosen rows with label and weight, as ML.NET trains on them.</summary>
    internal IDataView TrainingView(BoostingData data, int[] rows, CancellationToken cancellationToken)
    {
        float[] labels = data.GatherLabels(rows);
        List<ColumnDataView.Column> columns =
        [
            Features(row => data.Row(rows[row]).ToArray()),
            data.Target == TargetKind.Probability
                ? ColumnDataView.Column.Boolean(MlNetDataExtensions.LabelColumn, row => labels[row] > 0)
                : ColumnDataView.Column.Single(MlNetDataExtensions.LabelColumn, row => labels[row]),
        ];
        if (data.GatherWeights(rows) is { } weights)
        {
            columns.Add(ColumnDataView.Column.Single(MlNetDataExtensions.WeightColumn, row => weights[row]));
        }

        return new ColumnDataView(rows.Length, columns, cancellationToken);
    }

    /// <summary>Row-major rows, as ML.NET scores them.</summary>
    internal IDataView ScoringView(double[] rows)
    {
        int width = _levels.Length;
        return new ColumnDataView(rows.Length / width, [Features(row => rows[(row * width)..((row + 1) * width)])]);
    }

    private ColumnDataView.Column Features(Func<int, double[]> row)
    {
        Func<int, VBuffer<float>> vector = r => Vector(row(r));
        return new ColumnDataView.Column(FeaturesColumn, new VectorDataViewType(NumberDataViewType.Single, Slots), vector, Categories());
    }

    private DataViewSchema.Annotations? Categories()
    {
        int[] ranges = [.. Enumerable.Range(0, _levels.Length).Where(IsCategory).SelectMany(c => new[] { _start[c], _start[c] + _levels[c] })];
        if (ranges.Length == 0)
        {
            return null;
        }

        DataViewSchema.Annotations.Builder builder = new();
        VectorDataViewType type = new(NumberDataViewType.Int32, ranges.Length / 2, 2);
        builder.Add("CategoricalSlotRanges", type, (ref VBuffer<int> value) => value = new VBuffer<int>(ranges.Length, ranges));
        return builder.ToAnnotations();
    }
}
