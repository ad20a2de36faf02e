namespace MlSystemDesign.Testing.Checks;

/// <summary>Runs checks one after the other and keeps what they found: one failure hides no other.</summary>
internal sealed class ConformanceRun(string subject, int seed, CancellationToken cancellationToken)
{
    private readonly List<CheckOutcome> _checks = [];
    private readonly List<ConformanceFinding> _findings = [];

    /// <summary>Runs a check. What it throws is a finding, too.</summary>
    internal async Task CheckAsync(string name, string remedy, Func<Task<CheckResult>> check)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckResult result;
        try
        {
            result = await check().ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            result = CheckResult.Broken($"It threw {e.GetType().Name}: {e.Message}");
        }

        _checks.Add(new CheckOutcome(name, result.Status, result.Detail));
        if (result.IsBroken)
        {
            _findings.Add(new ConformanceFinding(name, result.Detail, remedy));
        }
    }

    /// <summary>Runs a check that computes at once.</summary>
    internal Task CheckAsync(string name, string remedy, Func<CheckResult> check) => CheckAsync(name, remedy, () => Task.FromResult(check()));

    /// <summary>Notes that a check did not run.</summary>
    internal void NotRun(string name, string reason) => _checks.Add(new CheckOutcome(name, CheckStatus.NotRun, reason));

    /// <summary>Returns the report when nothing was found.</summary>
    /// <exception cref="ConformanceException">Something was.</exception>
    internal ConformanceReport Finish()
    {
        ConformanceReport report = new() { Subject = subject, Checks = _checks, Findings = _findings, Seed = seed };
        return report.Findings.Count == 0 ? report : throw new ConformanceException(report);
    }
}
