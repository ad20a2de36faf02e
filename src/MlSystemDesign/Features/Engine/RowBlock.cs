using System.Runtime.CompilerServices;

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
    private double[] _sorted = [];

    /// <summary>Creates an empty block.</summary>
    /// <param name="layout">The places of a row.</param>
    /// <param name="rows">How many rows there are at most.</param>
    internal RowBlock(RowLayout layout, int rows)
    {
        int fitting = Math.Clamp(CacheBytes / sizeof(double) / Math.Max(1, layout.Numbers), LeastRows, MostRows);
        Height = Math.Max(VectorRows, Math.Min(fitting, rows) / VectorRows * VectorRows);
        Stride = Height <= LeastRows ? Height : Height + LeastRows; // places a power of two apart would share lines of the cache
        Numbers = new double[layout.Numbers * Stride];
        Codes = new int[layout.Codes * Stride];
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

    /// <summary>Gets the numbers: all rows of the first place, then of the next.</summary>
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
    internal void Clear() => Count = 0;

    /// <summary>Returns a number of a row.</summary>
    internal ref double Number(int place, int row) => ref Numbers[(place * Stride) + row];

    /// <summary>Returns a category of a row.</summary>
    internal ref int Code(int place, int row) => ref Codes[(place * Stride) + row];

    /// <summary>Returns memory for as many values; what it held is gone.</summary>
    internal Span<double> Sorting(int count) => Scratch.Sized(ref _sorted, count).AsSpan(0, count);
}
