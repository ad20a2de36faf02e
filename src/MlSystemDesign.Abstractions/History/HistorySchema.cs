namespace MlSystemDesign;

/// <summary>The sources of a history.</summary>
/// <param name="Sources">The sources, in the order of declaration; names are unique.</param>
public sealed record HistorySchema(IReadOnlyList<SourceSchema> Sources)
{
    /// <summary>Finds a source.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is no such source; the message lists those that exist.</exception>
    public SourceSchema this[string name] => Sources.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"The source must be one of the history. Got '{name}'. Use one of: {string.Join(", ", Sources.Select(s => s.Name))}.", nameof(name));
}
