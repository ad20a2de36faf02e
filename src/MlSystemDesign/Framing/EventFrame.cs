namespace MlSystemDesign.Framing;

/// <summary>Whether the outcome is that an event happens, or that none does.</summary>
public enum OutcomeKind
{
    /// <summary>Positive when no event falls into the label window: silence is the outcome.</summary>
    Absence,

    /// <summary>Positive when an event falls into the label window.</summary>
    Presence,
}

/// <summary>A frame whose label is the absence, or the presence, of an event in [cutoff + lead time, cutoff + lead time + horizon).</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. The cohort holds the entities known before the cutoff that pass every rule, judged by what was visible at the cutoff; an entity
/// first seen at or after it changes no row.</para>
/// <para>A label whose window does not lie inside the source's observed span is immature, also when the event was seen already: otherwise recent cutoffs would hold the
/// quick outcomes only, and positives (or negatives) would be over-represented.</para>
/// </remarks>
/// <example><code>
/// EventFrame churn = EventFrame
///     .Absence("no purchase in 90 d", of: "purchases", horizon: TimeSpan.FromDays(90))
///     .ActiveWithin(TimeSpan.FromDays(90));
/// </code></example>
public sealed record EventFrame : IProblemFrame
{
    /// <summary>The kind under which the frame is saved.</summary>
    public const string ArtifactKind = "frame.event";

