namespace MlSystemDesign.History;

/// <summary>What came in, what was left out and why, and what was assumed.</summary>
public sealed record IngestReport
{
    /// <summary>Gets one entry per source that was read, in the order of declaration.</summary>
    public required IReadOnlyList<SourceReport> Sources { get; init; }

    /// <summary>Gets the number of entities of the history, over all sources.</summary>
    public required int Entities { get; init; }

    /// <summary>Finds the report of a source.</summary>
    /// <param name="source">The source's name.</param>
    /// <exception cref="ArgumentException">It was not read.</exception>
    public SourceReport this[string source] => Sources.FirstOrDefault(s => string.Equals(s.Source, source, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"The source must be one that was read. Got '{source}'. Use one of: {string.Join(", ", Sources.Select(s => s.Source))}.", nameof(source));

    /// <summary>Returns a table for a person to read, the same in every culture.</summary>
    public override string ToString() => IngestReportText.Write(this);
}
