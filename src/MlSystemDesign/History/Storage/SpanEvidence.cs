using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>What the observed span of a source is concluded from. Two pieces of evidence join into that of both, in any order.</summary>
internal readonly record struct SpanEvidence
{
    private const long Day = TimeSpan.TicksPerDay;

    public SpanEvidence()
    {
    }

    /// <summary>Gets the first event time seen, in UTC ticks.</summary>
    public long First { get; init; } = long.MaxValue;

    /// <summary>Gets the last event time seen, in UTC ticks.</summary>
    public long Last { get; init; } = long.MinValue;

    /// <summary>Gets a value indicating whether every event time is at midnight UTC: the data are days, and the last day was seen to its end.</summary>
    public bool WholeDays { get; init; } = true;

    public DateTimeOffset? DeclaredFrom { get; init; }

    public DateTimeOffset? DeclaredUntil { get; init; }

    public bool HasFacts => First <= Last;

    public bool IsKnown => HasFacts || (DeclaredFrom is not null && DeclaredUntil is not null);

    public SpanEvidence With(long eventTicks) => this with
    {
        First = Math.Min(First, eventTicks),
        Last = Math.Max(Last, eventTicks),
        WholeDays = WholeDays && eventTicks % Day == 0,
    };

    /// <summary>Joins the evidence of two parts of one source: an end that either part declares is the farther of both, otherwise it is inferred from all facts.</summary>
    public SpanEvidence Join(SpanEvidence other) => new()
    {
        First = Math.Min(First, other.First),
        Last = Math.Max(Last, other.Last),
        WholeDays = WholeDays && other.WholeDays,
        DeclaredFrom = DeclaredFrom is null && other.DeclaredFrom is null ? null : Earlier(From(), other.From()),
        DeclaredUntil = DeclaredUntil is null && other.DeclaredUntil is null ? null : Later(Until(), other.Until()),
    };

    /// <summary>Concludes the span: what was declared, else from the first event to just after the last one (to the end of its day when the data are days).</summary>
    /// <param name="source">The source's name, for the message.</param>
    /// <exception cref="DataFormatException">An end was declared, and all facts lie beyond it.</exception>
    public TimeWindow Observed(string source) => From() is { } from && Until() is { } until && from < until
        ? new TimeWindow(from, until)
        : throw new DataFormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"The observed span must hold the facts of its source. Got {From():O} until {Until():O} for source '{source}'. Correct ObservedFrom or ObservedUntil, or declare both."));

    /// <summary>Says where the span comes from.</summary>
    public string Describe()
    {
        string until = DeclaredUntil is not null ? "until declared" : WholeDays ? "until the end of the last event's day (all times are whole days)" : "until just after the last event";
        return $"{(DeclaredFrom is not null ? "from declared" : "from the first event")}, {until}";
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;

    private DateTimeOffset? From() => DeclaredFrom ?? (HasFacts ? new DateTimeOffset(First, TimeSpan.Zero) : null);

    private DateTimeOffset? Until()
    {
        long step = WholeDays ? Day : 1;
        return DeclaredUntil
            ?? (HasFacts ? new DateTimeOffset(Last > DateTimeOffset.MaxValue.Ticks - step ? DateTimeOffset.MaxValue.Ticks : Last + step, TimeSpan.Zero) : null);
    }
}
