namespace MlSystemDesign;

/// <summary>Who gets which action, not before, not after, why, and what it is expected to bring.</summary>
public sealed record Decision
{
    /// <summary>Gets who.</summary>
    public required EntityKey Entity { get; init; }

    /// <summary>Gets the name of the intervention.</summary>
    public required string Intervention { get; init; }

    /// <summary>Gets the instant before which the action cannot reach the entity: decision time plus the intervention's lead time.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Gets the instant from which the action is too late: the start of the label window.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Gets the cutoff that the prediction was made for.</summary>
    public required DateTimeOffset Cutoff { get; init; }

    /// <summary>Gets the probability of the outcome without action.</summary>
    public required double Probability { get; init; }

    /// <summary>Gets what the outcome is worth for this entity.</summary>
    public required Money ValueAtStake { get; init; }

    /// <summary>Gets what the action costs.</summary>
    public required Money Cost { get; init; }

    /// <summary>Gets the expected value, net of cost, with an interval that includes the effect's uncertainty.</summary>
    public required MoneyEstimate ExpectedValue { get; init; }

    /// <summary>Gets where the policy's cut lies for this action and entity; <see langword="null"/> when the policy does not say.</summary>
    public DecisionCut? Cut { get; init; }

    /// <summary>Gets the reasons, most important first, in words.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}

/// <summary>From where on an action is chosen for an entity, all else equal.</summary>
/// <param name="ExpectedValue">What the action must bring, net of cost: what the budget and the capacity that it takes would bring elsewhere, or what another action would bring here
/// after paying for its own, or the least that the policy asks for.</param>
/// <param name="Probability">The probability of the outcome at which it brings just that, in [0, 1].</param>
/// <remarks>At this probability or above the action is chosen. Exact with capacities and minima, and with a budget for a single action; with a budget and several actions it is drawn at the budget's
/// price, and the true cut can lie lower, by up to what about one contact brings, where the money that is freed would buy nothing.</remarks>
public sealed record DecisionCut(Money ExpectedValue, double Probability);
