using System.Globalization;

namespace MlSystemDesign.Decisions;

/// <summary>Checks that case, candidates and lead time fit, and names every fault at once.</summary>
internal static class DecisionPlanCheck
{
    // Amounts are exact in 64 bits of micro-units up to here.
    private const double LargestAmount = 1e12;

    internal static void ThrowIfFaulty(DecisionContext context, BudgetedPolicyOptions options, int[] byKey)
    {
        List<string> faults = [];
        ObservationSet observations = context.Candidates.Observations;
        if (!observations.HasCutoffs)
        {
            faults.Add("Every candidate must have a cutoff, the instant that its prediction was made for. Got a table without time. Build it over ObservationSet.At(entities, cutoff).");
        }

        AddRepeated(observations, byKey, faults);
        AddColumns(context, faults);
        foreach (Intervention late in context.Case.Interventions.Where(i => i.LeadTime > context.LeadTime))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"An intervention must reach its entity within the frame's lead time ({context.LeadTime}). Got {late.LeadTime} for '{late.Name}': it would come too late. Lengthen the frame's lead time, or drop the intervention."));
        }

        Currency currency = context.Case.Kpi.Currency;
        if (options.MinimumExpectedValue is { } minimum && minimum.Currency != currency)
        {
            faults.Add($"The minimum expected value must be in the currency of the KPI. Got {minimum.Currency} and {currency}. State both in one currency.");
        }

        if (faults.Count > 0)
        {
            throw new PlanException($"Decisions of case '{context.Case.Name}'", faults);
        }
    }

    private static void AddRepeated(ObservationSet observations, int[] byKey, List<string> faults)
    {
        List<EntityKey> repeated = [];
        for (int i = 1; i < byKey.Length; i++)
        {
            EntityKey key = observations.Entities[byKey[i]];
            if (key == observations.Entities[byKey[i - 1]] && (repeated.Count == 0 || repeated[^1] != key))
            {
                repeated.Add(key);
            }
        }

        if (repeated.Count > 0)
        {
            faults.Add(
                $"An entity must be a candidate once per run. Got {repeated.Count} of them more than once, such as '{repeated[0]}'. Decide one cutoff at a time, or keep each entity's latest row.");
        }
    }

    private static void AddColumns(DecisionContext context, List<string> faults)
    {
        FeatureSchema schema = context.Candidates.Schema;
        OutcomeValue value = context.Case.Kpi.Value;
        if (value.Column is { } column)
        {
            AddColumn(schema, column, ColumnKind.Number, $"KPI '{context.Case.Kpi.Name}'", faults);
        }

        foreach (Intervention intervention in context.Case.Interventions)
        {
            foreach (EligibilityRule rule in intervention.Eligibility)
            {
                ColumnKind kind = rule.Operator is RuleOperator.AtLeast or RuleOperator.AtMost ? ColumnKind.Number : ColumnKind.Category;
                AddColumn(schema, rule.Column, kind, $"rule '{rule}' of '{intervention.Name}'", faults);
            }

            AddLarge((double)intervention.Cost.Amount, $"the cost of '{intervention.Name}'", faults);
        }

        if (faults.Count == 0)
        {
            double largest = 0;
            foreach (double amount in value.Amounts(context.Candidates).Amounts.Span)
            {
                largest = amount > largest ? amount : largest;
            }

            AddLarge(largest, "a value at stake", faults);
        }
    }

    private static void AddColumn(FeatureSchema schema, string column, ColumnKind kind, string user, List<string> faults)
    {
        int index = schema.IndexOf(column);
        if (index < 0)
        {
            faults.Add($"Candidates must have the column '{column}', which {user} reads. Got {string.Join(", ", schema.Select(c => c.Name))}. Add it to the features.");
        }
        else if (schema[index].Kind != kind)
        {
            faults.Add($"Column '{column}' must be a {kind}, for {user}. Got a {schema[index].Kind}. Use another column or another rule.");
        }
    }

    private static void AddLarge(double amount, string what, List<string> faults)
    {
        if (amount > LargestAmount)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"Amounts must be at most 1e12, so that sums are exact. Got {amount} as {what}. Check the unit of the column."));
        }
    }
}
