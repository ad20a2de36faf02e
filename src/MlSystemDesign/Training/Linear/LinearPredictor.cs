using System.Globalization;
using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>A linear model on transformed features: log-odds = intercept + Σ coefficient × column.</summary>
/// <remarks>Immutable and safe for concurrent use. The sum runs over the columns in their order.</remarks>
public sealed class LinearPredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.linear";

    private readonly double[] _coefficients;
    private readonly double[] _errors;

    /// <summary>Creates a predictor.</summary>
    /// <param name="transform">From the features to number columns.</param>
    /// <param name="intercept">The log-odds where every transformed column is 0. Finite.</param>
    /// <param name="coefficients">Log-odds per unit of each transformed column. Finite.</param>
    /// <param name="standardErrors">The standard error of the intercept and of each coefficient, in that order; empty when they are not known.</param>
    /// <exception cref="ArgumentException">The coefficients or errors do not fit the columns, or a number is not finite, or an error is negative.</exception>
    public LinearPredictor(IFittedTransform transform, double intercept, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> standardErrors = default)
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

        RequireErrors(standardErrors, coefficients.Length);
        Transform = transform;
        Intercept = intercept;
        _coefficients = coefficients.ToArray();
        _errors = standardErrors.ToArray();
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the transform, fitted to the rows that the model was fitted to. Its output names the coefficients.</summary>
    public IFittedTransform Transform { get; }

    /// <summary>Gets the log-odds where every transformed column is 0.</summary>
    public double Intercept { get; }

    /// <summary>Gets the log-odds per unit of each column of the transform's output.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Gets the standard error of the intercept and of each coefficient, in that order, on the log-odds scale; empty when they are not known.</summary>
    /// <remarks>Those of <see cref="LogisticTrainer"/> allow for rows of one entity that go together (Liang and Zeger, 1986). They tell the spread of the penalised
    /// coefficient, not how far the penalty has pulled it to 0, and take transform and penalty as given.</remarks>
    public ReadOnlySpan<double> StandardErrors => _errors;

    /// <summary>Lists intercept and coefficients with odds ratios and their intervals.</summary>
    /// <param name="confidence">The nominal coverage of each interval, in (0, 1).</param>
    /// <returns>The intercept, then one coefficient per column of the transform's output, in that order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not inside (0, 1).</exception>
    public IReadOnlyList<LogisticCoefficient> CoefficientTable(double confidence = 0.95)
    {
        _ = Intervals.TwoSidedQuantile(confidence);
        LogisticCoefficient[] table = new LogisticCoefficient[_coefficients.Length + 1];
        for (int j = 0; j < table.Length; j++)
        {
            FeatureColumn? column = j == 0 ? null : Transform.Output[j - 1];
            double logOdds = j == 0 ? Intercept : _coefficients[j - 1];
            table[j] = new LogisticCoefficient(column?.Name ?? "(intercept)", column?.Group ?? string.Empty, logOdds)
            {
                StandardError = _errors.Length == 0 ? null : _errors[j],
                Confidence = confidence,
            };
        }

        return table;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A value is infinite, or missing where the transform does not impute.</exception>
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
                if (!double.IsFinite(column[i]))
                {
                    throw new ArgumentException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"A linear model must be given finite numbers. Got {column[i]} in '{transformed.Schema[c].Name}', row {i + 1}, after the transform. Repair the value, or train with a transform that imputes it; StandardTransform does."));
                }

                scores[i] += _coefficients[c] * column[i];
            }
        }
    }

    private static void RequireErrors(ReadOnlySpan<double> errors, int coefficients)
    {
        bool valid = errors.IsEmpty || errors.Length == coefficients + 1;
        foreach (double error in errors)
        {
            valid &= error >= 0 && double.IsFinite(error);
        }

        if (!valid)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The standard errors of a linear predictor must be those of its intercept and {coefficients} coefficients, finite and not negative, or none. Got {errors.Length}. Train the model again."));
        }
    }
}
