namespace MlSystemDesign.Training;

/// <summary>Undoes a logarithm: value = exp(score), for models of values above zero.</summary>
public sealed class ExponentialCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.exponential";

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public double Calibrate(double score) => Math.Exp(score);
}
