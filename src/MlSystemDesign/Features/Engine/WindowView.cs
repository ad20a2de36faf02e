namespace MlSystemDesign.Features;

/// <summary>The windows of one family at one cutoff, over the facts of one scope.</summary>
/// <param name="facts">The facts, newest first.</param>
/// <param name="first">The newest fact inside the windows.</param>
/// <param name="ends">Per window: the first fact, going back in time, that is no longer inside; each at least <paramref name="first"/>.</param>
/// <param name="starts">Per window: its first instant in UTC ticks; <see cref="long.MinValue"/> where it has none.</param>
/// <param name="end">The first instant after the windows, in UTC ticks.</param>
/// <param name="cutoff">The cutoff in UTC ticks.</param>
/// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
internal readonly ref struct WindowView(FactSet facts, int first, ReadOnlySpan<int> ends, ReadOnlySpan<long> starts, long end, long cutoff, bool entityIsKnown)
{
    internal FactSet Facts => facts;

    internal int First => first;

    internal ReadOnlySpan<int> Ends { get; } = ends;

    internal ReadOnlySpan<long> Starts { get; } = starts;

    internal long End => end;

    internal long Cutoff => cutoff;

    internal bool EntityIsKnown => entityIsKnown;

    /// <summary>Returns the event times of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<long> Ticks => facts.Ticks.Span(first, facts.Count - first);

    /// <summary>Returns the numbers of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<double> Numbers(int column) => facts.Numbers[column].Span(first, facts.Count - first);

    /// <summary>Returns the codes of the facts from the newest inside the windows on.</summary>
    internal ReadOnlySpan<int> Codes(int column) => facts.Codes[column].Span(first, facts.Count - first);

    /// <summary>Returns how many facts a window holds.</summary>
    internal int CountIn(int window) => Ends[window] - first;
}
