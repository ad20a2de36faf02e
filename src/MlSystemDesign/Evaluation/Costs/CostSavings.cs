namespace MlSystemDesign.Evaluation;

/// <summary>What decisions cost, beside the two that need no model.</summary>
/// <param name="Cost">The summed cost of the decisions.</param>
/// <param name="CostOfNone">The summed cost of never acting.</param>
/// <param name="CostOfAll">The summed cost of always acting.</param>
/// <param name="Acted">On how many rows was acted.</param>
/// <param name="Savings">1 − cost / min(cost of none, cost of all): 1 is free, 0 as good as the better of both, negative worse; undefined when that better one costs nothing or earns.</param>
/// <param name="Currency">The currency of the sums.</param>
public sealed record CostSavings(double Cost, double CostOfNone, double CostOfAll, int Acted, Metric Savings, Currency Currency);
