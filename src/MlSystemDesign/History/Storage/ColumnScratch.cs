using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Puts parts of columns in another order, through memory that stays in the processor's cache. One per thread.</summary>
internal sealed class ColumnScratch
{
    private long[] _plain = [];
    private EntityKey[] _keys = [];

    /// <summary>Reorders a part of a column; does nothing to a column that is not there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="first">The first row of the part.</param>
    /// <param name="order">For each place of the part the row, counted from <paramref name="first"/>, that goes there.</param>
    public void Reorder<T>(T[] column, int first, ReadOnlySpan<int> order)
        where T : unmanaged
    {
        if (column.Length == 0)
        {
            return;
        }

        int longs = ((order.Length * Unsafe.SizeOf<T>()) + 7) / 8;
        if (_plain.Length < longs)
        {
            _plain = new long[longs];
        }

        Permute(column.AsSpan(first, order.Length), order, MemoryMarshal.Cast<long, T>(_plain.AsSpan()));
    }

    /// <inheritdoc cref="Reorder{T}(T[], int, ReadOnlySpan{int})"/>
    public void Reorder(EntityKey[] column, int first, ReadOnlySpan<int> order)
    {
        if (column.Length == 0)
        {
            return;
        }

        if (_keys.Length < order.Length)
        {
            _keys = new EntityKey[order.Length];
        }

        Permute(column.AsSpan(first, order.Length), order, _keys);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Permute<T>(Span<T> part, ReadOnlySpan<int> order, Span<T> scratch)
    {
        part.CopyTo(scratch);
        for (int i = 0; i < order.Length; i++)
        {
            part[i] = scratch[order[i]];
        }
    }
}
