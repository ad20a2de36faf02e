using MlSystemDesign.Statistics;

namespace MlSystemDesign.Evaluation;

/// <summary>Judges predictions by their ranking, their calibration and their proper scores, and by the money that decisions made from them
/// would have brought.</summary>
/// <remarks>
/// <para>Metrics, in this order: share of positives, AUC-ROC, average precision, precision, recall, F1, log loss, Brier score, observed
/// over expected, calibration slope; and, with a
/// case and a policy, value of decisions, value of random contacts, gain over random contacts; and, where the holdout carries what
/// decisions cost, savings by the least expected cost of each row (<see cref="MinimumExpectedCost"/>), without an interval. Row weights enter AUC, average precision,
/// log loss and Brier (a weighted AUC or average
/// precision has no interval); nothing else uses them.</para>
/// <para>The money is judged by outcomes that happened: the policy decides on the holdout, each cutoff being one run with its own budget
/// and capacity (a table without time is one
/// run), and a contact of an entity with outcome y brings y × effect × value − cost. This needs an untreated holdout: whoever was contacted
/// then shows too few outcomes. The effect is the
/// case's, not measured here. Intervals combine entities being resampled, with the contacts taken as given, and the effects' standard
/// errors, common to all contacts of an intervention; by the delta method.
/// Doing nothing brings 0, so the value itself is the gain over it. Contacting at random means as many contacts by each intervention, each
/// drawn from those eligible whose value is known: its
/// expectation, not one draw.</para>
/// <para>Equal input gives equal bits in any order of the rows. Nothing is sampled, so the seed of the context is not used. O(n log n) and
/// one decision per cutoff.</para>
/// </remarks>
public sealed class DecisionEvaluator : IEvaluator
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of predictions is not that of the holdout's rows.</exception>
    public async ValueTask<EvaluationReport> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        if (context.Predictions.Length != context.Holdout.Count)
        {
            throw new ArgumentException(
                $"Each row of the holdout must have one prediction. Got {context.Holdout.Count} rows and {context.Predictions.Length} predictions. Predict the holdout's features.", nameof(context));
        }

        _ = Intervals.TwoSidedQuantile(context.Confidence); // names a bad confidence before any work
        PredictionQuality quality = PredictionQuality.Of(context);
        MoneyQuality money = await MoneyQuality.OfAsync(context, cancellationToken).ConfigureAwait(false);
        return new EvaluationReport
        {
            Metrics = [.. quality.Metrics, .. money.Metrics, .. Savings(context)],
            Checks = [.. quality.Checks, .. money.Checks],
            Roc = quality.Roc,
            Reliability = quality.Reliability,
            DecisionValue = money.DecisionValue,
            PickedCalibration = money.PickedCalibration,
            ValueCurve = money.ValueCurve,
        };
    }

    private static Metric[] Savings(EvaluationContext context)
    {
        if (context.Holdout.Costs is null)
        {
            return [];
        }

        return PredictionQuality.FaultOf(context) is { } fault
            ? [Metric.Undefined("savings", fault, context.Holdout.Count)]
            : [MinimumExpectedCost.Evaluate(MinimumExpectedCost.Decide(context.Predictions.Span, context.Holdout), context.Holdout).Savings];
    }
}
