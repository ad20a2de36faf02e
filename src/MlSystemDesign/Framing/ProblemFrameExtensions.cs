namespace MlSystemDesign.Framing;

/// <summary>What every frame can do.</summary>
public static class ProblemFrameExtensions
{
    /// <summary>Frames a whole history: the cohort of every cutoff, labelled. This looks past the cutoffs.</summary>
    /// <param name="frame">Any frame, a host's own included.</param>
    /// <param name="history">Anything recorded.</param>
    /// <returns>One row per entity and cutoff, oldest cutoff first, entities in the order of their keys.</returns>
    public static LabelledObservations LabelHistory(this IProblemFrame frame, IHistory history)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Label(history, ObservationSet.Concat([.. frame.Cutoffs(history).Select(cutoff => frame.Cohort(history, cutoff))]));
    }
}
