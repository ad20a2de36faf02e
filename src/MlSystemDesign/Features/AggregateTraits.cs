namespace MlSystemDesign.Features;

/// <summary>What an aggregate reads besides time.</summary>
public enum AggregateInput
{
    /// <summary>Event times only.</summary>
    Events,

    /// <summary>A number column.</summary>
    Number,

    /// <summary>A category column.</summary>
    Category,

    /// <summary>A number or a category column.</summary>
    NumberOrCategory,

    /// <summary>Other features of the plan.</summary>
    Features,
}

/// <summary>The unit of a result, told by that of the column.</summary>
public enum AggregateUnit
{
    /// <summary>None: a number of things, a text.</summary>
    None,

    /// <summary>The column's unit.</summary>
    Column,

    /// <summary>The column's unit squared.</summary>
    ColumnSquared,

    /// <summary>The column's unit per day of 24 hours.</summary>
    ColumnPerDay,

    /// <summary>Days of 24 hours.</summary>
    Days,

    /// <summary>A share, 0 to 1.</summary>
    Share,

    /// <summary>Natural units of information.</summary>
    Nats,
}

/// <summary>What an aggregate needs, gives and makes of nothing.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="HasWindow">Whether it looks at a window; otherwise at all history.</param>
/// <param name="Result">The kind of its result.</param>
/// <param name="ValueForNothing">Its value where there is nothing to aggregate; NaN is missing.</param>
/// <param name="IsInvertible">Whether a fact could be taken out of a result without reading the others again: true of counts; false where rounding, order or the
/// extremes keep a trace. The engines of this library never subtract; stores that do may ask.</param>
/// <param name="Unit">The unit of its result.</param>
public sealed record AggregateTraits(
    AggregateInput Input, bool HasWindow, ColumnKind Result, double ValueForNothing, bool IsInvertible, AggregateUnit Unit)
{
    /// <summary>Returns the traits of a built-in aggregate.</summary>
    /// <param name="aggregate">Any but <see cref="FeatureAggregate.Custom"/>, whose traits are its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The aggregate is custom or none of the library's.</exception>
    public static AggregateTraits Of(FeatureAggregate aggregate) => AggregateCatalog.Find(aggregate)?.Traits ?? throw new ArgumentOutOfRangeException(
        nameof(aggregate), $"The aggregate must be one of the library's. Got {aggregate}. A custom aggregate states its own traits.");

    /// <summary>Returns the unit of the result.</summary>
    /// <param name="columnUnit">The unit of the column; <see langword="null"/> without one.</param>
    /// <returns>Such as "EUR", "EUR/d", "d" or "share"; <see langword="null"/> for none.</returns>
    public string? UnitFor(string? columnUnit) => Unit switch
    {
        AggregateUnit.Column => columnUnit,
        AggregateUnit.ColumnSquared => columnUnit is null ? null : columnUnit + "²",
        AggregateUnit.ColumnPerDay => (columnUnit ?? "1") + "/d",
        AggregateUnit.Days => "d",
        AggregateUnit.Share => "share",
        AggregateUnit.Nats => "nat",
        _ => null,
    };
}
