using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>A feature table under construction. Threads write different rows, each row once, through a <see cref="RowTile"/>.</summary>
internal sealed class FeatureOutput
{
    private readonly BoundPlan _plan;
    private readonly double[][] _numbers;
    private readonly int[] _places;
    private readonly CategoryOutput[] _categories;

    internal FeatureOutput(BoundPlan plan, int rows)
    {
        _plan = plan;
        _numbers = [.. plan.Numbers.Select(_ => GC.AllocateUninitializedArray<double>(rows))];
        _places = [.. plan.Numbers.Select(n => n.Place)];
        _categories = [.. plan.Categories.Select(_ => new CategoryOutput(rows))];
    }

    internal int NumberColumns => _numbers.Length;

    /// <summary>Gets the category columns, in the order of the plan's.</summary>
    internal IReadOnlyList<CategoryOutput> Categories => _categories;

    /// <summary>Copies the numbers of a row to their place in a tile.</summary>
    internal void CopyNumbers(RowBuffer values, double[] tile, int place)
    {
        // Without bounds checks: the tile has a line per column, and every place was laid out with the buffer.
        ref double from = ref MemoryMarshal.GetArrayDataReference(values.Numbers);
        ref double to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(tile), place);
        int[] places = _places;
        for (int f = 0; f < places.Length; f++)
        {
            Unsafe.Add(ref to, f * RowTile.Height) = Unsafe.Add(ref from, places[f]);
        }
    }

    /// <summary>Writes a full tile.</summary>
    /// <param name="row">Its first row.</param>
    /// <param name="tile">The values, a line per column.</param>
    internal void WriteTile(int row, double[] tile)
    {
        ref double from = ref MemoryMarshal.GetArrayDataReference(tile);
        for (int f = 0; f < _numbers.Length; f++)
        {
            Span<double> line = _numbers[f].AsSpan(row, RowTile.Height);
            Vector256.LoadUnsafe(ref from, (nuint)(f * RowTile.Height)).CopyTo(line);
            Vector256.LoadUnsafe(ref from, (nuint)((f * RowTile.Height) + 4)).CopyTo(line[4..]);
        }
    }

    /// <summary>Writes the numbers of one row of a tile.</summary>
    internal void WriteNumbers(int row, double[] tile, int place)
    {
        for (int f = 0; f < _numbers.Length; f++)
        {
            _numbers[f][row] = tile[(f * RowTile.Height) + place];
        }
    }

    /// <summary>Writes the categories of a row.</summary>
    internal void WriteCodes(int row, RowBuffer values)
    {
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
