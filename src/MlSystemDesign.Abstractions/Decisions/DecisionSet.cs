namespace MlSystemDesign;

/// <summary>What one more unit of a constraint would bring.</summary>
/// <param name="Constraint">The constraint in words: "budget", "capacity of call".</param>
/// <param name="Limit">The limit, in the unit of the constraint.</param>
/// <param name="Used">How much of it the decisions use.</param>
/// <param name="Price">Expected value of one more unit, in money; zero when it does not bind.</param>
public sealed record ConstraintPrice(string Constraint, decimal Limit, decimal Used, Money Price);

/// <summary>Why candidates got no action.</summary>
/// <param name="Reason">The reason in words.</param>
/// <param name="Count">How many candidates.</param>
public sealed record NoActionReason(string Reason, int Count);

/// <summary>The result of one decision run.</summary>
public sealed record DecisionSet
{
    /// <summary>Gets the decisions, highest expected value first; ties by entity key.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    /// <summary>Gets how many candidates were looked at.</summary>
    public required int Candidates { get; init; }

    /// <summary>Gets why the others got no action.</summary>
    public required IReadOnlyList<NoActionReason> NoAction { get; init; }

    /// <summary>Gets what all decisions cost.</summary>
    public required Money Cost { get; init; }

    /// <summary>Gets what all decisions are expected to bring, net of cost, with an interval that includes the effects' and the probabilities' uncertainty.</summary>
    public required MoneyEstimate ExpectedValue { get; init; }

    /// <summary>Gets what one more unit of each constraint would bring.</summary>
    public required IReadOnlyList<ConstraintPrice> Prices { get; init; }

    /// <summary>Gets how far the expected value can be from the best possible, at most, by linear-programming duality. Not negative.</summary>
    public required Money OptimalityGap { get; init; }
}
