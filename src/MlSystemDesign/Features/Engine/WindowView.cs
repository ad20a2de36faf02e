namespace MlSystemDesign.Features;

/// <summary>The windows of one family at one cutoff, over the facts of one scope. One per thread and family, set anew for each row.</summary>
/// <remarks>A class, because a structure of spans would have to be cleared and copied for each row.</remarks>
/// <param name="windows">The number of windows.</param>
internal sealed class WindowView(int windows)
{
    /// <summary>Gets or sets the facts, newest first.</summary>
    internal FactSet Facts { get; set; } = null!;

    /// <summary>Gets or sets the newest fact inside the windows.</summary>
    internal int First { get; set; }

    /// <summary>Gets, per window, the first fact, going back in time, that is no longer inside; each at least <see cref="First"/>.</summary>
    internal int[] Ends { get; } = new int[windows];

    /// <summary>Gets or sets, per window, its first instant in UTC ticks; <see cref="long.MinValue"/> where it has none.</summary>
    internal long[] Starts { get; set; } = new long[windows];

    /// <summary>Gets or sets the first instant after the windows, in UTC ticks.</summary>
    internal long End { get; set; }

    /// <summary>Gets or sets the cutoff in UTC ticks.</summary>
    internal long Cutoff { get; set; }

    /// <summary>Gets or sets a value indicating whether any fact of the entity was visible.</summary>
    internal bool EntityIsKnown { get; set; }

    /// <summary>Gets the event times of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<long> Ticks => Facts.Ticks.Span(First, Facts.Count - First);

    /// <summary>Returns the numbers of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<double> Numbers(int column) => Facts.Numbers[column].Span(First, Facts.Count - First);

    /// <summary>Returns the codes of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<int> Codes(int column) => Facts.Codes[column].Span(First, Facts.Count - First);

    /// <summary>Returns how many facts a window holds.</summary>
    internal int CountIn(int window) => Ends[window] - First;
}
