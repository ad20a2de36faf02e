using System.Runtime.CompilerServices;

namespace MlSystemDesign.Facts;

/// <summary>When each row became known, exact to the tick: in 6 bytes as the delay after its event, or in 8 bytes as it is where some delay has more than 48 bits, 162 days.</summary>
/// <remarks>Rows are set one by one into <see cref="OfDelays"/>, in any order and from any thread; then the content does not change. The default holds no known times.</remarks>
internal readonly struct KnownTimes
{
    private const int LowBits = 32;

    private KnownTimes(long[]? ticks, uint[]? low, short[]? high) => (Ticks, Low, High) = (ticks, low, high);

    /// <summary>Gets the known times in UTC ticks where they take 8 bytes; <see langword="null"/> where they take 6.</summary>
    public long[]? Ticks { get; }

    /// <summary>Gets the lower 32 bits of each delay where known times take 6 bytes.</summary>
    public uint[]? Low { get; }

    /// <summary>Gets the upper 16 bits, with the sign, of each delay; there where <see cref="Low"/> is.</summary>
    public short[]? High { get; }

    public bool IsEmpty => Low is null && Ticks is null;

    /// <summary>Gets the bytes that one row takes.</summary>
    public int Width => Low is not null ? sizeof(uint) + sizeof(short) : Ticks is not null ? sizeof(long) : 0;

    /// <summary>Gets the bytes of all rows.</summary>
    public long Bytes => (long)Width * (Low?.Length ?? Ticks?.Length ?? 0);

    /// <summary>Gets when a row became known, in UTC ticks.</summary>
    /// <param name="row">The row.</param>
    /// <param name="eventTicks">When it happened.</param>
    public long this[int row, long eventTicks]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Low is null ? Ticks![row] : Known(eventTicks, Low[row], High![row]);
    }

    /// <summary>Returns known times in 8 bytes each, where they lie.</summary>
    /// <param name="ticks">The known times; none gives what is empty.</param>
    public static KnownTimes OfTicks(long[] ticks) => ticks.Length == 0 ? default : new(ticks, null, null);

    /// <summary>Returns room for known times in 6 bytes each; every row is to be set.</summary>
    /// <param name="count">The number of rows; 0 gives what is empty.</param>
    public static KnownTimes OfDelays(int count) => count == 0 ? default : new(null, LargeArray.Uninitialized<uint>(count), LargeArray.Uninitialized<short>(count));

    /// <summary>Returns known times in as few bytes as hold them.</summary>
    /// <param name="ticks">The known times; kept where they need 8 bytes.</param>
    /// <param name="eventTicks">When each row happened.</param>
    public static KnownTimes From(long[] ticks, ReadOnlySpan<long> eventTicks)
    {
        KnownTimes delays = OfDelays(ticks.Length);
        for (int row = 0; row < ticks.Length; row++)
        {
            if (!delays.TrySet(row, eventTicks[row], ticks[row]))
            {
                return OfTicks(ticks);
            }
        }

        return delays;
    }

    /// <summary>Sets the delay of a row.</summary>
    /// <returns>Whether 48 bits hold it; otherwise the row is not what it should be.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySet(int row, long eventTicks, long knownTicks)
    {
        long delay = unchecked(knownTicks - eventTicks);
        uint low = unchecked((uint)delay);
        short high = unchecked((short)(delay >> LowBits));
        (Low![row], High![row]) = (low, high);
        return Delay(low, high) == delay;
    }

    /// <summary>Returns the known times of consecutive rows in UTC ticks: a view of those that take 8 bytes, a copy of others.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="eventTicks">When each of the rows happened.</param>
    public ReadOnlyMemory<long> ToTicks(int start, ReadOnlySpan<long> eventTicks)
    {
        if (Low is null)
        {
            return Ticks.AsMemory(start, eventTicks.Length);
        }

        long[] ticks = GC.AllocateUninitializedArray<long>(eventTicks.Length);
        ReadOnlySpan<uint> low = Low.AsSpan(start, ticks.Length);
        ReadOnlySpan<short> high = High.AsSpan(start, ticks.Length);
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = Known(eventTicks[i], low[i], high[i]);
        }

        return ticks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Known(long eventTicks, uint low, short high) => unchecked(eventTicks + Delay(low, high));

    private static long Delay(uint low, short high) => ((long)high << LowBits) | low;
}
