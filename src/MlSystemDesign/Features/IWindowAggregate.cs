namespace MlSystemDesign.Features;

/// <summary>An aggregate of the host's own.</summary>
/// <remarks>Immutable and safe for concurrent use. <see cref="Compute"/> must depend on its argument alone: equal facts give equal bits. It is saved with the plan like
/// any other part: the host gives its codec.</remarks>
public interface IWindowAggregate : IArtifactPart
{
    /// <summary>Gets the name under which a plan refers to it; also part of column names, such as "share_above_100". Unique within a plan.</summary>
    string Name { get; }

    /// <summary>Gets what it needs and gives. The result is a number; the input is events, a number or a category column.</summary>
    AggregateTraits Traits { get; }

    /// <summary>Computes the value of one window.</summary>
    /// <param name="facts">The facts of the window that pass the filters; may be empty.</param>
    /// <returns>The value; NaN, and anything infinite, is missing.</returns>
    double Compute(in WindowFacts facts);
}

/// <summary>The facts of one window, newest first.</summary>
public readonly ref struct WindowFacts
{
    /// <summary>Creates the view.</summary>
    /// <param name="eventTicks">n event times in UTC ticks, newest first.</param>
    /// <param name="values">n values of the number column, NaN for missing; empty without one.</param>
    /// <param name="codes">n codes of the category column, −1 for missing; empty without one.</param>
    /// <param name="cutoffTicks">The cutoff in UTC ticks; after every event time.</param>
    public WindowFacts(ReadOnlySpan<long> eventTicks, ReadOnlySpan<double> values, ReadOnlySpan<int> codes, long cutoffTicks)
    {
        EventTicks = eventTicks;
        Values = values;
        Codes = codes;
        CutoffTicks = cutoffTicks;
    }

    /// <summary>Gets n event times in UTC ticks, newest first.</summary>
    public ReadOnlySpan<long> EventTicks { get; }

    /// <summary>Gets n values of the number column, NaN for missing; empty without one.</summary>
    public ReadOnlySpan<double> Values { get; }

    /// <summary>Gets n codes of the category column: equal codes are equal texts; −1 is missing. Empty without one.</summary>
    public ReadOnlySpan<int> Codes { get; }

    /// <summary>Gets the cutoff in UTC ticks.</summary>
    public long CutoffTicks { get; }
}
