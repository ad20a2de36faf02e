using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>A feature table under construction. Threads write different rows, each row once, through a <see cref="RowTile"/>.</summary>
internal sealed class FeatureOutput
{
    private const int LineBytes = RowTile.Height * sizeof(double);
    private readonly BoundPlan _plan;
    private readonly double[][] _numbers;
    private readonly int[] _starts; // in each array: the first row, at the start of a cache line
    private readonly int[] _places;
    private readonly CategoryOutput[] _categories;

    internal FeatureOutput(BoundPlan plan, int rows)
    {
        _plan = plan;
        Rows = rows;
        _numbers = [.. plan.Numbers.Select(_ => GC.AllocateUninitializedArray<double>(rows + RowTile.Height))];
        _starts = [.. _numbers.Select(FirstOfLine)];
        _places = [.. plan.Numbers.Select(n => n.Place)];
        _categories = [.. plan.Categories.Select(_ => new CategoryOutput(rows))];
    }

    internal int Rows { get; }

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

    /// <summary>Writes a line of each column.</summary>
    /// <param name="row">The first row, a multiple of <see cref="RowTile.Height"/>.</param>
    /// <param name="tile">The values, a line per column.</param>
    internal unsafe void WriteLines(int row, double[] tile)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)row, (uint)(Rows - RowTile.Height));
        ref double from = ref MemoryMarshal.GetArrayDataReference(tile);
        for (int f = 0; f < _numbers.Length; f++)
        {
            Vector256<double> low = Vector256.LoadUnsafe(ref from, (nuint)(f * RowTile.Height)), high = Vector256.LoadUnsafe(ref from, (nuint)((f * RowTile.Height) + 4));
            fixed (double* column = _numbers[f])
            {
                double* line = column + _starts[f] + row;
                if ((nuint)line % LineBytes == 0)
                {
                    low.StoreAlignedNonTemporal(line);
                    high.StoreAlignedNonTemporal(line + 4);
                }
                else
                {
                    low.Store(line); // the collector has moved the column
                    high.Store(line + 4);
                }
            }
        }
    }

    /// <summary>Writes the numbers of one row of a tile.</summary>
    internal void WriteNumbers(int row, double[] tile, int place)
    {
        for (int f = 0; f < _numbers.Length; f++)
        {
            _numbers[f][_starts[f] + row] = tile[(f * RowTile.Height) + place];
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
            numbers[_plan.Numbers[f].Column] = _numbers[f].AsMemory(_starts[f], Rows);
        }

        for (int f = 0; f < _categories.Length; f++)
        {
            int column = _plan.Categories[f].Column;
            (codes[column], string[] levels) = _categories[f].Complete();
            columns[column] = columns[column] with { Levels = levels };
        }

        return new FeatureTable(observations, new FeatureSchema(columns), numbers, codes);
    }

    private static unsafe int FirstOfLine(double[] column)
    {
        fixed (double* address = column)
        {
            return (int)((LineBytes - ((nuint)address % LineBytes)) % LineBytes / sizeof(double));
        }
    }
}
