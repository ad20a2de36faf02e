namespace MlSystemDesign;

/// <summary>The overall result of a leakage inspection.</summary>
public enum LeakageVerdict
{
    /// <summary>No proof could be made: the report says which check did not run, or found nothing to test.</summary>
    NotTested,

    /// <summary>The proof ran, its positive control worked, and nothing leaked.</summary>
    Clean,

    /// <summary>There is at least one proven leak.</summary>
    Leaking,
}

/// <summary>How bad a finding is.</summary>
public enum LeakageSeverity
{
    /// <summary>A reason to look; not a proof.</summary>
    Suspicion,

    /// <summary>Proven: the evidence shows the use of what could not be known.</summary>
    Proven,
}

/// <summary>One finding: what leaks, the evidence, and what to change.</summary>
/// <param name="Check">The check that found it.</param>
/// <param name="Severity">Suspicion or proof.</param>
/// <param name="Column">The feature column, or <see langword="null"/> when it is not about one.</param>
/// <param name="Evidence">What was seen, with numbers and one example.</param>
/// <param name="Remedy">What to change.</param>
public sealed record LeakageFinding(string Check, LeakageSeverity Severity, string? Column, string Evidence, string Remedy);

/// <summary>Everything a guard found, and what it could not look at.</summary>
public sealed record LeakageReport
{
    /// <summary>Gets every finding, proven ones first, then in column order.</summary>
    public required IReadOnlyList<LeakageFinding> Findings { get; init; }

    /// <summary>Gets what became of each check: run, not run (why), undefined (why).</summary>
    public required IReadOnlyList<CheckOutcome> Checks { get; init; }

    /// <summary>Gets the overall result; never clean by default.</summary>
    public required LeakageVerdict Verdict { get; init; }

    /// <summary>Throws when a leak is proven; otherwise returns this report.</summary>
    /// <exception cref="LeakageException">The verdict is <see cref="LeakageVerdict.Leaking"/>.</exception>
    public LeakageReport ThrowIfLeaking() => Verdict == LeakageVerdict.Leaking ? throw new LeakageException(this) : this;
}
