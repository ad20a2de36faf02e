using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Training;

namespace MlSystemDesign.Testing.Evaluation;

/// <summary>What every evaluator promises.</summary>
internal static class EvaluatorChecks
{
    private const string Undefined = "Report undefined metrics with the reason instead of throwing.";

    /// <summary>Simulated rows with predictions that tell something.</summary>
    internal static EvaluationContext Sample()
    {
        FeatureTable table = SampleRows.Table(200, 5);
        double[] predictions = [.. table.Numbers("recency").ToArray().Select(r => 0.05 + (r / 100))];
        return new EvaluationContext { Holdout = new HoldoutSet(table, SampleRows.Outcomes(table, 6)), Predictions = predictions };
    }

    internal static async Task RunAsync(ConformanceRun run, IEvaluator evaluator, EvaluationContext context, CancellationToken cancellationToken)
    {
        await CommonChecks.RunAsync(
            run,
            async token => Fingerprint.OfReport(await evaluator.EvaluateAsync(context, token).ConfigureAwait(false)),
            () => $"{Fingerprint.Of(context.Holdout)} {Fingerprint.Of(context.Predictions.Span)}").ConfigureAwait(false);
        await run.CheckAsync("every metric is finite or undefined", "Use Metric.Undefined with the reason.", async () =>
        {
            Metric[] metrics = [.. (await evaluator.EvaluateAsync(context, cancellationToken).ConfigureAwait(false)).Metrics];
            return metrics.FirstOrDefault(m => m.Value is { } value && !double.IsFinite(value)) is { } bad
                ? CheckResult.Broken($"{bad.Name} is infinite.")
                : CheckResult.Of(metrics.Length > 0, $"{metrics.Length} metrics", "The report has no metric.");
        }).ConfigureAwait(false);
        await run.CheckAsync("one class is a result", Undefined, () => EvaluatesAsync(context.Holdout.Features, _ => 1, context.Predictions.ToArray())).ConfigureAwait(false);
        await run.CheckAsync("an empty holdout is a result", Undefined, () => EvaluatesAsync(context.Holdout.Features.SelectRows([]), _ => 0, [])).ConfigureAwait(false);
        await run.CheckAsync("zero variance is a result", Undefined, () => EvaluatesAsync(context.Holdout.Features, i => i % 2, [.. context.Predictions.ToArray().Select(_ => 0.5)])).ConfigureAwait(false);

        async Task<CheckResult> EvaluatesAsync(FeatureTable table, Func<int, double> target, double[] predictions)
        {
            HoldoutSet holdout = new(table, [.. Enumerable.Range(0, table.RowCount).Select(target)]);
            EvaluationReport report = await evaluator.EvaluateAsync(context with { Holdout = holdout, Predictions = predictions, Case = null, Policy = null }, cancellationToken).ConfigureAwait(false);
            return CheckResult.Of(
                holdout.Count > 0 || report.Metrics.All(m => !m.IsDefined || m.Direction == MetricDirection.Descriptive),
                $"{holdout.Count} rows, {report.Metrics.Count(m => !m.IsDefined)} of {report.Metrics.Count} metrics undefined",
                "Without a row a metric of quality has a value.");
        }
    }
}
