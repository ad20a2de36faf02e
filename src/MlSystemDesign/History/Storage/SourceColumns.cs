namespace MlSystemDesign.History;

/// <summary>Which columns the rows of a source have.</summary>
internal sealed record SourceColumns(IReadOnlyList<SourceColumn> Columns)
{
    public bool HasKnownTime { get; init; }

    public bool HasSuperseded { get; init; }

    public bool HasSequence { get; init; }

    public bool HasEventKey { get; init; }

    public bool HasRetracted { get; init; }

    public long DelayTicks { get; init; }
}
