using MlSystemDesign.Explanation;

namespace MlSystemDesign.Lifecycle;

/// <summary>A whole trained system in one immutable object: the case, the frame, the features, the model, the policy, the drift reference and how decisions are explained.</summary>
/// <remarks>Safe for concurrent use. Saved to and loaded from one file; a loaded system scores bit for bit as the saved one.</remarks>
public sealed record TrainedSystem : IArtifactPart
{
    /// <summary>The kind under which a system is saved.</summary>
    public const string ArtifactKind = "system";

    /// <summary>Gets the name, such as "churn".</summary>
    public required string Name { get; init; }

    /// <summary>Gets the business case.</summary>
    public required BusinessCase Case { get; init; }

    /// <summary>Gets the frame.</summary>
    public required IProblemFrame Frame { get; init; }

    /// <summary>Gets the feature builder.</summary>
    public required IFeatureBuilder Features { get; init; }

    /// <summary>Gets the model.</summary>
    public required TrainedModel Model { get; init; }

    /// <summary>Gets the decision policy.</summary>
    public required IDecisionPolicy Policy { get; init; }

    /// <summary>Gets what the drift monitor kept of the training rows; <see langword="null"/> when nothing is monitored.</summary>
    public IDriftReference? DriftReference { get; init; }

    /// <summary>Gets how it explains its decisions; <see langword="null"/> when decisions carry the policy's reasons only.</summary>
    public ReasonSettings? Reasons { get; init; }

    /// <summary>Gets when it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Gets the relative standard error of the probabilities of a picked list, as the evaluation measured it. Zero when unknown.</summary>
    public double CalibrationError { get; init; }

    /// <summary>Gets the nominal coverage of the intervals of its decisions, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets what is worth knowing, such as "AUC-ROC" = "0.76 (0.74 to 0.78)"; printed in reports, never used to decide.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    string IArtifactPart.Kind => ArtifactKind;

    /// <summary>Loads a system.</summary>
    /// <param name="path">The file.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <exception cref="ArtifactException">The file is corrupted, truncated or newer, or a kind has no codec.</exception>
    public static TrainedSystem Load(string path, ArtifactCodecs? codecs = null) => ArtifactFile.Load<TrainedSystem>(path, codecs).Part;

    /// <summary>Saves the system to one file, atomically.</summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <returns>The content hash.</returns>
    public string Save(string path, ArtifactCodecs? codecs = null) => ArtifactFile.Save(path, this, codecs);

    /// <summary>Scores entities as of a cutoff.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="observations">n rows with cutoffs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>n rows of features and n probabilities (or values).</returns>
    public async ValueTask<(FeatureTable Features, double[] Predictions)> PredictAsync(
        IHistory history, ObservationSet observations, CancellationToken cancellationToken = default)
    {
        FeatureTable features = await Features.BuildAsync(history, observations, cancellationToken).ConfigureAwait(false);
        return (features, Model.Predict(features));
    }

    /// <summary>Decides for everyone who is in the cohort at a cutoff. With <see cref="Reasons"/>, each decision says what moved its prediction.</summary>
    /// <param name="history">Anything recorded; read as of the cutoff only.</param>
    /// <param name="cutoff">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async ValueTask<DecisionRun> DecideAsync(IHistory history, DateTimeOffset cutoff, CancellationToken cancellationToken = default)
    {
        ObservationSet cohort = Frame.Cohort(history, cutoff);
        (FeatureTable features, double[] predictions) = await PredictAsync(history, cohort, cancellationToken).ConfigureAwait(false);
        DecisionContext context = new()
        {
            Case = Case,
            Candidates = features,
            Probabilities = predictions,
            LeadTime = Frame.LeadTime,
            CalibrationError = CalibrationError,
            Confidence = Confidence,
        };
        DecisionSet decisions = await Policy.DecideAsync(context, cancellationToken).ConfigureAwait(false);
        return new DecisionRun(
            cutoff, context, Reasons is null ? decisions : decisions.WithModelReasons(features, Reasons.ExplainerFor(Model), Reasons.WriterFor(Model), cancellationToken));
    }
}

/// <summary>One decision run with what it rests on.</summary>
/// <param name="Cutoff">The instant of the decision.</param>
/// <param name="Context">Case, candidates and probabilities; another plan for the same candidates can be valued with it.</param>
/// <param name="Decisions">What was decided.</param>
public sealed record DecisionRun(DateTimeOffset Cutoff, DecisionContext Context, DecisionSet Decisions)
{
    /// <summary>Gets n candidates with their features.</summary>
    public FeatureTable Candidates => Context.Candidates;

    /// <summary>Gets n predictions.</summary>
    public ReadOnlyMemory<double> Predictions => Context.Probabilities;
}
