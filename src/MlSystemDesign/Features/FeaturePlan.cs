using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Declares features: which aggregate of which column of which source, over which window before the cutoff. Nothing in it is fitted to data.</summary>
/// <remarks>
/// <para>Immutable; safe for concurrent use; two plans with the same <see cref="Hash"/> compute the same. Faults are collected, not thrown one by one:
/// <see cref="FaultsFor"/> tells them all, and a builder refuses a faulty plan.</para>
/// <para>Derived columns and expressions are arithmetic as text: numbers as in code (0.5, 1e-3) whatever the culture; names of letters, digits and underscores, any other
/// name in [brackets]; + - * /, unary -, parentheses; abs, log (natural), exp, sqrt, floor, min, max, pow; and if(a &gt; b, value, other value) with
/// &lt; &lt;= &gt; &gt;= == !=. What needs a missing value is missing, and so is what is not finite; an if does not need the value that it does not pick.</para>
/// </remarks>
/// <example><code>
/// FeaturePlan plan = FeaturePlan
///     .For("purchases", f => f
///         .Derive("revenue", "quantity * price", "EUR")
///         .OverDays(30, 60, 90).Count().Sum("revenue").Ratio("revenue_sum", 30, 90)
///         .Where(EventFilter.Is("kind", "return"), r => r.Count())
///         .OverMonths("Europe/Amsterdam", 12).Median("revenue")
///         .Recency())
///     .And("customers", f => f.Attribute("fee").Category("plan"))
///     .Derive("spend_per_purchase", "revenue_sum_90d / count_90d", "EUR");
/// </code></example>
public sealed class FeaturePlan
{
    private string? _json;

    /// <summary>Creates a plan from definitions, which become its columns, in order.</summary>
    /// <param name="features">The features.</param>
    public FeaturePlan(params IEnumerable<FeatureDefinition> features)
        : this(features, [])
    {
    }

    /// <summary>Creates a plan from definitions, which become its columns, in order, and the columns that they read besides those of the sources.</summary>
    /// <param name="features">The features.</param>
    /// <param name="derivedColumns">The derived columns; one may read those of its source that stand before it.</param>
    /// <exception cref="ArgumentException">A feature or a column is <see langword="null"/>.</exception>
    public FeaturePlan(IEnumerable<FeatureDefinition> features, IEnumerable<DerivedColumn> derivedColumns)
    {
        Features = Array.AsReadOnly(WithoutNull(features, nameof(features)));
        DerivedColumns = Array.AsReadOnly(WithoutNull(derivedColumns, nameof(derivedColumns)));
    }

    /// <summary>Gets the features, in the order of the table's columns.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>Gets the number columns that are computed fact by fact; features of their source can read them like its own.</summary>
    public IReadOnlyList<DerivedColumn> DerivedColumns { get; }

    /// <summary>Gets the SHA-256 of <see cref="ToJson"/> in lower-case hexadecimal: the version of the plan, the same on every machine.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Gets the host's own aggregates, each name once, in the order of first use.</summary>
    internal IEnumerable<IWindowAggregate> CustomAggregates => Features.Select(f => f.Custom).OfType<IWindowAggregate>().DistinctBy(a => a.Name, StringComparer.Ordinal);

    /// <summary>Starts a plan with the features of one source.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="declare">Declares them.</param>
    public static FeaturePlan For(string source, Action<SourceFeatures> declare) => new FeaturePlan().And(source, declare);

    /// <summary>Reads what <see cref="ToJson"/> wrote, with this version of the library or an older one.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="DataFormatException">The text is not a plan, or names a custom aggregate.</exception>
    public static FeaturePlan FromJson(string json) => FromJson(json, []);

