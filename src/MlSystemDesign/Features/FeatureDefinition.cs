namespace MlSystemDesign.Features;

/// <summary>One feature of a plan: an aggregate of a source's column over a window that ends at the cutoff.</summary>
/// <remarks>Normally made by <see cref="SourceFeatures"/>; written out here so that a plan is data. Whether it makes sense is told by
/// <see cref="FeaturePlan.FaultsFor"/>, all faults at once.</remarks>
public sealed record FeatureDefinition
{
    /// <summary>Gets the name of the column, unique within the plan, such as "amount_sum_30d".</summary>
    public required string Name { get; init; }

    /// <summary>Gets the source that is read.</summary>
    public required string Source { get; init; }

    /// <summary>Gets what is computed.</summary>
    public required FeatureAggregate Aggregate { get; init; }

    /// <summary>Gets the column of the source, or a derived column of the plan; <see langword="null"/> where the aggregate reads event times only.</summary>
    public string? Column { get; init; }

    /// <summary>Gets the window; <see langword="null"/> for aggregates that look at all history by nature.</summary>
    public FeatureWindow? Window { get; init; }

    /// <summary>Gets the number that the aggregate takes: which newest value (Last, LastCategory; 1 by default), how many top categories (TopShare; 1 by default), which
    /// quantile (Quantile; must be given). <see langword="null"/> otherwise.</summary>
    public double? Parameter { get; init; }

    /// <summary>Gets the length of time that the aggregate takes: the half-life of a decay, the period of a streak, the tolerance of an attribute (none by default).</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Gets the arithmetic over other features of an <see cref="FeatureAggregate.Expression"/>: "amount_sum_30d / amount_sum_90d".</summary>
    public string? Expression { get; init; }

    /// <summary>Gets the host's own aggregate.</summary>
    public IWindowAggregate? Custom { get; init; }

    /// <summary>Gets the filters that a fact must pass, all of them; empty for every fact.</summary>
    public IReadOnlyList<EventFilter> Where { get; init; } = [];

    /// <summary>Gets the business feature that it belongs to: columns of one group are explained together. The name by default.</summary>
    public string Group { get => field ?? Name; init; }

    internal AggregateTraits Traits => Custom?.Traits ?? AggregateTraits.Of(Aggregate);

    internal bool NeedsWindow => Traits.HasWindow;

    internal bool NeedsColumn => Traits.Input is AggregateInput.Number or AggregateInput.Category or AggregateInput.NumberOrCategory;

    internal bool ReadsOneFact => Aggregate is FeatureAggregate.Attribute or FeatureAggregate.Category;

    internal ColumnKind Kind => Traits.Result;

    internal double ValueForNothing => Traits.ValueForNothing;

    /// <summary>Describes the column that it becomes.</summary>
    /// <param name="source">The source, for the unit of its column; <see langword="null"/> while the history is not known.</param>
    internal FeatureColumn ToColumn(SourceSchema? source) => new()
    {
        Name = Name,
        Kind = Kind,
        Unit = UnitIn(source),
        Lineage = Lineage(),
        ValueForNothing = ValueForNothing,
        Group = Group,
    };

    private string? UnitIn(SourceSchema? source)
    {
        int column = Column is null || source is null ? -1 : source.IndexOf(Column);
        string? unit = column < 0 ? null : source!.Columns[column].Unit;
        return Aggregate switch
        {
            FeatureAggregate.Count or FeatureAggregate.Category => null,
            FeatureAggregate.Recency => "d",
            FeatureAggregate.Coverage => "share",
            FeatureAggregate.Slope => unit is null ? "1/d" : unit + "/d",
            _ => unit,
        };
    }

    private string Lineage()
    {
        string where = Where.Count == 0 ? string.Empty : " where " + string.Join(" and ", Where);
        string over = Window is not { } window ? string.Empty : window.Kind == WindowKind.WholeHistory ? " over all history" : $" over {FeatureNames.Length(window.Length, " ")}";
        return Aggregate switch
        {
            FeatureAggregate.Count => $"count{over} of {Source}{where}",
            FeatureAggregate.Recency => $"time since the newest of {Source}{where}",
            FeatureAggregate.Attribute or FeatureAggregate.Category => $"newest {Column} of {Source}{where}",
            FeatureAggregate.Coverage => $"share observed{over} of {Source}",
            FeatureAggregate.Slope => $"slope per day of {Column}{over} of {Source}{where}",
            _ => $"{FeatureNames.Verb(Aggregate)} of {Column}{over} of {Source}{where}",
        };
    }
}
