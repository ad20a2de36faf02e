namespace MlSystemDesign;

/// <summary>A leak is proven; the report has the evidence.</summary>
public sealed class LeakageException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="report">A report with at least one proven finding.</param>
    public LeakageException(LeakageReport report)
        : base(Describe(report)) => Report = report;

    /// <summary>Gets the report.</summary>
    public LeakageReport Report { get; }

    private static string Describe(LeakageReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        LeakageFinding[] proven = [.. report.Findings.Where(f => f.Severity == LeakageSeverity.Proven)];
        return proven.Length == 0
            ? "Features must not use what could not be known at the cutoff. The report says they do. Read its findings."
            : $"Features must not use what could not be known at the cutoff. Got {proven.Length} proven finding(s), the first: {proven[0].Evidence} {proven[0].Remedy}";
    }
}
