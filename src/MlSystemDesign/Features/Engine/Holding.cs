using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>The cutoffs for which window borders stay where they are: with daily cutoffs, most rows need not look for them.</summary>
internal struct Holding
{
    internal static Holding Always => new() { After = long.MinValue, Until = long.MaxValue };

    internal static Holding Never => new() { After = long.MaxValue, Until = long.MinValue };

    /// <summary>Gets the cutoff after which they hold, in UTC ticks.</summary>
    internal long After { get; private set; }

    /// <summary>Gets the cutoff until which they hold.</summary>
    internal long Until { get; private set; }

    /// <summary>Adds a border: it moves when the cutoff passes the time on either side of it by the length of the window.</summary>
    /// <param name="newestFirst">Times, newest first.</param>
    /// <param name="count">How many.</param>
    /// <param name="border">So many lie at or after cutoff − length.</param>
    /// <param name="length">How long before the cutoff, in ticks.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(ColumnPart<long> newestFirst, int count, int border, long length)
    {
        if (border < count)
        {
            After = Math.Max(After, Later(newestFirst.Items[newestFirst.At + border], length));
        }

        if (border > 0)
        {
            Until = Math.Min(Until, Later(newestFirst.Items[newestFirst.At + border - 1], length));
        }
    }

    private static long Later(long ticks, long length) => ticks > long.MaxValue - length ? long.MaxValue : ticks + length;
}
