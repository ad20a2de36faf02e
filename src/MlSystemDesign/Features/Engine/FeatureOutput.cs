using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>A feature table under construction. Threads write different rows, each row once.</summary>
internal sealed class FeatureOutput
{
    private readonly BoundPlan _plan;
    private readonly double[][] _numbers; // by slot
    private readonly CategoryOutput[] _categories; // by slot

    internal FeatureOutput(BoundPlan plan, int rows)
    {
        _plan = plan;
        _numbers = [.. plan.NumberFeatures.Select(_ => GC.AllocateUninitializedArray<double>(rows))];
        _categories = [.. plan.CategoryFeatures.Select(_ => new CategoryOutput(rows))];
    }

    /// <summary>Gets the category columns, in the order of their slots.</summary>
    internal IReadOnlyList<CategoryOutput> Categories => _categories;

    /// <summary>Writes a row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="values">Its values; what is not finite becomes missing: no model can use infinity.</param>
    internal void Write(int row, RowBuffer values)
    {
        Normalize(values.Numbers);
        double[][] numbers = _numbers;
        double[] from = values.Numbers;
        for (int slot = 0; slot < numbers.Length; slot++)
        {
            numbers[slot][row] = from[slot];
        }

        for (int slot = 0; slot < _categories.Length; slot++)
        {
            _categories[slot].Write(row, values.Codes[slot]);
        }
    }

    /// <summary>Builds the table.</summary>
    internal FeatureTable ToTable(ObservationSet observations)
    {
        FeatureColumn[] columns = [.. _plan.Schema];
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[columns.Length];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[columns.Length];
        for (int slot = 0; slot < _numbers.Length; slot++)
        {
            numbers[_plan.NumberFeatures[slot]] = _numbers[slot];
        }

        for (int slot = 0; slot < _categories.Length; slot++)
        {
            int column = _plan.CategoryFeatures[slot];
            (codes[column], string[] levels) = _categories[slot].Complete();
            columns[column] = columns[column] with { Levels = levels };
        }

        return new FeatureTable(observations, new FeatureSchema(columns), numbers, codes);
    }

    // Adding 0 turns -0 into 0, so that a tie between them leaves no trace; and every NaN gets the same bits.
    private static void Normalize(Span<double> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> four = Vector256.Create<double>(values[i..]);
            Vector256<double> finite = Vector256.Equals(four - four, Vector256<double>.Zero);
            Vector256.ConditionalSelect(finite, four + Vector256<double>.Zero, Vector256.Create(double.NaN)).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] = double.IsFinite(values[i]) ? values[i] + 0.0 : double.NaN;
        }
    }
}
