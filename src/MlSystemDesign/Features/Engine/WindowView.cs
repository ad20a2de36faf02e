using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>The windows of one family over the facts of one scope, at the cutoffs of some rows of a block, all of one entity. One per thread and family.</summary>
/// <remarks>A class, because a structure of spans would have to be cleared and copied for each row.</remarks>
/// <param name="family">The windows.</param>
/// <param name="block">The rows.</param>
/// <param name="slots">Takes which of them share results.</param>
internal sealed class WindowView(WindowFamily family, RowBlock block, RowSlots slots)
{
    private int _slot;

    /// <summary>Gets the facts, newest first.</summary>
    internal FactSet Facts { get; private set; } = null!;

    /// <summary>Gets the first row of the view.</summary>
    internal int From { get; private set; }

    /// <summary>Gets the row behind the last one.</summary>
    internal int Until { get; private set; }

    /// <summary>Gets which rows of the block share results.</summary>
    internal RowSlots Slots => slots;

    /// <summary>Gets the first slot of the view; those up to the last one are its own.</summary>
    internal int FirstSlot { get; private set; }

    /// <summary>Gets, per row, the newest fact inside the windows.</summary>
    internal int[] Firsts { get; } = new int[block.Height];

    /// <summary>Gets, for each window slot by slot, the first fact, going back in time, that is no longer inside; at least that of <see cref="Firsts"/>.</summary>
    internal int[] Ends { get; } = new int[family.Windows.Length * block.Height];

    /// <summary>Gets, per row, the first instant after the windows, in UTC ticks.</summary>
    internal long[] Closes { get; } = new long[block.Height];

    /// <summary>Gets, for each calendar window row by row, its first instant in UTC ticks.</summary>
    internal long[] CalendarStarts { get; } = family.Calendar is null ? [] : new long[family.Windows.Length * block.Height];

    /// <summary>Gets how far the slots, or rows, of one window lie behind those of the other.</summary>
    internal int Stride => block.Height;

    /// <summary>Gets the cutoff in UTC ticks.</summary>
    internal long Cutoff => block.Cutoffs[Row];

    /// <summary>Gets a value indicating whether any fact of the entity was visible.</summary>
    internal bool EntityIsKnown => block.EntityIsKnown[Row];

    /// <summary>Gets the first instant after the windows, in UTC ticks.</summary>
    internal long Close => Closes[Row];

    /// <summary>Gets the event times of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<long> Ticks => Facts.Ticks.Span(First, Facts.Count - First);

    private int Row { get; set; }

    private int First => Firsts[Row];

    /// <summary>Begins with other rows.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="from">The first row.</param>
    /// <param name="until">The row behind the last one.</param>
    internal void Begin(FactSet facts, int from, int until) => (Facts, From, Until, FirstSlot) = (facts, from, until, slots.Count);

    /// <summary>Chooses the row that the members about one row speak of.</summary>
    internal void StandAt(int row) => (Row, _slot) = (row, slots.Of[row]);

    /// <summary>Returns the numbers of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<double> Numbers(int column) => Facts.Numbers[column].Span(First, Facts.Count - First);

    /// <summary>Returns the codes of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<int> Codes(int column) => Facts.Codes[column].Span(First, Facts.Count - First);

    /// <summary>Returns how many facts a window holds.</summary>
    internal int CountIn(int window) => Ends[(window * Stride) + _slot] - First;

    /// <summary>Returns the first instant of a window, in UTC ticks; <see cref="long.MinValue"/> where it has none.</summary>
    internal long StartOf(int window) => StartOf(window, Row);

    /// <inheritdoc cref="StartOf(int)"/>
    /// <param name="window">The window.</param>
    /// <param name="row">The row.</param>
    internal long StartOf(int window, int row) => family.Calendar is not null ? CalendarStarts[(window * Stride) + row]
        : window < family.TimedWindows ? WindowFamily.Before(Closes[row], family.Lengths[window])
        : long.MinValue;

    /// <summary>Adds rows to the last slot, from one on that follows its first: as long as their windows hold what those of the slot hold.</summary>
    /// <returns>The row behind the last one added.</returns>
    /// <remarks>May stop before a row whose windows do.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Share(int row) => row == Until || Firsts[row] != Firsts[row - 1] ? row : ShareSameFirst(row);

    /// <summary>Returns the last close until which windows of fixed lengths hold what they hold in a slot: then one loses its oldest fact.</summary>
    private long HeldUntil(int slot)
    {
        ReadOnlySpan<long> ticks = Facts.Ticks.Span(Facts.Count);
        int first = Firsts[slots.FirstRows[slot]];
        long until = long.MaxValue;
        for (int w = 0, at = slot; w < family.Lengths.Length; w++, at += Stride)
        {
            if (Ends[at] > first)
            {
                until = Math.Min(until, WindowFamily.After(ticks[Ends[at] - 1], family.Lengths[w]));
            }
        }

        return until;
    }

    private bool CalendarHolds(int slot, int row)
    {
        int first = Firsts[row];
        ReadOnlySpan<long> ticks = Facts.Ticks.Span(Facts.Count);
        bool holds = true;
        for (int w = 0; holds && w < family.TimedWindows; w++)
        {
            int end = Ends[(w * Stride) + slot];
            long start = StartOf(w, row);
            holds = (end == ticks.Length || ticks[end] < start) && (end == first || ticks[end - 1] >= start);
        }

        return holds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ShareSameFirst(int row)
    {
        int slot = slots.Count - 1, first = Firsts[row];
        if (family.Calendar is not null)
        {
            for (; row < Until && Firsts[row] == first && CalendarHolds(slot, row); row++)
            {
                slots.Of[row] = slot;
            }

            return row;
        }

        long opened = Closes[row - 1], heldUntil = HeldUntil(slot);
        for (; row < Until && Firsts[row] == first && Closes[row] >= opened && Closes[row] <= heldUntil; row++)
        {
            slots.Of[row] = slot;
        }

        return row;
    }
}
