using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Arrays that columns have outgrown or given back, for others to grow into, so that an engine which forgets as much as it takes allocates nothing. Safe for concurrent use.</summary>
/// <remarks>Of each length at most a quarter as many lie idle as are in use, or 64 KiB; the rest is left to the collector.</remarks>
internal sealed class ColumnPool<T>
{
    private const int LeastIdleBytes = 1 << 16;
    private readonly Length[] _lengths = [.. Enumerable.Range(0, 31).Select(_ => new Length())];

    /// <summary>Takes an array.</summary>
    /// <param name="length">How long; a power of two.</param>
    /// <returns>The array; of values that are not references, holding anything.</returns>
    internal T[] Rent(int length)
    {
        Length all = _lengths[BitOperations.Log2((uint)length)];
        lock (all)
        {
            all.InUse++;
            if (all.Idle.TryPop(out T[]? idle))
            {
                return idle;
            }
        }

        return RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? new T[length] : GC.AllocateUninitializedArray<T>(length);
    }

    /// <summary>Gives an array back; the empty one too, which is nobody's.</summary>
    internal void Return(T[] array)
    {
        if (array.Length == 0)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(array);
        }

        Length all = _lengths[BitOperations.Log2((uint)array.Length)];
        lock (all)
        {
            all.InUse--;
            if (all.Idle.Count < Math.Max(all.InUse / 4, LeastIdleBytes / ((long)array.Length * Unsafe.SizeOf<T>())))
            {
                all.Idle.Push(array);
            }
        }
    }

    private sealed class Length
    {
        internal Stack<T[]> Idle { get; } = [];

        internal int InUse { get; set; }
    }
}

/// <summary>The pools of an engine.</summary>
internal sealed class ColumnPools
{
    internal ColumnPool<long> Longs { get; } = new();

    internal ColumnPool<double> Numbers { get; } = new();

    internal ColumnPool<int> Codes { get; } = new();

    internal ColumnPool<OnlineVersion?> Versions { get; } = new();
}
