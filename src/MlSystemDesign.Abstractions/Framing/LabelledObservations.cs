namespace MlSystemDesign;

/// <summary>Observations with the status of their labels.</summary>
public sealed class LabelledObservations
{
    private readonly LabelStatus[] _status;

    /// <summary>Creates labelled observations.</summary>
    /// <param name="observations">n rows, each with a cutoff.</param>
    /// <param name="status">n label statuses.</param>
    /// <param name="leadTime">The gap between a cutoff and its label window.</param>
    /// <param name="horizon">The length of a label window.</param>
    /// <param name="settleDelay">How long after the end of its window a label can become known; zero or positive.</param>
    public LabelledObservations(ObservationSet observations, ReadOnlySpan<LabelStatus> status, TimeSpan leadTime, TimeSpan horizon, TimeSpan settleDelay = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settleDelay, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(observations);
        if (observations.Count != status.Length)
        {
            throw new ArgumentException($"Each observation must have one label status. Got {observations.Count} observations and {status.Length} statuses. Pass as many.", nameof(status));
        }

        Observations = observations;
        _status = status.ToArray();
        LeadTime = leadTime;
        Horizon = horizon;
        SettleDelay = settleDelay;
    }

    /// <summary>Gets the rows.</summary>
    public ObservationSet Observations { get; }

    /// <summary>Gets the label status of each row.</summary>
    public ReadOnlySpan<LabelStatus> Status => _status;

    /// <summary>Gets the gap between a cutoff and its label window.</summary>
    public TimeSpan LeadTime { get; }

    /// <summary>Gets the length of a label window.</summary>
    public TimeSpan Horizon { get; }

    /// <summary>Gets how long after the end of its window a label can become known: outcomes that are reported late. A training label must have settled before the first test cutoff.</summary>
    public TimeSpan SettleDelay { get; }

    /// <summary>Counts the rows of a status.</summary>
    /// <param name="status">The status.</param>
    public int CountOf(LabelStatus status) => _status.Count(s => s == status);

    /// <summary>Gets the label window of a row.</summary>
    /// <param name="row">From 0.</param>
    public TimeWindow LabelWindow(int row) => TimeWindow.ForLabel(new DateTimeOffset(Observations.CutoffTicks[row], TimeSpan.Zero), LeadTime, Horizon);
}
