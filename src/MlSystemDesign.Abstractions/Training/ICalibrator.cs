namespace MlSystemDesign;

/// <summary>Turns a raw score into a probability: among cases given p, about a share p occur.</summary>
/// <remarks>Immutable, safe for concurrent use, never decreasing (but for the last digit of rounding).</remarks>
public interface ICalibrator : IArtifactPart
{
    /// <summary>Calibrates one score.</summary>
    /// <param name="score">A raw score; NaN gives NaN.</param>
    /// <returns>A probability in [0, 1], or the value itself for a value model.</returns>
    double Calibrate(double score);
}