    /// <summary>Reads what <see cref="ToJson"/> wrote, with this version of the library or an older one.</summary>
    /// <param name="json">The text.</param>
    /// <param name="customAggregates">The host's own aggregates, found by their names.</param>
    /// <exception cref="DataFormatException">The text is not a plan, or names a custom aggregate that was not given.</exception>
    public static FeaturePlan FromJson(string json, IEnumerable<IWindowAggregate> customAggregates)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(customAggregates);
        return FeaturePlanJson.Read(Encoding.UTF8.GetBytes(json), customAggregates);
    }

    /// <summary>Returns this plan with the features of one more source, or with more of the same.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="declare">Declares them.</param>
    /// <remarks>A name that a feature of another source has already gets the source's name in front: "visits_count_30d". Names given before stay.</remarks>
    public FeaturePlan And(string source, Action<SourceFeatures> declare)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentNullException.ThrowIfNull(declare);
        SourceFeatures features = new(source);
        declare(features);
        return PlanMerge.Of(this, features.Declared, source);
    }

    /// <summary>Returns this plan with the features of another, such as a pack: <c>plan.And(FeaturePacks.EngagementTrend("visits"))</c>.</summary>
    /// <param name="other">The other plan.</param>
    /// <remarks>A name that a feature of another source has already gets the source's name in front, and the other plan's expressions follow. A feature that this plan has
    /// already, to the letter, is not added twice.</remarks>
    public FeaturePlan And(FeaturePlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PlanMerge.Of(this, other);
    }

    /// <summary>Returns this plan with a feature that is arithmetic over its number features, row by row.</summary>
    /// <param name="name">The feature's name, such as "spend_per_visit".</param>
    /// <param name="expression">The arithmetic, such as "amount_sum_30d / visits_count_30d"; see <see cref="FeaturePlan"/>.</param>
    /// <param name="unit">Its unit, if any.</param>
    public FeaturePlan Derive(string name, string expression, string? unit = null) => new(
        [.. Features, new FeatureDefinition { Name = name, Source = string.Empty, Aggregate = FeatureAggregate.Expression, Expression = expression, Unit = unit }],
        DerivedColumns);

    /// <summary>Returns this plan with more columns that are computed fact by fact, after those that it has.</summary>
    /// <param name="columns">The columns.</param>
    public FeaturePlan WithDerivedColumns(params IEnumerable<DerivedColumn> columns) => new(Features, [.. DerivedColumns, .. columns]);

    /// <summary>Checks the plan, by itself and against a history.</summary>
    /// <param name="history">The sources that it will read; <see langword="null"/> to check the plan by itself.</param>
    /// <returns>Every fault, in three parts: what must hold, what came, what to do. Empty when there is none.</returns>
    public IReadOnlyList<string> FaultsFor(HistorySchema? history) => FeaturePlanFaults.Of(this, history);

    /// <summary>Writes the plan as JSON: equal plans give equal text, in every culture. A custom aggregate is written by its name.</summary>
    public string ToJson() => _json ??= FeaturePlanJson.Write(this);

    /// <summary>Returns the features' names.</summary>
    public override string ToString() => $"{Features.Count} features: {string.Join(", ", Features.Select(f => f.Name))}";

    /// <summary>Returns a source with the columns that the plan derives behind its own.</summary>
    internal SourceSchema WithDerived(SourceSchema source) => DerivedColumns.Any(d => d.Source == source.Name)
        ? source with { Columns = [.. source.Columns, .. DerivedColumns.Where(d => d.Source == source.Name).Select(d => new SourceColumn(d.Name, ColumnKind.Number, d.Unit))] }
        : source;

    internal FeatureSchema SchemaIn(HistorySchema? history)
    {
        Dictionary<string, SourceSchema> sources = (history?.Sources ?? []).ToDictionary(s => s.Name, StringComparer.Ordinal);
        return new(Features.Select(f =>
        {
            DerivedColumn? derived = DerivedColumns.FirstOrDefault(d => d.Source == f.Source && d.Name == f.Column);
            int column = f.Column is null || derived is not null || !sources.TryGetValue(f.Source, out SourceSchema? source) ? -1 : source.IndexOf(f.Column);
            return f.ToColumn(derived?.Unit ?? (column < 0 ? null : sources[f.Source].Columns[column].Unit), derived);
        }));
    }

    private static T[] WithoutNull<T>(IEnumerable<T> items, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        T[] array = [.. items];
        return Array.IndexOf(array, null) < 0 ? array : throw new ArgumentException("A plan must consist of definitions. Got a null among them. Leave it out.", name);
    }
}
