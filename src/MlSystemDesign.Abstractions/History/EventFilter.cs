using System.Globalization;

namespace MlSystemDesign;

/// <summary>How an event filter compares.</summary>
public enum FilterOperator
{
    /// <summary>The category is the given text.</summary>
    Is,

    /// <summary>The category is another text, or missing.</summary>
    IsNot,

    /// <summary>The number is above the limit.</summary>
    Above,

    /// <summary>The number is below the limit.</summary>
    Below,

    /// <summary>The number is the limit or above it.</summary>
    AtLeast,

    /// <summary>The number is the limit or below it.</summary>
    AtMost,
}

/// <summary>Picks facts by one column: "kind is cancel", "quantity above 0". A missing number passes no filter.</summary>
/// <param name="Column">The source's column.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Category">The text of a category filter, compared ordinally; otherwise <see langword="null"/>.</param>
/// <param name="Limit">The limit of a number filter; otherwise NaN.</param>
public sealed record EventFilter(string Column, FilterOperator Operator, string? Category, double Limit)
{
    /// <summary>Facts of one category.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="category">The text.</param>
    public static EventFilter Is(string column, string category) => new(column, FilterOperator.Is, category, double.NaN);

    /// <summary>Facts of any other category, or of none.</summary>
    /// <param name="column">A category column.</param>
    /// <param name="category">The text.</param>
    public static EventFilter IsNot(string column, string category) => new(column, FilterOperator.IsNot, category, double.NaN);

    /// <summary>Facts whose number is above a limit.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="limit">The limit, excluded.</param>
    public static EventFilter Above(string column, double limit) => new(column, FilterOperator.Above, null, limit);

    /// <summary>Facts whose number is below a limit.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="limit">The limit, excluded.</param>
    public static EventFilter Below(string column, double limit) => new(column, FilterOperator.Below, null, limit);

    /// <summary>Facts whose number is at least a limit.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="limit">The limit, included.</param>
    public static EventFilter AtLeast(string column, double limit) => new(column, FilterOperator.AtLeast, null, limit);

    /// <summary>Facts whose number is at most a limit.</summary>
    /// <param name="column">A number column.</param>
    /// <param name="limit">The limit, included.</param>
    public static EventFilter AtMost(string column, double limit) => new(column, FilterOperator.AtMost, null, limit);

    /// <summary>Checks the filter against a source.</summary>
    /// <param name="source">The source that it is applied to.</param>
    /// <returns>The fault in words, or <see langword="null"/>.</returns>
    public string? FaultFor(SourceSchema source)
    {
        ArgumentNullException.ThrowIfNull(source);
        int index = source.IndexOf(Column);
        ColumnKind wanted = ComparesNumbers ? ColumnKind.Number : ColumnKind.Category;
        return index < 0
            ? $"A filter must name a column of source '{source.Name}'. Got '{Column}'. Use one of: {string.Join(", ", source.Columns.Select(c => c.Name))}."
            : source.Columns[index].Kind != wanted
                ? $"The filter '{this}' needs a {wanted} column. Got '{Column}' of kind {source.Columns[index].Kind}. Compare categories with Is, numbers with Above, AtLeast, Below or AtMost."
                : null;
    }

    /// <summary>Tells which facts pass. To read many entities, make a <see cref="FactPredicate"/> once.</summary>
    /// <param name="facts">n facts of a source that holds the column.</param>
    /// <param name="passes">n places, overwritten.</param>
    /// <exception cref="ArgumentException">The filter does not fit the source.</exception>
    public void Apply(FactTable facts, Span<bool> passes)
    {
        ArgumentNullException.ThrowIfNull(facts);
        new FactPredicate(facts.Schema, this).Test(facts, passes[..facts.Count]);
    }

    /// <summary>Returns the filter as a person would say it.</summary>
    public override string ToString() => Operator switch
    {
        FilterOperator.Is => $"{Column} is {Category}",
        FilterOperator.IsNot => $"{Column} is not {Category}",
        FilterOperator.Above => string.Create(CultureInfo.InvariantCulture, $"{Column} above {Limit:R}"),
        FilterOperator.Below => string.Create(CultureInfo.InvariantCulture, $"{Column} below {Limit:R}"),
        FilterOperator.AtLeast => string.Create(CultureInfo.InvariantCulture, $"{Column} at least {Limit:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Column} at most {Limit:R}"),
    };

    /// <summary>Gets a value indicating whether numbers are compared, not categories.</summary>
    public bool ComparesNumbers => Operator is not (FilterOperator.Is or FilterOperator.IsNot);

    /// <summary>Tells whether a number passes a filter that compares numbers.</summary>
    /// <param name="number">The number; NaN passes none.</param>
    public bool PassesNumber(double number) => Operator switch
    {
        FilterOperator.Above => number > Limit,
        FilterOperator.Below => number < Limit,
        FilterOperator.AtLeast => number >= Limit,
        _ => number <= Limit,
    };
}
