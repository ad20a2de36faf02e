namespace MlSystemDesign.Training;

/// <summary>The mean error of predicted values: lower is better. For sets whose targets are values.</summary>
/// <remarks>Weighted: Σ wᵢ eᵢ / Σ wᵢ, with eᵢ = (pᵢ − yᵢ)² or |pᵢ − yᵢ|. Uses the weights of the set. O(n log n).</remarks>
public sealed class ValueErrorObjective : IObjective
{
    private readonly ValueError _error;

    /// <summary>Creates the objective.</summary>
    /// <param name="error">How a miss counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the known ones.</exception>
    public ValueErrorObjective(ValueError error = ValueError.Squared)
    {
        OptionRange.Known(error, nameof(error), nameof(ValueErrorObjective));
        _error = error;
    }

    /// <inheritdoc/>
    public string Name => _error == ValueError.Squared ? "squared error" : "absolute error";

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    /// <returns>In the unit of the targets, or its square, with a normal interval at 95 %; undefined, with the reason, when the set is empty, its targets are yes/no, or a prediction or the mean is not finite. No interval when n = 1 or all
    /// rows have the same error.</returns>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        double[] errors = new double[predictions.Length];
        if (Fill(predictions, set, errors) is { } fault)
        {
            return Metric.Undefined(Name, fault, set.Count, Direction);
        }

        (double mean, Interval? interval) = RowContributions.Mean(errors, set.Weights);
        if (!double.IsFinite(mean))
        {
            return Metric.Undefined(Name, "the errors are too large to be added up", set.Count, Direction);
        }

        return Metric.Of(Name, mean, set.Count, Direction, interval);
    }

    /// <inheritdoc/>
    /// <returns><see langword="false"/> only when the set is empty, its targets are yes/no, or a prediction is not finite.</returns>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => Fill(predictions, set, contributions) is null;

    // Returns why it cannot be done, in words, or null.
    private string? Fill(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> errors)
    {
        RowContributions.RequireLengths(predictions, set, errors);
        if (set.TargetKind != TargetKind.Value || set.Count == 0)
        {
            return set.Count == 0 ? "there are no rows" : "the targets are yes/no outcomes, not values";
        }

        for (int i = 0; i < errors.Length; i++)
        {
            double miss = Math.Abs(predictions[i] - set.Targets[i]);
            if (!double.IsFinite(predictions[i]))
            {
                return FormattableString.Invariant($"the prediction of row {i + 1} is {predictions[i]}");
            }

            errors[i] = _error == ValueError.Squared ? miss * miss : miss;
        }

        return null;
    }
}
