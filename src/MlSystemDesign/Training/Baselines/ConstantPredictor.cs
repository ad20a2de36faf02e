using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Gives the same number for every row.</summary>
public sealed class ConstantPredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.constant";

    /// <summary>Creates a predictor.</summary>
    /// <param name="value">The number. Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public ConstantPredictor(double value) => Value = double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), string.Create(CultureInfo.InvariantCulture, $"A constant prediction must be finite. Got {value}. Train the model again."));

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the number.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores) => scores.Fill(Value);
}
