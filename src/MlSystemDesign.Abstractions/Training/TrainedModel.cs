namespace MlSystemDesign;

/// <summary>A trained model: the columns it takes, its predictor and its calibration. Gives a calibrated probability, or a value.</summary>
/// <remarks>Immutable and safe for concurrent use. Scoring is managed code.</remarks>
public sealed class TrainedModel : IArtifactPart
{
    /// <summary>The kind under which a model is saved.</summary>
    public const string ArtifactKind = "model";

    /// <summary>Creates a model.</summary>
    /// <param name="algorithm">The name of the algorithm, such as "LightGBM".</param>
    /// <param name="targetKind">What it predicts.</param>
    /// <param name="schema">The columns that it takes, with their dictionaries.</param>
    /// <param name="predictor">From features to raw scores.</param>
    /// <param name="calibrator">From raw scores to probabilities or values.</param>
    /// <param name="facts">What is worth knowing of the fit, such as "rounds" = "85"; printed in reports, never used to score.</param>
    public TrainedModel(
        string algorithm, TargetKind targetKind, FeatureSchema schema, IPredictor predictor, ICalibrator calibrator, IReadOnlyDictionary<string, string>? facts = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(algorithm);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(calibrator);
        Algorithm = algorithm;
        TargetKind = targetKind;
        Schema = schema;
        Predictor = predictor;
        Calibrator = calibrator;
        Facts = facts ?? new Dictionary<string, string>();
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the name of the algorithm.</summary>
    public string Algorithm { get; }

    /// <summary>Gets what it predicts.</summary>
    public TargetKind TargetKind { get; }

    /// <summary>Gets the columns that it takes, with their dictionaries.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Gets the part that gives raw scores.</summary>
    public IPredictor Predictor { get; }

    /// <summary>Gets the part that turns raw scores into probabilities or values.</summary>
    public ICalibrator Calibrator { get; }

    /// <summary>Gets what is worth knowing of the fit.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; }

    /// <summary>Predicts rows.</summary>
    /// <param name="table">n rows that have at least the columns of <see cref="Schema"/>; other columns are ignored, unseen categories count as missing.</param>
    /// <returns>n probabilities in [0, 1], or n values.</returns>
    /// <exception cref="ArgumentException">A column is missing or of another kind.</exception>
    public double[] Predict(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] scores = new double[table.RowCount];
        Predictor.Score(table.AlignTo(Schema), scores);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Calibrator.Calibrate(scores[i]);
        }

        return scores;
    }
}
