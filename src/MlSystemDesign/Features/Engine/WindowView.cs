using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.Features;

/// <summary>The windows of one family over the facts of one scope, at the cutoffs of some rows of a block, all of one entity. One per thread and family.</summary>
/// <remarks>A class, because a structure of spans would have to be cleared and copied for each row.</remarks>
/// <param name="windows">The number of windows.</param>
/// <param name="timed">How many of them have a start in time; they come first.</param>
/// <param name="block">The rows.</param>
internal sealed class WindowView(int windows, int timed, RowBlock block)
{
    /// <summary>Gets or sets the facts, newest first.</summary>
    internal FactSet Facts { get; set; } = null!;

    /// <summary>Gets or sets the first row of the view.</summary>
    internal int From { get; set; }

    /// <summary>Gets or sets the row behind the last one.</summary>
    internal int Until { get; set; }

    /// <summary>Gets the rows whose windows hold other facts than those of the row before, ascending; the first row is one.</summary>
    internal int[] Heads { get; } = new int[block.Height];

    /// <summary>Gets or sets how many <see cref="Heads"/> there are.</summary>
    internal int HeadCount { get; set; }

    /// <summary>Gets, per row, the newest fact inside the windows.</summary>
    internal int[] Firsts { get; } = new int[block.Height];

    /// <summary>Gets, for each window row by row, the first fact, going back in time, that is no longer inside; at least that of <see cref="Firsts"/>.</summary>
    internal int[] Ends { get; } = new int[windows * block.Height];

    /// <summary>Gets, for each window row by row, its first instant in UTC ticks; <see cref="long.MinValue"/> where it has none.</summary>
    internal long[] Starts { get; } = new long[windows * block.Height];

    /// <summary>Gets, per row, the first instant after the windows, in UTC ticks.</summary>
    internal long[] Closes { get; } = new long[block.Height];

    /// <summary>Gets how far the rows of one window lie behind those of the other.</summary>
    internal int Stride => block.Height;

    /// <summary>Tells whether the windows of a row hold the facts that those of the row before hold, whose ends are known. With daily cutoffs, most do.</summary>
    /// <remarks>May say no where they do, when windows end before what is visible does.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool HoldsAsBefore(int row)
    {
        int first = Firsts[row], count = Facts.Count;
        bool holds = first == Firsts[row - 1];
        ref long ticks = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Facts.Ticks.Items), Facts.Ticks.At);
        for (int w = 0, at = row; holds && w < timed; w++, at += Stride)
        {
            int end = Ends[at - 1];
            long start = Starts[at];
            holds = (end == count || Unsafe.Add(ref ticks, end) < start) && (end == first || Unsafe.Add(ref ticks, end - 1) >= start);
        }

        return holds;
    }

    /// <summary>Gets or sets the row that the members below speak of.</summary>
    internal int Row { get; set; }

    /// <summary>Gets the cutoff in UTC ticks.</summary>
    internal long Cutoff => block.Cutoffs[Row];

    /// <summary>Gets a value indicating whether any fact of the entity was visible.</summary>
    internal bool EntityIsKnown => block.EntityIsKnown[Row];

    /// <summary>Gets the first instant after the windows, in UTC ticks.</summary>
    internal long Close => Closes[Row];

    /// <summary>Gets the newest fact inside the windows.</summary>
    internal int First => Firsts[Row];

    /// <summary>Gets the event times of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<long> Ticks => Facts.Ticks.Span(First, Facts.Count - First);

    /// <summary>Returns the numbers of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<double> Numbers(int column) => Facts.Numbers[column].Span(First, Facts.Count - First);

    /// <summary>Returns the codes of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<int> Codes(int column) => Facts.Codes[column].Span(First, Facts.Count - First);

    /// <summary>Returns how many facts a window holds.</summary>
    internal int CountIn(int window) => Ends[(window * Stride) + Row] - First;

    /// <summary>Returns the first instant of a window, in UTC ticks; <see cref="long.MinValue"/> where it has none.</summary>
    internal long StartOf(int window) => Starts[(window * Stride) + Row];
}
