using MlSystemDesign.Testing.Checks;

namespace MlSystemDesign.Testing.Leakage;

/// <summary>What every guard promises.</summary>
internal sealed class GuardChecks(ConformanceRun run, ILeakageGuard guard, int seed, CancellationToken cancellationToken)
{
    internal async Task RunAsync()
    {
        double[] targets = [.. Enumerable.Range(0, 40).Select(i => i % 2.0)];
        TrainingSet training = new(await SampleShop.Honest.BuildAsync(SampleShop.History, SampleShop.Rows, cancellationToken).ConfigureAwait(false), targets);
        await CommonChecks.RunAsync(
            run, async token => Fingerprint.OfReport(await InspectAsync(SampleShop.Leaking, token, training).ConfigureAwait(false)), () => Fingerprint.Of(training)).ConfigureAwait(false);
        await VerdictAsync("a leak is never clean", "Report a proven finding, or say which check did not run.", SampleShop.Leaking, "a count of future orders", v => v != LeakageVerdict.Clean).ConfigureAwait(false);
        await VerdictAsync("an honest builder is not accused", "Prove a leak before calling it proven.", SampleShop.Honest, "a count of past orders", v => v != LeakageVerdict.Leaking).ConfigureAwait(false);
        await VerdictAsync(
            "a builder that reads nothing is not clean", "Poison the past too: something must move before silence is a proof.", SampleShop.Blind, "a constant", v => v == LeakageVerdict.NotTested).ConfigureAwait(false);
        await VerdictAsync("what a builder throws is reported", "Catch it, and report the check as undefined.", SampleShop.Failing, "a builder that throws", v => v == LeakageVerdict.NotTested).ConfigureAwait(false);
        await run.CheckAsync("absent parts are not tested", "Report a check whose parts are absent as not run.", async () =>
        {
            LeakageReport report = await guard.InspectAsync(new LeakageContext { Seed = seed }, cancellationToken).ConfigureAwait(false);
            int ran = report.Checks.Count(c => c.Status == CheckStatus.Run);
            return CheckResult.Of(report.Verdict == LeakageVerdict.NotTested && ran == 0, "an empty context", $"With nothing to look at the verdict is {report.Verdict}, and {ran} checks have run.");
        }).ConfigureAwait(false);
        await run.CheckAsync("the verdict follows the findings", "Leaking exactly when a finding is proven; proven findings first.", async () =>
        {
            LeakageReport report = await InspectAsync(SampleShop.Leaking, cancellationToken).ConfigureAwait(false);
            LeakageSeverity[] severities = [.. report.Findings.Select(f => f.Severity)];
            return CheckResult.Of(
                severities.Contains(LeakageSeverity.Proven) == (report.Verdict == LeakageVerdict.Leaking) && severities.SequenceEqual(severities.OrderDescending()),
                $"{severities.Length} findings", $"The verdict is {report.Verdict}; the findings are {string.Join(", ", severities)}.");
        }).ConfigureAwait(false);
    }

    private Task VerdictAsync(string name, string remedy, IFeatureBuilder builder, string what, Func<LeakageVerdict, bool> isRight) => run.CheckAsync(name, remedy, async () =>
    {
        LeakageReport report = await InspectAsync(builder, cancellationToken).ConfigureAwait(false);
        return CheckResult.Of(isRight(report.Verdict), $"{what} is {report.Verdict}", $"The verdict on {what} is {report.Verdict}: {string.Join(' ', report.Findings.Select(f => f.Evidence))}");
    });

    private ValueTask<LeakageReport> InspectAsync(IFeatureBuilder builder, CancellationToken token, TrainingSet? training = null) => guard.InspectAsync(
        new LeakageContext
        {
            History = SampleShop.History, Features = builder, Training = training, Seed = seed,
            Labels = new LabelledObservations(SampleShop.Rows, new LabelStatus[SampleShop.Rows.Count], TimeSpan.Zero, TimeSpan.FromDays(5)),
        },
        token);
}
