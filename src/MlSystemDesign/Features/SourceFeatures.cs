namespace MlSystemDesign.Features;

/// <summary>Declares the features of one source; reads like a sentence. See <see cref="FeaturePlan.For"/>.</summary>
/// <remarks>Each aggregate adds one feature per window of the last <see cref="Over"/>. Names explain themselves: "amount_sum_30d", "count_30d", "recency",
/// and "ticket_count_30d" inside a filter.</remarks>
public sealed class SourceFeatures
{
    private readonly string _source;
    private readonly List<FeatureDefinition> _features;
    private readonly EventFilter[] _where;
    private readonly string? _alias;
    private FeatureWindow[] _windows = [];

    internal SourceFeatures(string source)
        : this(source, [], [], [], null)
    {
    }

    private SourceFeatures(string source, List<FeatureDefinition> features, FeatureWindow[] windows, EventFilter[] where, string? alias)
    {
        _source = source;
        _features = features;
        _windows = windows;
        _where = where;
        _alias = alias;
    }

    internal IReadOnlyList<FeatureDefinition> Declared => _features;

    /// <summary>Sets the windows [cutoff − length, cutoff) of the aggregates that follow.</summary>
    /// <param name="lengths">Positive lengths.</param>
    public SourceFeatures Over(params ReadOnlySpan<TimeSpan> lengths)
    {
        _windows = [.. lengths.ToArray().Select(FeatureWindow.Of)];
        return this;
    }

    /// <summary>Sets the windows of the aggregates that follow, in days of 24 hours.</summary>
    /// <param name="days">Positive numbers of days.</param>
    public SourceFeatures OverDays(params ReadOnlySpan<int> days)
    {
        _windows = [.. days.ToArray().Select(d => FeatureWindow.Of(TimeSpan.FromDays(d)))];
        return this;
    }

    /// <summary>Lets the aggregates that follow reach back to the first fact.</summary>
    public SourceFeatures OverAllHistory()
    {
        _windows = [FeatureWindow.WholeHistory];
        return this;
    }

    /// <summary>The number of events; 0 for nothing.</summary>
    public SourceFeatures Count() => PerWindow(FeatureAggregate.Count, null, "count");

    /// <summary>The sum of a column; 0 for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Sum(string column) => PerWindow(FeatureAggregate.Sum, column, column);

    /// <summary>The mean of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Mean(string column) => PerWindow(FeatureAggregate.Mean, column, column);

    /// <summary>The smallest value of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Min(string column) => PerWindow(FeatureAggregate.Min, column, column);

    /// <summary>The largest value of a column; missing for nothing.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Max(string column) => PerWindow(FeatureAggregate.Max, column, column);

    /// <summary>The sample standard deviation (n − 1) of a column; missing below two values.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Std(string column) => PerWindow(FeatureAggregate.Std, column, column);

    /// <summary>The least-squares slope of a column per day; missing below two distinct times.</summary>
    /// <param name="column">A number column.</param>
    public SourceFeatures Slope(string column) => PerWindow(FeatureAggregate.Slope, column, column + " trend");

    /// <summary>The share of the window that the source has observed, 0 to 1: tells silence from a window that nobody watched.</summary>
    public SourceFeatures Coverage() => PerWindow(FeatureAggregate.Coverage, null, "coverage");

    /// <summary>Days from the newest event to the cutoff, whatever the windows; missing for nothing.</summary>
    public SourceFeatures Recency() => Once(FeatureAggregate.Recency, null, "recency");

    /// <summary>The newest visible value of a number column, such as a fee; missing for nothing.</summary>
    /// <param name="column">A number column of attributes, or of events.</param>
    public SourceFeatures Attribute(string column) => Once(FeatureAggregate.Attribute, column, column);

    /// <summary>The newest visible value of a category column, such as a plan; missing for nothing.</summary>
    /// <param name="column">A category column of attributes, or of events.</param>
    public SourceFeatures Category(string column) => Once(FeatureAggregate.Category, column, column);

    /// <summary>Declares features of the facts that pass a filter. It holds inside <paramref name="declare"/> only, together with the filters around it;
    /// the windows are inherited.</summary>
    /// <param name="filter">A filter on any column of the source.</param>
    /// <param name="declare">Declares the features, such as <c>t => t.Count().Recency()</c>.</param>
    /// <param name="alias">Stands in front of their names; by default the filter in words, such as "ticket" or "amount_above_0".</param>
    public SourceFeatures Where(EventFilter filter, Action<SourceFeatures> declare, string? alias = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(declare);
        string name = alias ?? FeatureNames.Alias(filter);
        declare(new SourceFeatures(_source, _features, _windows, [.. _where, filter], _alias is null ? name : $"{_alias}_{name}"));
        return this;
    }

    private SourceFeatures PerWindow(FeatureAggregate aggregate, string? column, string group)
    {
        foreach (FeatureWindow? window in _windows.Length == 0 ? [null] : (IEnumerable<FeatureWindow?>)_windows)
        {
            Add(aggregate, column, window, group);
        }

        return this;
    }

    private SourceFeatures Once(FeatureAggregate aggregate, string? column, string group)
    {
        Add(aggregate, column, null, group);
        return this;
    }

    private void Add(FeatureAggregate aggregate, string? column, FeatureWindow? window, string group)
    {
        FeatureDefinition feature = new()
        {
            Name = string.Empty,
            Source = _source,
            Aggregate = aggregate,
            Column = column,
            Window = window,
            Where = _where,
            Group = $"{_alias ?? _source} {group}",
        };
        _features.Add(feature with { Name = FeatureNames.Of(feature, _alias) });
    }
}
