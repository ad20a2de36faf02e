namespace MlSystemDesign;

/// <summary>What exactly is predicted, for whom, when and how far ahead. Step 2.</summary>
/// <remarks>Immutable and safe for concurrent use. The cohort reads only what was known before the cutoff; only <see cref="Label"/> looks ahead, and what
/// it returns is never a feature.</remarks>
public interface IProblemFrame : IArtifactPart
{
    /// <summary>Gets the name, such as "churn 90 d".</summary>
    string Name { get; }

    /// <summary>Gets the gap between the cutoff and the label window: the time to act. Zero or positive.</summary>
    TimeSpan LeadTime { get; }

    /// <summary>Gets the length of the label window. Positive.</summary>
    TimeSpan Horizon { get; }

    /// <summary>Lists the cutoffs at which history is framed, oldest first.</summary>
    /// <param name="history">Anything recorded.</param>
    IReadOnlyList<DateTimeOffset> Cutoffs(IHistory history);

    /// <summary>Lists who is a row at a cutoff: known before it, in scope and at risk, in the order of the keys.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="cutoff">The cutoff.</param>
    ObservationSet Cohort(IHistory history, DateTimeOffset cutoff);

    /// <summary>Reads the outcomes of observations. This looks past their cutoffs.</summary>
    /// <param name="history">Anything recorded.</param>
    /// <param name="observations">Rows with cutoffs.</param>
    LabelledObservations Label(IHistory history, ObservationSet observations);
}
