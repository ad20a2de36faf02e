using System.Globalization;

namespace MlSystemDesign.Decisions;

/// <summary>The candidates in the order of their keys, with what each action is expected to bring for each, or why it is out of the
/// question.</summary>
internal sealed class CandidateActions
{
    /// <summary>Micro-units per major unit of a currency: amounts are decided on, summed and reported at this grain.</summary>
    internal const decimal Micro = 1_000_000m;

    private CandidateActions(DecisionContext context, int[] rows)
    {
        Context = context;
        Rows = rows;
        Interventions = context.Case.Interventions;
        Amounts = context.Case.Kpi.Value.Amounts(context.Candidates).Amounts;
        Gains = new long[rows.Length * Interventions.Count];
        Reasons = new string?[rows.Length];
    }

    internal DecisionContext Context { get; }

    /// <summary>Gets the row of each candidate in the table, in the order of the entity keys.</summary>
    internal int[] Rows { get; }

    internal IReadOnlyList<Intervention> Interventions { get; }

    /// <summary>Gets what the outcome is worth, per row of the table.</summary>
    internal ReadOnlyMemory<double> Amounts { get; }

    /// <summary>Gets candidates × interventions expected values in micro-units, or <see cref="AllocationProblem.Forbidden"/>.</summary>
    internal long[] Gains { get; }

    /// <summary>Gets the least that an action must be expected to bring, in micro-units; at least 1.</summary>
    internal long Least { get; private init; }

    /// <summary>Gets the least that the host asks for, in micro-units; 0 when more than nothing is enough.</summary>
    internal long Minimum { get; private init; }

    /// <summary>Gets, per candidate, why no action is possible; <see langword="null"/> when one is.</summary>
    internal string?[] Reasons { get; }

    /// <summary>Computes the expected values.</summary>
    /// <exception cref="PlanException">Case and candidates do not fit; every fault is named.</exception>
    internal static CandidateActions Of(DecisionContext context, BudgetedPolicyOptions options)
    {
        int[] rows = [.. Enumerable.Range(0, context.Candidates.RowCount)];
        Array.Sort(context.Candidates.Observations.Entities.ToArray(), rows);
        DecisionPlanCheck.ThrowIfFaulty(context, options, rows);
        long minimum = options.MinimumExpectedValue is { } asked ? ToMicro(asked.Amount) : 0;
        CandidateActions actions = new(context, rows) { Minimum = minimum, Least = Math.Max(1, minimum) };
        for (int i = 0; i < rows.Length; i++)
        {
            actions.Reasons[i] = actions.Price(i, options);
        }

        return actions;
    }

    internal static long ToMicro(decimal amount) => decimal.ToInt64(decimal.Ceiling(amount * Micro));

    internal double ProbabilityOf(int candidate) => Context.Probabilities.Span[Rows[candidate]];

    internal double AmountOf(int candidate) => Amounts.Span[Rows[candidate]];

    // Fills the expected values of one candidate and returns why none is open, or null.
    private string? Price(int candidate, BudgetedPolicyOptions options)
    {
        Span<long> gains = Gains.AsSpan(candidate * Interventions.Count, Interventions.Count);
        gains.Fill(AllocationProblem.Forbidden);
        double amount = AmountOf(candidate), probability = ProbabilityOf(candidate);
        if (double.IsNaN(amount) || double.IsNaN(probability))
        {
            return double.IsNaN(amount) ? "value unknown" : "probability unknown";
        }

        string? ineligible = null;
        bool eligible = false, open = false, positive = false;
        for (int k = 0; k < Interventions.Count; k++)
        {
            Intervention intervention = Interventions[k];
            if (FirstFailing(intervention, Rows[candidate]) is { } rule)
            {
                ineligible ??= $"not eligible: {intervention.Name} needs {rule}";
                continue;
            }

            double expected = (probability * intervention.Effect.RelativeReduction * amount) - (double)intervention.Cost.Amount;
            long gain = (long)Math.Round(expected * (double)Micro);
            (eligible, positive) = (true, positive || gain > 0);
            if (gain >= Least)
            {
                (gains[k], open) = (gain, true);
            }
        }

        return open ? null
            : !eligible ? ineligible
            : positive ? string.Create(CultureInfo.InvariantCulture, $"expected value below the minimum of {options.MinimumExpectedValue}")
            : "expected value not above zero";
    }

    private EligibilityRule? FirstFailing(Intervention intervention, int row)
    {
        for (int r = 0; r < intervention.Eligibility.Count; r++)
        {
            if (!intervention.Eligibility[r].Passes(Context.Candidates, row))
            {
                return intervention.Eligibility[r];
            }
        }

        return null;
    }
}
