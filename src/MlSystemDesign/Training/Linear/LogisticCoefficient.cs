using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>What one column does in a logistic regression, with the others held fixed.</summary>
/// <param name="Column">The transformed column, or "(intercept)". A standardised column counts in standard deviations, a level or a missing value as 0 or 1.</param>
/// <param name="Group">The business feature that it belongs to; empty for the intercept.</param>
/// <param name="LogOdds">The change of the log-odds per unit of the column.</param>
public sealed record LogisticCoefficient(string Column, string Group, double LogOdds)
{
    /// <summary>Gets the standard error on the log-odds scale; <see langword="null"/> when it is not known, as after selection by an L1 penalty.</summary>
    public double? StandardError { get; init; }

    /// <summary>Gets the nominal coverage of <see cref="OddsRatioInterval"/>.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets by how much one unit multiplies the odds: exp(log-odds). Above 0; 1 means no effect.</summary>
    public double OddsRatio => Math.Exp(LogOdds);

    /// <summary>Gets the normal (Wald) interval of the log-odds, mapped to odds ratios; <see langword="null"/> without a standard error.</summary>
    public Interval? OddsRatioInterval
    {
        get
        {
            if (StandardError is not { } error)
            {
                return null;
            }

            double half = Intervals.TwoSidedQuantile(Confidence) * error;
            return new Interval(Math.Exp(LogOdds - half), Math.Exp(LogOdds + half), Confidence, "Wald on the log-odds, clustered by entity");
        }
    }
}
