using System.Globalization;

namespace MlSystemDesign.Explanation;

/// <summary>Adds to each decision what moved its prediction, in words and in money.</summary>
public static class DecisionReasons
{
    /// <summary>Explains the rows that were decided for, and adds their reasons after those of the policy.</summary>
    /// <param name="decisions">What was decided.</param>
    /// <param name="candidates">The candidates with their features: those of the decision run.</param>
    /// <param name="explainer">Explains the model that the probabilities came from.</param>
    /// <param name="writer">Words its attributions.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The same decisions in the same order. A reason ends with what the change of the prediction is worth; where the policy says how far the decision is from its cut
    /// (<see cref="Decision.Cut"/>), that is the last reason.</returns>
    /// <exception cref="ArgumentException">A decision is for a row that is not among the candidates.</exception>
    /// <exception cref="ExplanationException">The attributions of a row do not add up to its score.</exception>
    /// <remarks>What a reason is worth supposes that the policy expects probability × effect × value less the cost, as <see cref="Decisions.BudgetedPolicy"/> does: for another, leave {expected} out
    /// of <see cref="ReasonTemplates.AtStake"/>. Cost: that of explaining the decided rows, not all candidates.</remarks>
    public static DecisionSet WithModelReasons(
        this DecisionSet decisions, FeatureTable candidates, IExplainer explainer, ReasonWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(explainer);
        ArgumentNullException.ThrowIfNull(writer);
        if (decisions.Decisions.Count == 0)
        {
            return decisions;
        }

        FeatureTable rows = candidates.SelectRows(RowsOf(decisions.Decisions, candidates.Observations));
        IReadOnlyList<IReadOnlyList<Reason>> reasons = writer.Write(explainer.Explain(rows, cancellationToken), rows);
        MoneyWords words = new(writer.Templates);
        return decisions with
        {
            Decisions = [.. decisions.Decisions.Select((decision, i) => decision with { Reasons = [.. decision.Reasons, .. reasons[i].Select(r => words.InMoney(r, decision)), .. words.FromCut(decision)] })],
        };
    }

    private static int[] RowsOf(IReadOnlyList<Decision> decisions, ObservationSet candidates)
    {
        Dictionary<(EntityKey, long), int> rowOf = [];
        for (int i = 0; i < candidates.Count; i++)
        {
            rowOf.TryAdd((candidates.Entities[i], candidates.CutoffTicks[i]), i);
        }

        return [.. decisions.Select(d => rowOf.TryGetValue((d.Entity, d.Cutoff.UtcTicks), out int row)
            ? row
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Every decision must be for one of the candidates. Got one for '{d.Entity}' at {d.Cutoff:O}. Pass the candidates of the same run."), nameof(candidates)))];
    }
}
