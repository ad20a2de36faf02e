using System.Globalization;

namespace MlSystemDesign;

/// <summary>Which decision changes, under which constraints, and what success is in money. Step 1; every later step takes it.</summary>
/// <remarks>Immutable. <see cref="Validate"/> names every fault; a case in which a prediction triggers no action is refused.</remarks>
public sealed record BusinessCase
{
    /// <summary>Gets the name of the case, such as "churn".</summary>
    public required string Name { get; init; }

    /// <summary>Gets the decision that the system makes, as a sentence: "which customers we contact this week to keep them".</summary>
    public required string Decision { get; init; }

    /// <summary>Gets what success is, in money.</summary>
    public required Kpi Kpi { get; init; }

    /// <summary>Gets what the host can do; "no action" always exists besides and wins ties.</summary>
    public required IReadOnlyList<Intervention> Interventions { get; init; }

    /// <summary>Gets the money that one decision run may spend; <see langword="null"/> means no limit.</summary>
    public Money? Budget { get; init; }

    /// <summary>Gets how many entities can be contacted in one decision run over all interventions; <see langword="null"/> means no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>Checks the case.</summary>
    /// <returns>This case, when it is sound.</returns>
    /// <exception cref="PlanException">The case is faulty; every fault is named.</exception>
    public BusinessCase Validate()
    {
        List<string> faults = [];
        Require(!string.IsNullOrWhiteSpace(Name), "A business case must have a name. Got none. Set Name to what the team calls it.", faults);
        Require(!string.IsNullOrWhiteSpace(Decision), "A business case must say which decision changes. Got none. Set Decision to a sentence.", faults);
        Require(
            Interventions.Count > 0,
            "A prediction must trigger an action. Got no intervention. Add at least one Intervention, or do not build a model: a prediction that changes nothing is worth nothing.",
            faults);
        Require(Budget is not { Amount: < 0 }, $"The budget must not be negative. Got {Budget}. Set Budget to what one run may spend.", faults);
        Require(Capacity is not < 0, $"The capacity must not be negative. Got {Invariant(Capacity)}. Set Capacity to how many entities one run can reach.", faults);
        Require(
            Budget is not { } budget || budget.Currency == Kpi.Currency,
            $"The budget must be in the currency of the KPI. Got {Budget?.Currency} and {Kpi.Currency}. State both in one currency.",
            faults);
        foreach (Intervention intervention in Interventions)
        {
            ValidateIntervention(intervention, faults);
        }

        foreach (IGrouping<string, Intervention> same in Interventions.GroupBy(i => i.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add($"Interventions must have different names. Got '{same.Key}' {Invariant(same.Count())} times. Rename them.");
        }

        if (faults.Count == 0 && !Interventions.Any(CanHappen))
        {
            faults.Add(
                "A prediction must trigger an action. Got interventions of which none can ever happen: no capacity, no budget for one contact, or no positive effect. " +
                "Raise the capacity or the budget, or drop the case.");
        }

        return faults.Count == 0 ? this : throw new PlanException($"Business case '{Name}'", faults);
    }

    private static void Require(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }

    private void ValidateIntervention(Intervention intervention, List<string> faults)
    {
        string name = intervention.Name;
        Require(!string.IsNullOrWhiteSpace(name), "An intervention must have a name. Got none. Set Name.", faults);
        Require(intervention.Cost.Amount >= 0, $"The cost of '{name}' must not be negative. Got {intervention.Cost}. Set Cost to what one contact costs.", faults);
        Require(
            intervention.Cost.Currency == Kpi.Currency,
            $"The cost of '{name}' must be in the currency of the KPI. Got {intervention.Cost.Currency} and {Kpi.Currency}. State both in one currency.",
            faults);
        Require(intervention.LeadTime >= TimeSpan.Zero, $"The lead time of '{name}' must not be negative. Got {intervention.LeadTime}. Set LeadTime.", faults);
        Require(intervention.Capacity is not < 0, $"The capacity of '{name}' must not be negative. Got {Invariant(intervention.Capacity)}. Set Capacity.", faults);
    }

    private static string? Invariant(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private bool CanHappen(Intervention intervention) =>
        intervention.Capacity is not 0 && Capacity is not 0 && intervention.Effect.RelativeReduction > 0 && (Budget is not { } budget || intervention.Cost.Fits(budget));
}
