namespace MlSystemDesign.Tests.Decisions;

/// <summary>Small business cases for the tests.</summary>
internal static class DecisionCases
{
    internal static readonly DateTimeOffset Cutoff = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    internal static Intervention Call(decimal cost = 5, double effect = 0.2, double error = 0.05, int? capacity = null, TimeSpan leadTime = default, params IReadOnlyList<EligibilityRule> rules) =>
        Action("call", cost, effect, error, capacity, leadTime, rules);

    internal static Intervention Action(
        string name, decimal cost, double effect, double error = 0.05, int? capacity = null, TimeSpan leadTime = default, params IReadOnlyList<EligibilityRule> rules) => new()
        {
            Name = name,
            Cost = Money.Eur(cost),
            Effect = new EffectEstimate(effect, error, "test"),
            Capacity = capacity,
            LeadTime = leadTime,
            Eligibility = rules,
        };

    internal static BusinessCase Case(decimal? budget = null, int? capacity = null, params IReadOnlyList<Intervention> interventions) => new()
    {
        Name = "churn",
        Decision = "whom we call this week",
        Kpi = new Kpi("margin kept", OutcomeValue.PerRow("margin", 1, Currency.Eur)),
        Interventions = interventions,
        Budget = budget is { } amount ? Money.Eur(amount) : null,
        Capacity = capacity,
    };

    internal static FeatureTable Table(params IReadOnlyList<double> margins) => Table([.. Enumerable.Range(1, margins.Count).Select(i => (EntityKey)$"c{i}")], margins);

    internal static FeatureTable Table(IReadOnlyList<EntityKey> entities, IReadOnlyList<double> margins) =>
        new FeatureTableBuilder(ObservationSet.At(entities, Cutoff)).Number("margin", [.. margins], "EUR").Build();

    internal static DecisionContext Context(BusinessCase @case, FeatureTable candidates, params double[] probabilities) =>
        new() { Case = @case, Candidates = candidates, Probabilities = probabilities, LeadTime = TimeSpan.FromDays(14) };
}
