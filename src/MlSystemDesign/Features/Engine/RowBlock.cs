using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlSystemDesign.Features;

/// <summary>Some rows on their way into a table: their cutoffs, the results of the tasks place by place, and scratch memory for computing them. One per thread.</summary>
/// <remarks>What is done once per block and task, not once per row, costs nothing: calls, divisions side by side in a vector, and copies into the columns, which otherwise are as many
/// places in memory as there are features, each waited for. Entities are short, so that a block holds the rows of several; only facts are read entity by entity.</remarks>
internal sealed class RowBlock
{
    /// <summary>Rows by which a vector may pass the last one.</summary>
    internal const int VectorRows = 4;
    private const int MostRows = 96; // the days of a quarter, which panels often have
    private const int LeastRows = 8;
    private const int CacheBytes = 32 << 10; // what a core has next to it
    private readonly RowSlots[] _slots; // of each family
    private readonly RowSlots?[] _numberSlots; // of each place; null where each row has its results
    private readonly RowSlots?[] _codeSlots;
    private double[] _sorted = [];

    /// <summary>Creates an empty block.</summary>
    /// <param name="layout">The places of a row.</param>
    /// <param name="rows">How many rows there are at most.</param>
    internal RowBlock(RowLayout layout, int rows)
    {
        int fitting = Math.Clamp(CacheBytes / sizeof(double) / Math.Max(1, layout.Numbers.Count), LeastRows, MostRows);
        Height = Math.Max(VectorRows, Math.Min(fitting, rows) / VectorRows * VectorRows);
        Stride = Height <= LeastRows ? Height : Height + LeastRows; // places a power of two apart would share lines of the cache
        Numbers = new double[layout.Numbers.Count * Stride];
        Codes = new int[layout.Codes.Count * Stride];
        _slots = [.. Enumerable.Range(0, layout.Families).Select(_ => new RowSlots(Height))];
        _numberSlots = [.. layout.Numbers.Select(SlotsAt)];
        _codeSlots = [.. layout.Codes.Select(SlotsAt)];
        Rows = new int[Height];
        Cutoffs = new long[Height];
        EntityIsKnown = new bool[Height];
    }

    /// <summary>Gets how many rows fit.</summary>
    internal int Height { get; }

    /// <summary>Gets how far one place lies behind the other.</summary>
    internal int Stride { get; }

    /// <summary>Gets how many rows there are.</summary>
    internal int Count { get; private set; }

    internal bool IsFull => Count == Height;

    /// <summary>Tells whether it is better to begin anew for so many rows, which would not fit.</summary>
    internal bool HasLittleRoomFor(int rows) => rows > Height - Count && rows <= Height && Count >= Height * 3 / 4;

    /// <summary>Gets a value indicating whether the rows follow each other in the table.</summary>
    internal bool IsTogether { get; private set; } = true;

    /// <summary>Gets the row of the table that each is.</summary>
    internal int[] Rows { get; }

    /// <summary>Gets the cutoff of each row, in UTC ticks.</summary>
    internal long[] Cutoffs { get; }

    /// <summary>Gets, per row, whether any fact of its entity was visible.</summary>
    internal bool[] EntityIsKnown { get; }

    /// <summary>Gets the numbers: all rows, or slots, of the first place, then of the next.</summary>
    internal double[] Numbers { get; }

    /// <summary>Gets the categories, likewise.</summary>
    internal int[] Codes { get; }

    internal CategoryCounts Counts { get; } = new();

    /// <summary>Adds a row, whose results are to be computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int row, long cutoff, bool entityIsKnown)
    {
        int at = Count++;
        IsTogether = at == 0 || (IsTogether && row == Rows[at - 1] + 1);
        Rows[at] = row;
        Cutoffs[at] = cutoff;
        EntityIsKnown[at] = entityIsKnown;
    }

    /// <summary>Adds rows that follow each other in the table, as many as fit; whether anything is known of their entity is not asked.</summary>
    /// <param name="row">The first.</param>
    /// <param name="cutoffs">Their cutoffs.</param>
    /// <returns>How many fitted.</returns>
    internal int Add(int row, ReadOnlySpan<long> cutoffs)
    {
        int at = Count, count = Math.Min(cutoffs.Length, Height - at);
        IsTogether = at == 0 || (IsTogether && row == Rows[at - 1] + 1);
        cutoffs[..count].CopyTo(Cutoffs.AsSpan(at));
        for (int i = 0; i < count; i++)
        {
            Rows[at + i] = row + i;
        }

        Count += count;
        return count;
    }

    /// <summary>Forgets the rows.</summary>
    internal void Clear()
    {
        Count = 0;
        foreach (RowSlots slots in _slots)
        {
            slots.Count = 0;
        }
    }

    /// <summary>Returns which rows share results of a family.</summary>
    internal RowSlots SlotsOf(int family) => _slots[family];

    /// <summary>Returns a number of a task.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="target">The row, or the slot where rows share results.</param>
    internal ref double Number(int place, int target) => ref Numbers[(place * Stride) + target];

    /// <summary>Returns a category of a task.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="target">The row, or the slot where rows share results.</param>
    internal ref int Code(int place, int target) => ref Codes[(place * Stride) + target];

    /// <summary>Returns a number of a row.</summary>
    internal double NumberOf(int place, int row) => Number(place, _numberSlots[place] is { } slots ? slots.Of[row] : row);

    /// <summary>Returns a category of a row.</summary>
    internal int CodeOf(int place, int row) => Code(place, _codeSlots[place] is { } slots ? slots.Of[row] : row);

    /// <summary>Copies the numbers of all rows.</summary>
    /// <param name="place">Their place.</param>
    /// <param name="target">As many as there are rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void CopyNumbers(int place, Span<double> target)
    {
        ReadOnlySpan<double> numbers = Numbers.AsSpan(place * Stride, Stride);
        if (_numberSlots[place] is not { } slots || slots.Count == Count)
        {
            numbers[..target.Length].CopyTo(target);
            return;
        }

        // Without bounds checks: each slot is below the number of rows. Four at a time, because the target is far away, and a core has only so many stores under way.
        ref double first = ref MemoryMarshal.GetReference(numbers), to = ref MemoryMarshal.GetReference(target);
        ref uint slot = ref Unsafe.As<int, uint>(ref MemoryMarshal.GetArrayDataReference(slots.Of));
        int row = 0;
        for (; row <= target.Length - VectorRows; row += VectorRows)
        {
            Vector256.Create(
                Unsafe.Add(ref first, (nuint)Unsafe.Add(ref slot, row)), Unsafe.Add(ref first, (nuint)Unsafe.Add(ref slot, row + 1)),
                Unsafe.Add(ref first, (nuint)Unsafe.Add(ref slot, row + 2)), Unsafe.Add(ref first, (nuint)Unsafe.Add(ref slot, row + 3))).StoreUnsafe(ref to, (nuint)row);
        }

        for (; row < target.Length; row++)
        {
            Unsafe.Add(ref to, row) = Unsafe.Add(ref first, (nuint)Unsafe.Add(ref slot, row));
        }
    }

    /// <summary>Returns memory for as many values; what it held is gone.</summary>
    internal Span<double> Sorting(int count) => Scratch.Sized(ref _sorted, count).AsSpan(0, count);

    private RowSlots? SlotsAt(int family) => family == RowLayout.EachRow ? null : _slots[family];
}
