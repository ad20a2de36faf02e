namespace MlSystemDesign.Testing;

/// <summary>An implementation breaks a promise of its interface. The message lists every finding; a test framework shows it as it is.</summary>
public sealed class ConformanceException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="report">A report with at least one finding.</param>
    /// <param name="innerException">What the implementation threw, if it did.</param>
    public ConformanceException(ConformanceReport report, Exception? innerException = null)
        : base(Describe(report), innerException) => Report = report;

    /// <summary>Gets the report.</summary>
    public ConformanceReport Report { get; }

    private static string Describe(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return string.Join(
            Environment.NewLine,
            [
                $"{report.Subject} must keep what its interface promises. Got {report.Findings.Count} broken promise(s) with seed {report.Seed}:",
                .. report.Findings.Select(f => $"- {f.Check}: {f.Evidence} {f.Remedy}"),
            ]);
    }
}
