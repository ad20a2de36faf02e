namespace MlSystemDesign.Features;

/// <summary>Declares the features of one source; reads like a sentence. See <see cref="FeaturePlan.For"/>.</summary>
/// <remarks>
/// <para>Each aggregate adds one feature per window of the last <c>Over…</c>. Names explain themselves: "amount_sum_30d", "count_30d", "recency",
/// "ticket_count_30d" inside a filter, "amount_sum_1mo", "amount_sum_last5", "amount_sum_30d_lag30d".</para>
/// <para>Nothing is checked while declaring: <see cref="FeaturePlan.FaultsFor"/> tells all faults of the plan at once.</para>
/// </remarks>
public sealed partial class SourceFeatures
{
    private readonly string _source;
    private readonly List<FeatureDefinition> _features;
    private readonly List<DerivedColumn> _derived;
    private readonly EventFilter[] _where;
    private readonly string? _alias;
    private FeatureWindow[] _windows;
    private TimeSpan _lag;

    internal SourceFeatures(string source)
        : this(source, [], [], [], null, [], TimeSpan.Zero)
    {
    }

    private SourceFeatures(
        string source, List<FeatureDefinition> features, List<DerivedColumn> derived, EventFilter[] where, string? alias, FeatureWindow[] windows, TimeSpan lag)
    {
        _source = source;
        _features = features;
        _derived = derived;
        _where = where;
        _alias = alias;
        _windows = windows;
        _lag = lag;
    }

    internal FeaturePlan Declared => new(_features, _derived);

    /// <summary>Adds a number column that is computed from the source's number columns, fact by fact. Features that follow can use it like any other, in filters too.</summary>
    /// <param name="column">Its name, unique among the source's columns, such as "revenue".</param>
    /// <param name="expression">Arithmetic over number columns of the source and columns derived before, such as "quantity * price"; see <see cref="FeaturePlan"/>.</param>
    /// <param name="unit">Its unit, if any, such as "EUR".</param>
    public SourceFeatures Derive(string column, string expression, string? unit = null)
    {
        _derived.Add(new DerivedColumn(_source, column, expression, unit));
        return this;
    }

    /// <summary>Declares features of the facts that pass a filter. It holds inside <paramref name="declare"/> only, together with the filters around it;
    /// the windows and the lag are inherited.</summary>
    /// <param name="filter">A filter on any column of the source.</param>
    /// <param name="declare">Declares the features, such as <c>t => t.Count().Recency()</c>.</param>
    /// <param name="alias">Stands in front of their names; by default the filter in words, such as "ticket" or "amount_above_0".</param>
    public SourceFeatures Where(EventFilter filter, Action<SourceFeatures> declare, string? alias = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(declare);
        string name = alias ?? FeatureNames.Alias(filter);
        declare(new SourceFeatures(_source, _features, _derived, [.. _where, filter], Prefixed(name), _windows, _lag));
        return this;
    }

    /// <summary>Declares the same features once for each of some categories: one <see cref="Where"/> each.</summary>
    /// <param name="column">A category column of the source.</param>
    /// <param name="categories">The categories, such as "ticket" and "order". They are named, never taken from data: a plan has nothing fitted in it.</param>
    /// <param name="declare">Declares the features of one category.</param>
    public SourceFeatures PerCategory(string column, IEnumerable<string> categories, Action<SourceFeatures> declare)
    {
        ArgumentNullException.ThrowIfNull(categories);
        foreach (string category in categories)
        {
            Where(EventFilter.Is(column, category), declare);
        }

        return this;
    }

    private string Prefixed(string name) => _alias is null ? name : $"{_alias}_{name}";

    private SourceFeatures PerWindow(FeatureAggregate aggregate, string? column = null, double? parameter = null, TimeSpan? period = null, IWindowAggregate? custom = null)
    {
        foreach (FeatureWindow? window in _windows.Length == 0 ? [null] : (IEnumerable<FeatureWindow?>)_windows)
        {
            Add(aggregate, column, window?.LaggedBy(window.Lag == TimeSpan.Zero ? _lag : window.Lag), parameter, period, custom);
        }

        return this;
    }

    private SourceFeatures Once(FeatureAggregate aggregate, string? column = null, TimeSpan? period = null)
    {
        Add(aggregate, column, null, null, period, null);
        return this;
    }

    private void Add(FeatureAggregate aggregate, string? column, FeatureWindow? window, double? parameter, TimeSpan? period, IWindowAggregate? custom)
    {
        string? word = aggregate == FeatureAggregate.Custom ? (column is null ? custom?.Name : null) : AggregateCatalog.Find(aggregate)?.Group;
        FeatureDefinition feature = new()
        {
            Name = string.Empty,
            Source = _source,
            Aggregate = aggregate,
            Column = column,
            Window = window,
            Parameter = parameter,
            Period = period,
            Custom = custom,
            Where = _where,
            Group = string.Join(' ', new[] { _alias ?? _source, column, word }.Where(part => !string.IsNullOrEmpty(part))),
        };
        _features.Add(feature with { Name = FeatureNames.Of(feature, _alias) });
    }
}