    private EventFrame(string name, OutcomeKind outcome, string source, EventFilter? where, TimeSpan horizon, TimeSpan leadTime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Name = name;
        Outcome = outcome;
        Source = source;
        Where = where;
        Horizon = horizon;
        LeadTime = leadTime;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets whether the outcome is the event or its absence.</summary>
    public OutcomeKind Outcome { get; }

    /// <summary>Gets the source of the event.</summary>
    public string Source { get; }

    /// <summary>Gets which events count; <see langword="null"/> for all of the source.</summary>
    public EventFilter? Where { get; }

    /// <inheritdoc/>
    public TimeSpan Horizon
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Horizon), $"The label horizon must be positive. Got {value:c} for frame '{Name}'. Set Horizon to the span in which the outcome counts.");
    }

    /// <inheritdoc/>
    public TimeSpan LeadTime
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(LeadTime), $"The lead time must not be negative. Got {value:c} for frame '{Name}'. Set LeadTime to the time that acting takes, or to zero.");
    }

    /// <summary>Gets where the cutoffs lie; monthly by default.</summary>
    public CutoffGrid Grid { get; init; } = CutoffGrid.Monthly();

    /// <summary>Gets the conditions for being a row: scope and risk, all of which must hold.</summary>
    public IReadOnlyList<FrameRule> Rules { get; init; } = [];

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>The outcome is that no event happens in the label window: silence.</summary>
    /// <param name="name">What the frame is called, such as "no purchase in 90 d".</param>
    /// <param name="of">The source of events.</param>
    /// <param name="horizon">The length of the label window; positive.</param>
    /// <param name="leadTime">The gap between cutoff and label window: the time to act.</param>
    /// <param name="where">The events that count; all by default.</param>
    public static EventFrame Absence(string name, string of, TimeSpan horizon, TimeSpan leadTime = default, EventFilter? where = null) =>
        new(name, OutcomeKind.Absence, of, where, horizon, leadTime);

    /// <summary>The outcome is that an event happens in the label window.</summary>
    /// <param name="name">What the frame is called, such as "cancels".</param>
    /// <param name="of">The source of events.</param>
    /// <param name="horizon">The length of the label window; positive.</param>
    /// <param name="leadTime">The gap between cutoff and label window: the time to act.</param>
    /// <param name="where">The events that count; all by default.</param>
    public static EventFrame Presence(string name, string of, TimeSpan horizon, TimeSpan leadTime = default, EventFilter? where = null) =>
        new(name, OutcomeKind.Presence, of, where, horizon, leadTime);

    /// <summary>Returns the frame with other cutoffs.</summary>
    /// <param name="grid">Where they lie.</param>
    public EventFrame On(CutoffGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return this with { Grid = grid };
    }

    /// <summary>Keeps entities in scope: with an event that passes before the cutoff; for a source of attributes, whose newest visible row passes.</summary>
    /// <param name="source">The source.</param>
    /// <param name="where">The filter; <see langword="null"/> for any fact of the source.</param>
    public EventFrame InScope(string source, EventFilter? where = null) => With(new FrameRule(FrameRuleKind.InScope, source, where, TimeSpan.Zero));

    /// <summary>Keeps entities at risk: with an event in [cutoff − span, cutoff). Who was silent already cannot fall silent.</summary>
    /// <param name="span">A positive length.</param>
    /// <param name="where">The events that count as activity; all by default.</param>
    /// <param name="source">The source of activity; the outcome's by default.</param>
    public EventFrame ActiveWithin(TimeSpan span, EventFilter? where = null, string? source = null) => span > TimeSpan.Zero
        ? With(new FrameRule(FrameRuleKind.ActiveWithin, source ?? Source, where, span))
        : throw new ArgumentOutOfRangeException(nameof(span), $"The span of activity must be positive. Got {span:c} for frame '{Name}'. Pass how recent the last event must be.");

    /// <summary>Keeps entities at risk: without such an event before the cutoff. Who has cancelled cannot cancel.</summary>
    /// <param name="where">The events that end the risk.</param>
    /// <param name="source">Their source; the outcome's by default.</param>
    public EventFrame NotAfter(EventFilter where, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(where);
        return With(new FrameRule(FrameRuleKind.NotAfter, source ?? Source, where, TimeSpan.Zero));
    }

    /// <inheritdoc/>
    /// <exception cref="PlanException">The frame does not fit the history, or no cutoff has a label window inside what was observed.</exception>
    public IReadOnlyList<DateTimeOffset> Cutoffs(IHistory history)
    {
        Require(history);
        TimeWindow observed = history.Schema[Source].Observed;
        IReadOnlyList<DateTimeOffset> cutoffs = Grid.In(observed);
        return EventFrameFaults.NoMatureCutoff(this, cutoffs, observed) is { } fault ? throw new PlanException($"Frame '{Name}'", [fault]) : cutoffs;
    }

    /// <inheritdoc/>
    /// <exception cref="PlanException">The frame does not fit the history.</exception>
    public ObservationSet Cohort(IHistory history, DateTimeOffset cutoff)
    {
        Require(history);
        return ObservationSet.At(new EventLabeller(this, history).Cohort(cutoff), cutoff);
    }

    /// <inheritdoc/>
    /// <remarks>A row that the cohort of its cutoff would not hold is not at risk; that is judged by what was visible at the cutoff. The event itself counts by when
    /// it happened, whenever it became known.</remarks>
    /// <exception cref="PlanException">The frame does not fit the history.</exception>
    public LabelledObservations Label(IHistory history, ObservationSet observations)
    {
        Require(history);
        ArgumentNullException.ThrowIfNull(observations);
        return observations.HasCutoffs
            ? new EventLabeller(this, history).Label(observations)
            : throw new ArgumentException($"Observations must have cutoffs to be labelled. Got rows without time for frame '{Name}'. Use Cohort, or ObservationSet.At.", nameof(observations));
    }

    /// <summary>Checks the frame against a history.</summary>
    /// <param name="history">The sources.</param>
    /// <returns>Every fault, in three parts; empty when there is none.</returns>
    public IReadOnlyList<string> FaultsFor(HistorySchema history) => EventFrameFaults.Of(this, history);

    /// <summary>Returns the frame as a person would say it.</summary>
    public override string ToString() => EventFrameFaults.Describe(this);

    /// <summary>Two frames are equal when they say the same.</summary>
    /// <param name="other">Another frame.</param>
    public bool Equals(EventFrame? other) => other is not null && EventFrameCodec.Write(this).AsSpan().SequenceEqual(EventFrameCodec.Write(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Outcome, Source, Horizon, LeadTime, Rules.Count);

    private EventFrame With(FrameRule rule)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(rule.Source);
        return this with { Rules = [.. Rules, rule] };
    }

    private void Require(IHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        IReadOnlyList<string> faults = FaultsFor(history.Schema);
        if (faults.Count > 0)
        {
            throw new PlanException($"Frame '{Name}'", faults);
        }
    }
}
