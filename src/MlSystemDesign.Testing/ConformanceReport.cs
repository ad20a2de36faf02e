namespace MlSystemDesign.Testing;

/// <summary>Which promises of an interface were tried on an implementation, and what came of it.</summary>
public sealed record ConformanceReport
{
    /// <summary>Gets what was checked, such as "IModelTrainer 'logistic regression'".</summary>
    public required string Subject { get; init; }

    /// <summary>Gets what became of each check: run, not run (why), undefined (why). Neither of the last two is a proof.</summary>
    public required IReadOnlyList<CheckOutcome> Checks { get; init; }

    /// <summary>Gets the broken promises, in the order of the checks; empty when the implementation conforms.</summary>
    public required IReadOnlyList<ConformanceFinding> Findings { get; init; }

    /// <summary>Gets the seed of everything random in the checks. The same seed gives the same checks.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets how many values were compared with the reference; 0 where nothing is compared value by value.</summary>
    public long Comparisons { get; init; }

    /// <summary>Gets a value indicating whether every check ran, and none found anything.</summary>
    public bool IsProven => Findings.Count == 0 && Checks.All(c => c.Status == CheckStatus.Run);
}
