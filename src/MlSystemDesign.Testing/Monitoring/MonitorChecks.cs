using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Training;

namespace MlSystemDesign.Testing.Monitoring;

/// <summary>What every monitor promises.</summary>
internal sealed class MonitorChecks(ConformanceRun run, IDriftMonitor monitor, int seed, CancellationToken cancellationToken)
{
    private readonly FeatureTable _reference = SampleRows.Table(600, seed);
    private readonly FeatureTable _current = SampleRows.Table(300, seed + 1);
    private readonly FeatureTable _moved = SampleRows.Table(300, seed + 1, isShifted: true);

    internal async Task RunAsync()
    {
        await CommonChecks.RunAsync(
            run,
            async token => Fingerprint.OfReport(await CompareAsync(_current, token).ConfigureAwait(false)),
            () => $"{Fingerprint.Of(_reference)} {Fingerprint.Of(_current)}").ConfigureAwait(false);
        await run.CheckAsync("rows are counted", "Report how many rows were compared.", async () =>
        {
            IDriftReference reference = monitor.Summarize(_reference, Scores(_reference));
            DriftReport report = await CompareAsync(_current, cancellationToken).ConfigureAwait(false);
            return CheckResult.Of(
                (reference.Count, report.ReferenceCount, report.CurrentCount) == (600, 600, 300), "600 and 300 rows",
                $"600 and 300 rows are counted as {reference.Count}, {report.ReferenceCount} and {report.CurrentCount}.");
        }).ConfigureAwait(false);
        await run.CheckAsync("the verdict is the worst of the columns", "Not computable counts above stable and below material; list the worst column first.", async () =>
        {
            DriftReport report = await CompareAsync(_moved, cancellationToken).ConfigureAwait(false);
            int[] ranks = [.. report.Columns.Select(c => RankOf(c.Verdict))];
            return ranks.Length == 0 ? CheckResult.Broken("The report has no column.")
                : CheckResult.Of(
                    ranks.Max() == RankOf(report.Verdict) && ranks.SequenceEqual(ranks.OrderDescending()),
                    $"{ranks.Length} columns", $"The verdict is {report.Verdict}; the columns are {string.Join(", ", report.Columns.Select(c => c.Verdict))}.");
        }).ConfigureAwait(false);
        await run.CheckAsync("equal rows are stable", "Compare like with like.", async () =>
        {
            DriftVerdict verdict = (await CompareAsync(_reference, cancellationToken).ConfigureAwait(false)).Verdict;
            return CheckResult.Of(verdict == DriftVerdict.Stable, "the reference itself", $"The reference rows themselves are {verdict}.");
        }).ConfigureAwait(false);
        await run.CheckAsync("a world that moved is not stable", "Compare every column with its reference.", async () =>
        {
            DriftVerdict verdict = (await CompareAsync(_moved, cancellationToken).ConfigureAwait(false)).Verdict;
            return CheckResult.Of(verdict != DriftVerdict.Stable, "every column beyond its reference", "Every column lies beyond its reference, and the verdict is stable.");
        }).ConfigureAwait(false);
        await run.CheckAsync("an empty feed is never stable", "Call it not computable.", () => NeverHealthyAsync(_current.SelectRows([]), "no row")).ConfigureAwait(false);
        await run.CheckAsync("a dead feed is never stable", "Call a column without values not computable, or material.", () => NeverHealthyAsync(
            new FeatureTableBuilder(_current.Observations).Number("recency", Missing, "d").Number("amount", Missing, "EUR").Category("channel", new string?[300]).Build(), "no value")).ConfigureAwait(false);
    }

    private static double[] Missing { get; } = [.. Enumerable.Repeat(double.NaN, 300)];

    private static double[] Scores(FeatureTable table) => [.. table.Numbers("recency").ToArray().Select(r => double.IsNaN(r) ? 0.5 : r / 200)];

    private static int RankOf(DriftVerdict verdict) => verdict switch { DriftVerdict.Stable => 0, DriftVerdict.ChangedButImmaterial => 1, DriftVerdict.NotComputable => 2, _ => 3 };

    private async Task<CheckResult> NeverHealthyAsync(FeatureTable current, string what)
    {
        DriftVerdict verdict = (await CompareAsync(current, cancellationToken).ConfigureAwait(false)).Verdict;
        return CheckResult.Of(verdict is DriftVerdict.NotComputable or DriftVerdict.Material, what, $"With {what} the verdict is {verdict}.");
    }

    private ValueTask<DriftReport> CompareAsync(FeatureTable current, CancellationToken token) => monitor.CompareAsync(
        new DriftContext { Reference = monitor.Summarize(_reference, Scores(_reference)), Current = current, Predictions = Scores(current) }, token);
}
