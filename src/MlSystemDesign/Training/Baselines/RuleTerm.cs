namespace MlSystemDesign.Training;

/// <summary>Which values of a column speak for the outcome.</summary>
public enum RuleDirection
{
    /// <summary>The higher the value, the likelier the outcome: days since the last purchase, for churn.</summary>
    HigherIsLikelier,

    /// <summary>The lower the value, the likelier the outcome: purchases so far, for churn.</summary>
    LowerIsLikelier,
}

/// <summary>One column of a rule, which gives a row between 0 and 1 points: by the rank of its value, in bands of equal size, from a threshold, or for levels of a category. Missing has a half.</summary>
/// <param name="Column">The name of a number column, or of a category with <see cref="Levels"/>.</param>
/// <param name="Direction">Which values speak for the outcome.</param>
/// <param name="Weight">How much its points count. Positive and finite.</param>
public sealed record RuleTerm(string Column, RuleDirection Direction, double Weight = 1)
{
    /// <summary>Gets into how many bands of about equal size the rows are cut by rank, each with the same points: 5 for the quintiles of an RFM score.</summary>
    /// <value>At least 2; <see langword="null"/> (the default) for the rank itself.</value>
    public int? Bands { get; init; }

    /// <summary>Gets the value from which on (it included) all points are given, as in "no purchase for 60 days"; on the other side there are none.</summary>
    /// <value>Finite; <see langword="null"/> (the default) for the rank.</value>
    public double? Threshold { get; init; }

    /// <summary>Gets the levels of a category that are given all points, or none where lower is likelier; the other levels are given the opposite.</summary>
    /// <value>At least one; <see langword="null"/> (the default) for a number column. Levels that the rows do not have are allowed.</value>
    public IReadOnlyList<string>? Levels { get; init; }

    internal bool UsesRanks => Threshold is null && Levels is null;

    internal bool IsSound => !string.IsNullOrWhiteSpace(Column) && Weight > 0 && double.IsFinite(Weight) && Enum.IsDefined(Direction)
        && (Bands is null ? 0 : 1) + (Threshold is null ? 0 : 1) + (Levels is null ? 0 : 1) <= 1
        && Bands is null or >= 2 && (Threshold is not { } threshold || double.IsFinite(threshold)) && (Levels is null || (Levels.Count > 0 && Levels.All(level => level is not null)));
}
