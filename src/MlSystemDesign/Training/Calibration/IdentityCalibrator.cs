namespace MlSystemDesign.Training;

/// <summary>Returns the score itself: for models of a value, and for predictors that already give probabilities.</summary>
public sealed class IdentityCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.identity";

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    public double Calibrate(double score) => score;
}
