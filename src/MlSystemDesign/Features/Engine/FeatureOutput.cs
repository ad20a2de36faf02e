using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Features;

/// <summary>A feature table under construction. Threads write different rows, each row once.</summary>
internal sealed class FeatureOutput
{
    private readonly BoundPlan _plan;
    private readonly double[][] _numbers;
    private readonly int[] _places;
    private readonly int _rows;
    private readonly CategoryOutput[] _categories;

    internal FeatureOutput(BoundPlan plan, int rows)
    {
        _plan = plan;
        _rows = rows;
        _numbers = [.. plan.Numbers.Select(_ => GC.AllocateUninitializedArray<double>(rows))];
        _places = [.. plan.Numbers.Select(n => n.Place)];
        _categories = [.. plan.Categories.Select(_ => new CategoryOutput(rows))];
    }

    /// <summary>Gets the category columns, in the order of the plan's.</summary>
    internal IReadOnlyList<CategoryOutput> Categories => _categories;

    /// <summary>Writes a row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="values">Its values.</param>
    internal void Write(int row, RowBuffer values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows);
        double[][] numbers = _numbers;
        int[] places = _places;

        // Without bounds checks: every column has the rows just checked, every place was laid out with the buffer.
        ref double from = ref MemoryMarshal.GetArrayDataReference(values.Numbers);
        for (int f = 0; f < numbers.Length; f++)
        {
            double value = Unsafe.Add(ref from, places[f]);
            Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(numbers[f]), row) = value;
        }

        for (int f = 0; f < _categories.Length; f++)
        {
            _categories[f].Write(row, values.Codes[_plan.Categories[f].Place]);
        }
    }

    /// <summary>Builds the table.</summary>
    internal FeatureTable ToTable(ObservationSet observations)
    {
        FeatureColumn[] columns = [.. _plan.Schema];
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[columns.Length];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[columns.Length];
        for (int f = 0; f < _numbers.Length; f++)
        {
            numbers[_plan.Numbers[f].Column] = _numbers[f];
        }

        for (int f = 0; f < _categories.Length; f++)
        {
            int column = _plan.Categories[f].Column;
            (codes[column], string[] levels) = _categories[f].Complete();
            columns[column] = columns[column] with { Levels = levels };
        }

        return new FeatureTable(observations, new FeatureSchema(columns), numbers, codes);
    }
}
