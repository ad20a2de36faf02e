namespace MlSystemDesign.Evaluation;

/// <summary>What a policy decides on a holdout, as contacts per row and intervention, and the same number of contacts at random.</summary>
/// <remarks>Rows are listed by entity key, then cutoff, so that sums over them do not depend on the order of the holdout.</remarks>
internal sealed class HoldoutDecisions
{
    private HoldoutDecisions(EvaluationContext context)
    {
        Case = context.Case!;
        ObservationSet observations = context.Holdout.Features.Observations;
        Rows = [.. Enumerable.Range(0, observations.Count)];
        Array.Sort(Rows, (a, b) =>
        {
            int order = observations.Entities[a].CompareTo(observations.Entities[b]);
            return order != 0 || !observations.HasCutoffs ? order : observations.CutoffTicks[a].CompareTo(observations.CutoffTicks[b]);
        });
        Entities = Array.ConvertAll(Rows, r => observations.Entities[r]);
        Amounts = Pick(Case.Kpi.Value.Amounts(context.Holdout.Features).Amounts.Span);
        Probabilities = Pick(context.Predictions.Span);
        Outcomes = Pick(context.Holdout.Targets);
        Eligible = [.. Case.Interventions.Select(i => Array.ConvertAll(Rows, r => i.Eligibility.All(rule => rule.Passes(context.Holdout.Features, r))))];
        Contacts = [.. Case.Interventions.Select(_ => new double[Rows.Length])];
        Random = [.. Case.Interventions.Select(_ => new double[Rows.Length])];
    }

    internal BusinessCase Case { get; }

    /// <summary>Gets the rows of the holdout, by entity, then cutoff; everything else here is in this order.</summary>
    internal int[] Rows { get; }

    internal EntityKey[] Entities { get; }

    /// <summary>Gets what each outcome is worth, in major units; NaN when unknown.</summary>
    internal double[] Amounts { get; }

    internal double[] Probabilities { get; }

    internal double[] Outcomes { get; }

    /// <summary>Gets, per intervention and row, whether the row passes its rules.</summary>
    internal bool[][] Eligible { get; }

    /// <summary>Gets, per intervention and row, 1 for a contact.</summary>
    internal double[][] Contacts { get; }

    /// <summary>Gets, per intervention and row, the probability of a contact when as many are drawn at random.</summary>
    internal double[][] Random { get; }

    internal int Runs { get; private set; }

    internal int ContactCount { get; private set; }

    /// <summary>Lists the rows and what they are worth, without deciding anything.</summary>
    /// <exception cref="ArgumentException">The case needs a column that the holdout does not have.</exception>
    internal static HoldoutDecisions Undecided(EvaluationContext context) => new(context);

    /// <summary>Runs the policy, once per cutoff.</summary>
    /// <exception cref="PlanException">The policy refuses the case or the candidates.</exception>
    internal async ValueTask DecideAsync(EvaluationContext context, CancellationToken cancellationToken)
    {
        ObservationSet observations = context.Holdout.Features.Observations;
        foreach (IGrouping<long, int> run in Enumerable.Range(0, Rows.Length).GroupBy(i => observations.HasCutoffs ? observations.CutoffTicks[Rows[i]] : 0).OrderBy(g => g.Key))
        {
            int[] members = [.. run];
            FeatureTable candidates = context.Holdout.Features.SelectRows(Array.ConvertAll(members, i => Rows[i]));
            DecisionSet decided = await context.Policy!.DecideAsync(
                new DecisionContext
                {
                    Case = Case,
                    Candidates = observations.HasCutoffs ? candidates : AtEpoch(candidates),
                    Probabilities = Array.ConvertAll(members, i => Probabilities[i]),
                    LeadTime = context.LeadTime,
                    Confidence = context.Confidence,
                },
                cancellationToken).ConfigureAwait(false);
            Note(decided, members);
            Runs++;
        }
    }

    // The instant of a table without time plays no part in what is decided.
    private static FeatureTable AtEpoch(FeatureTable table)
    {
        ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[table.Schema.Count];
        ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[table.Schema.Count];
        for (int c = 0; c < numbers.Length; c++)
        {
            (numbers[c], codes[c]) = (table.Numbers(c).ToArray(), table.Codes(c).ToArray());
        }

        return new FeatureTable(ObservationSet.At(table.Observations.Entities.ToArray(), DateTimeOffset.UnixEpoch), table.Schema, numbers, codes);
    }

    private double[] Pick(ReadOnlySpan<double> values)
    {
        double[] picked = new double[Rows.Length];
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = values[Rows[i]];
        }

        return picked;
    }

    private void Note(DecisionSet decided, int[] members)
    {
        Dictionary<EntityKey, int> at = [];
        foreach (int i in members)
        {
            at[Entities[i]] = i;
        }

        Dictionary<string, int> interventions = Case.Interventions.Select((x, k) => (x.Name, k)).ToDictionary(StringComparer.Ordinal);
        int[] counts = new int[interventions.Count];
        foreach (Decision decision in decided.Decisions)
        {
            if (!at.TryGetValue(decision.Entity, out int row) || !interventions.TryGetValue(decision.Intervention, out int k) || double.IsNaN(Amounts[row]))
            {
                throw new InvalidOperationException(
                    $"A policy must choose among the candidates of known value and the interventions of the case. Got '{decision.Intervention}' for '{decision.Entity}'. Repair the policy.");
            }

            Contacts[k][row] += 1;
            counts[k]++;
            ContactCount++;
        }

        for (int k = 0; k < counts.Length; k++)
        {
            int[] pool = [.. members.Where(i => Eligible[k][i] && !double.IsNaN(Amounts[i]))];
            foreach (int i in pool)
            {
                Random[k][i] = (double)counts[k] / pool.Length;
            }
        }
    }
}
