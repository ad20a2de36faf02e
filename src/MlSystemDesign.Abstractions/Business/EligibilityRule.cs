using System.Globalization;

namespace MlSystemDesign;

/// <summary>How an eligibility rule compares.</summary>
public enum RuleOperator
{
    /// <summary>The number is at least the limit.</summary>
    AtLeast,

    /// <summary>The number is at most the limit.</summary>
    AtMost,

    /// <summary>The category is the given text.</summary>
    Is,

    /// <summary>The category is not the given text (missing passes).</summary>
    IsNot,
}

/// <summary>Who may get an intervention, as a rule over one feature column. A missing number passes no rule.</summary>
public sealed record EligibilityRule
{
    private EligibilityRule(string column, RuleOperator @operator, double limit, string? category)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        Column = column;
        Operator = @operator;
        Limit = limit;
        Category = category;
    }

    /// <summary>Gets the feature column.</summary>
    public string Column { get; }

    /// <summary>Gets the comparison.</summary>
    public RuleOperator Operator { get; }

    /// <summary>Gets the limit of a numeric rule; NaN otherwise.</summary>
    public double Limit { get; }

    /// <summary>Gets the text of a category rule; <see langword="null"/> otherwise.</summary>
    public string? Category { get; }

    /// <summary>Only rows whose number is at least a limit.</summary>
    /// <param name="column">A numeric feature column.</param>
    /// <param name="limit">The limit, included.</param>
    public static EligibilityRule AtLeast(string column, double limit) => new(column, RuleOperator.AtLeast, limit, null);

    /// <summary>Only rows whose number is at most a limit.</summary>
    /// <param name="column">A numeric feature column.</param>
    /// <param name="limit">The limit, included.</param>
    public static EligibilityRule AtMost(string column, double limit) => new(column, RuleOperator.AtMost, limit, null);

    /// <summary>Only rows of one category.</summary>
    /// <param name="column">A category feature column.</param>
    /// <param name="category">The text, compared ordinally.</param>
    public static EligibilityRule Is(string column, string category) => new(column, RuleOperator.Is, double.NaN, category);

    /// <summary>Only rows not of one category.</summary>
    /// <param name="column">A category feature column.</param>
    /// <param name="category">The text, compared ordinally.</param>
    public static EligibilityRule IsNot(string column, string category) => new(column, RuleOperator.IsNot, double.NaN, category);

    /// <summary>Tells whether a row passes.</summary>
    /// <param name="table">A table that holds <see cref="Column"/>.</param>
    /// <param name="row">The row, from 0.</param>
    public bool Passes(FeatureTable table, int row)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Operator switch
        {
            RuleOperator.AtLeast => table.Numbers(Column)[row] >= Limit,
            RuleOperator.AtMost => table.Numbers(Column)[row] <= Limit,
            RuleOperator.Is => string.Equals(table.CategoryAt(Column, row), Category, StringComparison.Ordinal),
            _ => !string.Equals(table.CategoryAt(Column, row), Category, StringComparison.Ordinal),
        };
    }

    /// <summary>Returns the rule as a person would say it.</summary>
    public override string ToString() => Operator switch
    {
        RuleOperator.AtLeast => string.Create(CultureInfo.InvariantCulture, $"{Column} at least {Limit}"),
        RuleOperator.AtMost => string.Create(CultureInfo.InvariantCulture, $"{Column} at most {Limit}"),
        RuleOperator.Is => $"{Column} is {Category}",
        _ => $"{Column} is not {Category}",
    };
}
