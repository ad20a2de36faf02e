using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>A linear model on transformed features: log-odds = intercept + Σ coefficient × column.</summary>
/// <remarks>Immutable and safe for concurrent use. The sum runs over the columns in their order.</remarks>
public sealed class LinearPredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.linear";

    private readonly double[] _coefficients;

    /// <summary>Creates a predictor.</summary>
    /// <param name="transform">From the features to number columns.</param>
    /// <param name="intercept">The log-odds where every transformed column is 0. Finite.</param>
    /// <param name="coefficients">Log-odds per unit of each transformed column. Finite.</param>
    /// <exception cref="ArgumentException">The coefficients do not fit the columns, or a number is not finite.</exception>
    public LinearPredictor(IFittedTransform transform, double intercept, ReadOnlySpan<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(transform);
        bool finite = double.IsFinite(intercept);
        foreach (double coefficient in coefficients)
        {
            finite &= double.IsFinite(coefficient);
        }

        if (!finite || coefficients.Length != transform.Output.Count || transform.Output.Any(c => c.Kind != ColumnKind.Number))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A linear predictor must have one finite coefficient per transformed number column ({transform.Output.Count}), and a finite intercept. Got {coefficients.Length} coefficients{(finite ? string.Empty : ", not all finite")}. Train the model again."));
        }

        Transform = transform;
        Intercept = intercept;
        _coefficients = coefficients.ToArray();
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the transform, fitted to the rows that the model was fitted to. Its output names the coefficients.</summary>
    public IFittedTransform Transform { get; }

    /// <summary>Gets the log-odds where every transformed column is 0.</summary>
    public double Intercept { get; }

    /// <summary>Gets the log-odds per unit of each column of the transform's output.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(table);
        FeatureTable transformed = Transform.Apply(table);
        if (scores.Length != transformed.RowCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"There must be one place per row ({transformed.RowCount}). Got {scores.Length}. Pass a span of that length."), nameof(scores));
        }

        scores.Fill(Intercept);
        for (int c = 0; c < _coefficients.Length; c++)
        {
            ReadOnlySpan<double> column = transformed.Numbers(c);
            for (int i = 0; i < scores.Length; i++)
            {
                scores[i] += _coefficients[c] * column[i];
            }
        }
    }
}
