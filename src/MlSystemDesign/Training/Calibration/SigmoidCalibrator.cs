namespace MlSystemDesign.Training;

/// <summary>Takes log-odds as they are: probability = 1 / (1 + exp(−score)).</summary>
public sealed class SigmoidCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.sigmoid";

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public double Calibrate(double score) => Logistic.Probability(score);
}
