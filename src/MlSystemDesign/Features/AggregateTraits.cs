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
    public static AggregateTraits Of(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Count => new(AggregateInput.Events, true, ColumnKind.Number, 0, true, AggregateUnit.None),
        FeatureAggregate.Sum => new(AggregateInput.Number, true, ColumnKind.Number, 0, false, AggregateUnit.Column),
        FeatureAggregate.Mean or FeatureAggregate.Min or FeatureAggregate.Max or FeatureAggregate.Std or FeatureAggregate.First or FeatureAggregate.Last
            or FeatureAggregate.Quantile or FeatureAggregate.DecayedMean => new(AggregateInput.Number, true, ColumnKind.Number, double.NaN, false, AggregateUnit.Column),
        FeatureAggregate.DecayedSum => new(AggregateInput.Number, true, ColumnKind.Number, 0, false, AggregateUnit.Column),
        FeatureAggregate.DecayedCount => new(AggregateInput.Events, true, ColumnKind.Number, 0, false, AggregateUnit.None),
        FeatureAggregate.Variance => new(AggregateInput.Number, true, ColumnKind.Number, double.NaN, false, AggregateUnit.ColumnSquared),
        FeatureAggregate.Skew => new(AggregateInput.Number, true, ColumnKind.Number, double.NaN, false, AggregateUnit.None),
        FeatureAggregate.Slope => new(AggregateInput.Number, true, ColumnKind.Number, double.NaN, false, AggregateUnit.ColumnPerDay),
        FeatureAggregate.Recency or FeatureAggregate.Tenure => new(AggregateInput.Events, false, ColumnKind.Number, double.NaN, false, AggregateUnit.Days),
        FeatureAggregate.Age => new(AggregateInput.Events, false, ColumnKind.Number, double.NaN, false, AggregateUnit.Days),
        FeatureAggregate.Attribute => new(AggregateInput.Number, false, ColumnKind.Number, double.NaN, false, AggregateUnit.Column),
        FeatureAggregate.Category => new(AggregateInput.Category, false, ColumnKind.Category, double.NaN, false, AggregateUnit.None),
        FeatureAggregate.FirstCategory or FeatureAggregate.LastCategory or FeatureAggregate.Mode =>
            new(AggregateInput.Category, true, ColumnKind.Category, double.NaN, false, AggregateUnit.None),
        FeatureAggregate.Distinct => new(AggregateInput.NumberOrCategory, true, ColumnKind.Number, 0, false, AggregateUnit.None),
        FeatureAggregate.TopShare => new(AggregateInput.Category, true, ColumnKind.Number, double.NaN, false, AggregateUnit.Share),
        FeatureAggregate.Entropy => new(AggregateInput.Category, true, ColumnKind.Number, double.NaN, false, AggregateUnit.Nats),
        FeatureAggregate.GapMean or FeatureAggregate.GapStd or FeatureAggregate.GapLast =>
            new(AggregateInput.Events, true, ColumnKind.Number, double.NaN, false, AggregateUnit.Days),
        FeatureAggregate.ActivePeriods or FeatureAggregate.CurrentStreak or FeatureAggregate.LongestStreak =>
            new(AggregateInput.Events, true, ColumnKind.Number, 0, false, AggregateUnit.None),
        FeatureAggregate.Coverage => new(AggregateInput.Events, true, ColumnKind.Number, 0, false, AggregateUnit.Share),
        FeatureAggregate.Expression => new(AggregateInput.Features, false, ColumnKind.Number, double.NaN, false, AggregateUnit.None),
        _ => throw new ArgumentOutOfRangeException(
            nameof(aggregate), $"The aggregate must be one of the library's. Got {aggregate}. A custom aggregate states its own traits."),
    };
}
