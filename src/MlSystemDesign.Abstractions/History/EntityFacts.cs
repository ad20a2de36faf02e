namespace MlSystemDesign;

/// <summary>Facts of one entity from every source of a history.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Sources">One table per source, in the order of the history's schema; a table may be empty.</param>
public sealed record EntityFacts(EntityKey Entity, IReadOnlyList<FactTable> Sources)
{
    /// <summary>Finds the facts of a source.</summary>
    /// <param name="source">The source's name.</param>
    /// <exception cref="ArgumentException">There is no such source.</exception>
    public FactTable this[string source] => Sources.FirstOrDefault(t => string.Equals(t.Schema.Name, source, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"The source must be one of the history. Got '{source}'. Use one of: {string.Join(", ", Sources.Select(t => t.Schema.Name))}.", nameof(source));
}
