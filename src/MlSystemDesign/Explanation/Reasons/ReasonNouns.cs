namespace MlSystemDesign.Explanation;

/// <summary>What the facts and columns of a plan are called by those who know the business.</summary>
public sealed record ReasonNouns
{
    /// <summary>Gets what one fact of a source, or of a filter's alias, is called, singular and plural: "events" is "purchase", "purchases".</summary>
    public IReadOnlyDictionary<string, UnitWords> Facts { get; init; } = new Dictionary<string, UnitWords>();

    /// <summary>Gets what columns of a source are called: "amount" is "spend". A column without a noun keeps its name.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}
