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

    /// <summary>Gets the source's column; <see langword="null"/> for a count, a recency and a coverage.</summary>
    public string? Column { get; init; }

    /// <summary>Gets the length of the window [cutoff − length, cutoff); <see cref="WholeHistory"/> reaches back to the first fact.
    /// <see langword="null"/> for a recency, an attribute and a category, which look at all history by nature.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Gets the filters that a fact must pass, all of them; empty for every fact.</summary>
    public IReadOnlyList<EventFilter> Where { get; init; } = [];

    /// <summary>Gets the business feature that it belongs to: columns of one group are explained together. The name by default.</summary>
    public string Group { get => field ?? Name; init; }

    /// <summary>Gets the window that reaches back to the first fact.</summary>
    public static TimeSpan WholeHistory => TimeSpan.MaxValue;

    internal bool NeedsWindow => Aggregate is not (FeatureAggregate.Recency or FeatureAggregate.Attribute or FeatureAggregate.Category);

    internal bool NeedsColumn => Aggregate is not (FeatureAggregate.Count or FeatureAggregate.Recency or FeatureAggregate.Coverage);

    internal bool ReadsOneFact => Aggregate is FeatureAggregate.Attribute or FeatureAggregate.Category;

    internal ColumnKind Kind => Aggregate == FeatureAggregate.Category ? ColumnKind.Category : ColumnKind.Number;

    internal double ValueForNothing => Aggregate is FeatureAggregate.Count or FeatureAggregate.Sum or FeatureAggregate.Coverage ? 0 : double.NaN;

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
        string over = Window is not { } window ? string.Empty : window == WholeHistory ? " over all history" : $" over {FeatureNames.Length(window, " ")}";
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
