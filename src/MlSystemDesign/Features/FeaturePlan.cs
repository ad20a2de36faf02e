using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>Declares features: which aggregate of which column of which source, over which window before the cutoff. Nothing in it is fitted to data.</summary>
/// <remarks>Immutable; safe for concurrent use; two plans with the same <see cref="Hash"/> compute the same. Faults are collected, not thrown one by one:
/// <see cref="FaultsFor"/> tells them all, and a builder refuses a faulty plan.</remarks>
/// <example><code>
/// FeaturePlan plan = FeaturePlan
///     .For("purchases", f => f
///         .OverDays(30, 60, 90).Count().Sum("amount").Mean("amount")
///         .Where(EventFilter.Is("kind", "return"), r => r.Count())
///         .OverDays(90).Slope("amount")
///         .Recency())
///     .And("customers", f => f.Attribute("fee").Category("plan"));
/// </code></example>
public sealed class FeaturePlan
{
    private string? _json;

    /// <summary>Creates a plan from definitions, which become its columns, in order.</summary>
    /// <param name="features">The features.</param>
    public FeaturePlan(params IEnumerable<FeatureDefinition> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Features = Array.AsReadOnly(features.ToArray());
    }

    /// <summary>Gets the features, in the order of the table's columns.</summary>
    public IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>Gets the columns computed fact by fact.</summary>
    public IReadOnlyList<DerivedColumn> DerivedColumns { get; init; } = [];

    /// <summary>Gets the SHA-256 of <see cref="ToJson"/> in lower-case hexadecimal: the version of the plan, the same on every machine.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Starts a plan with the features of one source.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="declare">Declares them.</param>
    public static FeaturePlan For(string source, Action<SourceFeatures> declare) => new FeaturePlan().And(source, declare);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="DataFormatException">The text is not a plan.</exception>
    public static FeaturePlan FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FeaturePlanJson.Read(Encoding.UTF8.GetBytes(json));
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
        HashSet<string> taken = Features.Where(f => f.Source != source).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return new FeaturePlan([.. Features, .. features.Declared.Select(f => taken.Contains(f.Name) ? f with { Name = $"{source}_{f.Name}" } : f)]);
    }

    /// <summary>Checks the plan, by itself and against a history.</summary>
    /// <param name="history">The sources that it will read; <see langword="null"/> to check the plan by itself.</param>
    /// <returns>Every fault, in three parts: what must hold, what came, what to do. Empty when there is none.</returns>
    public IReadOnlyList<string> FaultsFor(HistorySchema? history) => FeaturePlanFaults.Of(this, history);

    /// <summary>Writes the plan as JSON: equal plans give equal text, in every culture.</summary>
    public string ToJson() => _json ??= FeaturePlanJson.Write(this);

    /// <summary>Returns the features' names.</summary>
    public override string ToString() => $"{Features.Count} features: {string.Join(", ", Features.Select(f => f.Name))}";

    internal FeatureSchema SchemaIn(HistorySchema? history) =>
        new(Features.Select(f => f.ToColumn(history?.Sources.FirstOrDefault(s => string.Equals(s.Name, f.Source, StringComparison.Ordinal)))));
}
