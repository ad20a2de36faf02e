namespace MlSystemDesign.Evaluation;

/// <summary>Decides by the least expected cost of each row, and measures what decisions saved.</summary>
/// <remarks>Sources: Elkan, "The foundations of cost-sensitive learning", IJCAI 2001; Correa Bahnsen, Aouada and Ottersten, "Example-dependent cost-sensitive decision trees", Expert Systems
/// with Applications 42(19), 2015, for savings, and Decision Analytics 2:5 (2015) for churn.</remarks>
public static class MinimumExpectedCost
{
    /// <summary>Decides for each row.</summary>
    /// <param name="probabilities">n calibrated probabilities of the outcome, in [0, 1]; a probability that is NaN is not acted upon.</param>
    /// <param name="costs">n rows of costs.</param>
    /// <returns>n decisions: act where p·C_TP + (1 − p)·C_FP is less than p·C_FN + (1 − p)·C_TN; not where they are equal.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is outside [0, 1].</exception>
    public static bool[] Decide(ReadOnlySpan<double> probabilities, CostMatrix costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        RequireLength(probabilities.Length, costs, nameof(probabilities));
        bool[] act = new bool[costs.Count];
        for (int i = 0; i < act.Length; i++)
        {
            double p = probabilities[i];
            if (p is < 0 or > 1)
            {
                throw new ArgumentException(FormattableString.Invariant($"A probability must lie in [0, 1]. Got {p} in row {i + 1}. Calibrate the scores."), nameof(probabilities));
            }

            act[i] = costs.PaysToAct(i, p);
        }

        return act;
    }

    /// <summary>Decides for each row of a set that carries its costs.</summary>
    /// <param name="probabilities">n calibrated probabilities of the outcome, in [0, 1]; a probability that is NaN is not acted upon.</param>
    /// <param name="set">n rows with costs.</param>
    /// <returns>n decisions, as by the costs alone.</returns>
    /// <exception cref="ArgumentException">The set has no costs, the lengths differ, or a probability is outside [0, 1].</exception>
    public static bool[] Decide(ReadOnlySpan<double> probabilities, LabelledSet set) => Decide(probabilities, CostsOf(set));

    /// <summary>Measures decisions against what happened in a set that carries its costs.</summary>
    /// <param name="acted">n decisions.</param>
    /// <param name="set">n rows with costs, whose targets are the outcomes.</param>
    /// <exception cref="ArgumentException">The set has no costs, the lengths differ, or a target is not 0 or 1.</exception>
    public static CostSavings Evaluate(ReadOnlySpan<bool> acted, LabelledSet set)
    {
        CostMatrix costs = CostsOf(set);
        return Evaluate(acted, set.Targets, costs);
    }

    /// <summary>Measures decisions against what happened.</summary>
    /// <param name="acted">n decisions.</param>
    /// <param name="outcomes">n outcomes, 0 or 1.</param>
    /// <param name="costs">n rows of costs.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an outcome is not 0 or 1.</exception>
    public static CostSavings Evaluate(ReadOnlySpan<bool> acted, ReadOnlySpan<double> outcomes, CostMatrix costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        RequireLength(acted.Length, costs, nameof(acted));
        RequireLength(outcomes.Length, costs, nameof(outcomes));
        double cost = 0, none = 0, all = 0;
        int count = 0;
        for (int i = 0; i < costs.Count; i++)
        {
            bool outcome = outcomes[i] is 0 or 1
                ? outcomes[i] == 1
                : throw new ArgumentException(FormattableString.Invariant($"An outcome must be 0 or 1. Got {outcomes[i]} in row {i + 1}. Leave rows without a mature outcome out."), nameof(outcomes));
            cost += costs.CostOf(i, acted[i], outcome);
            none += costs.CostOf(i, false, outcome);
            all += costs.CostOf(i, true, outcome);
            count += acted[i] ? 1 : 0;
        }

        double least = Math.Min(none, all);
        Metric savings = least > 0
            ? Metric.Of("savings", 1 - (cost / least), costs.Count)
            : Metric.Undefined("savings", FormattableString.Invariant($"the better of acting never and always costs {least}, so there is no cost of which a share could be saved"), costs.Count);
        return new CostSavings(cost, none, all, count, savings, costs.FalsePositive.Currency);
    }

    private static CostMatrix CostsOf(LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Costs ?? throw new ArgumentException("The set must carry what decisions cost. Got a set without costs. Pass costs when it is made, or decide by a CostMatrix.", nameof(set));
    }

    private static void RequireLength(int length, CostMatrix costs, string name)
    {
        if (length != costs.Count)
        {
            throw new ArgumentException(FormattableString.Invariant($"There must be one entry per row of costs ({costs.Count}). Got {length}. Pass those of the same rows."), name);
        }
    }
}
