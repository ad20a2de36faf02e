namespace MlSystemDesign.Training;

/// <summary>Which values of a column speak for the outcome.</summary>
public enum RuleDirection
{
    /// <summary>The higher the value, the likelier the outcome: days since the last purchase, for churn.</summary>
    HigherIsLikelier,

    /// <summary>The lower the value, the likelier the outcome: purchases so far, for churn.</summary>
    LowerIsLikelier,
}

/// <summary>One column of a rule.</summary>
/// <param name="Column">The name of a number column.</param>
/// <param name="Direction">Which values speak for the outcome.</param>
/// <param name="Weight">How much its rank counts. Positive and finite.</param>
public sealed record RuleTerm(string Column, RuleDirection Direction, double Weight = 1);
