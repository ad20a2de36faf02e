namespace MlSystemDesign.Features;

/// <summary>How much of their windows the features of a plan can see.</summary>
public sealed record WindowCoverageReport
{
    /// <summary>Gets each source and window that was looked at, in the order of the plan.</summary>
    public required IReadOnlyList<ObservedWindow> Windows { get; init; }

    /// <summary>Gets what became of each check: run, not run (why), undefined (why).</summary>
    public required IReadOnlyList<CheckOutcome> Checks { get; init; }

    /// <summary>Gets the faults of the windows that reach outside what was observed, in three parts each; empty when none does.</summary>
    public IReadOnlyList<string> Faults => [.. Windows.Select(w => w.Fault).OfType<string>()];

    /// <summary>Throws when a window reaches outside what was observed; otherwise returns this report.</summary>
    /// <exception cref="PlanException">There are <see cref="Faults"/>; it names them all.</exception>
    public WindowCoverageReport ThrowIfIncomplete() => Faults is { Count: > 0 } faults ? throw new PlanException("Window coverage", faults) : this;
}
