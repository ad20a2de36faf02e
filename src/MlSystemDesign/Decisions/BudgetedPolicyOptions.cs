namespace MlSystemDesign.Decisions;

/// <summary>How a <see cref="BudgetedPolicy"/> decides, besides what the business case says.</summary>
public sealed record BudgetedPolicyOptions
{
    /// <summary>Gets the least expected value, net of cost, for which an entity is contacted at all; in the currency of the KPI, not
    /// negative.</summary>
    /// <value><see langword="null"/>, the default, asks for more than zero.</value>
    public Money? MinimumExpectedValue { get; init; }
}
