using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>A feature table under construction. Threads write different rows, each row once.</summary>
internal sealed class FeatureOutput
{
    private readonly BoundPlan _plan;
    private readonly double[][] _numbers;
    private readonly int[] _places;
    private readonly CategoryOutput[] _categories;

    internal FeatureOutput(BoundPlan plan, int rows)
    {
        _plan = plan;
        _numbers = [.. plan.Numbers.Select(_ => LargeArray.Uninitialized<double>(rows))];
        _places = [.. plan.Numbers.Select(n => n.Place)];
        _categories = [.. plan.Categories.Select(_ => new CategoryOutput(rows))];
    }

    /// <summary>Gets the category columns, in the order of the plan's.</summary>
    internal IReadOnlyList<CategoryOutput> Categories => _categories;

    /// <summary>Writes the numbers of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void WriteNumbers(RowBlock block)
    {
        for (int f = 0; f < _numbers.Length; f++)
        {
            double[] column = _numbers[f];
            if (block.IsTogether && block.Count > 0)
            {
                block.CopyNumbers(_places[f], column.AsSpan(block.Rows[0], block.Count));
                continue;
            }

            for (int row = 0; row < block.Count; row++)
            {
                column[block.Rows[row]] = block.NumberOf(_places[f], row);
            }
        }
    }

    /// <summary>Writes the categories of a block.</summary>
    internal void WriteCodes(RowBlock block)
    {
        for (int f = 0; f < _categories.Length; f++)
        {
            for (int row = 0; row < block.Count; row++)
            {
                _categories[f].Write(block.Rows[row], block.CodeOf(_plan.Categories[f].Place, row));
            }
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
