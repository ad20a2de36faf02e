namespace MlSystemDesign.Features;

/// <summary>One feature of a plan: an aggregate of a source's column over a window that ends at the cutoff.</summary>
/// <remarks>Normally made by <see cref="SourceFeatures"/>; written out here so that a plan is data. Whether it makes sense is told by
/// <see cref="FeaturePlan.FaultsFor"/>, all faults at once. Two definitions are equal when they say the same, filter by filter.</remarks>
public sealed record FeatureDefinition
{
    /// <summary>Gets the name of the column, unique within the plan, such as "amount_sum_30d".</summary>
    public required string Name { get; init; }

    /// <summary>Gets the source that is read; empty for an <see cref="FeatureAggregate.Expression"/>, which reads other features.</summary>
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

    /// <summary>Gets the unit of an <see cref="FeatureAggregate.Expression"/>, if any; the unit of every other feature follows from its column.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the filters that a fact must pass, all of them; empty for every fact.</summary>
    public IReadOnlyList<EventFilter> Where { get; init => field = Array.AsReadOnly(value.ToArray()); } = [];

    /// <summary>Gets the business feature that it belongs to: columns of one group are explained together. The name by default.</summary>
    public string Group { get => field ?? Name; init; }

    /// <summary>Gets what is said of a built-in aggregate; <see langword="null"/> for a custom one, and for a value that is none.</summary>
    internal AggregateEntry? Entry => AggregateCatalog.Find(Aggregate);

    /// <summary>Gets the traits; those of a custom aggregate are its own.</summary>
    internal AggregateTraits Traits => TraitsOrNull ?? AggregateTraits.Of(Aggregate);

    /// <summary>Gets the traits, or <see langword="null"/> when the definition does not tell them: a fault.</summary>
    internal AggregateTraits? TraitsOrNull => Aggregate == FeatureAggregate.Custom ? Custom?.Traits : Entry?.Traits;

    /// <summary>Gets what the aggregate is called in a message.</summary>
    internal string Word => Entry?.Word ?? Custom?.Name ?? Aggregate.ToString();

    internal bool NeedsWindow => Traits.HasWindow;

    internal bool NeedsColumn => Traits.Input is AggregateInput.Number or AggregateInput.Category or AggregateInput.NumberOrCategory;

    internal bool ReadsOneFact => Entry is { ReadsOneFact: true };

    internal ColumnKind Kind => Traits.Result;

    internal double ValueForNothing => Traits.ValueForNothing;

    /// <summary>Tells whether two definitions say the same.</summary>
    /// <param name="other">Another definition.</param>
    public bool Equals(FeatureDefinition? other) => other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(Source, other.Source, StringComparison.Ordinal)
        && Aggregate == other.Aggregate
        && string.Equals(Column, other.Column, StringComparison.Ordinal)
        && Window == other.Window
        && Parameter.Equals(other.Parameter)
        && Period == other.Period
        && string.Equals(Expression, other.Expression, StringComparison.Ordinal)
        && Equals(Custom, other.Custom)
        && string.Equals(Unit, other.Unit, StringComparison.Ordinal)
        && string.Equals(Group, other.Group, StringComparison.Ordinal)
        && Where.SequenceEqual(other.Where);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Source, Aggregate, Column, Window, Parameter, Period, Where.Count);

    /// <summary>Describes the column that it becomes.</summary>
    /// <param name="columnUnit">The unit of the column that it reads; <see langword="null"/> for none, or while the history is not known.</param>
    /// <param name="derived">The derived column that it reads, if it does.</param>
    internal FeatureColumn ToColumn(string? columnUnit, DerivedColumn? derived) => new()
    {
        Name = Name,
        Kind = Kind,
        Unit = Aggregate == FeatureAggregate.Expression ? Unit : Traits.UnitFor(columnUnit),
        Lineage = Lineage(derived),
        ValueForNothing = ValueForNothing,
        Group = Group,
    };

    private string Lineage(DerivedColumn? derived)
    {
        string column = derived is null ? Column ?? string.Empty : $"{Column} (= {derived.Expression})";
        string over = Window is null ? string.Empty : $" over {Window}";
        string of = Where.Count == 0 ? Source : $"{Source} where {string.Join(" and ", Where)}";
        return Entry?.Lineage(this, column, over, of) ?? $"{Custom?.Name}{(column.Length == 0 ? string.Empty : " of ")}{column}{over} of {of}";
    }
}
