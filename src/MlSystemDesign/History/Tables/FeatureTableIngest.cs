namespace MlSystemDesign.History;

/// <summary>A ready table: features, and what came with them.</summary>
public sealed record FeatureTableIngest
{
    /// <summary>Gets the features, one row per row kept, in the order of the input.</summary>
    public required FeatureTable Features { get; init; }

    /// <summary>Gets n targets; empty when none was mapped.</summary>
    public required ReadOnlyMemory<double> Targets { get; init; }

    /// <summary>Gets the money columns by their names.</summary>
    public required IReadOnlyDictionary<string, MoneyColumn> Money { get; init; }

    /// <summary>Gets what acting or not costs per row; <see langword="null"/> when no costs were mapped.</summary>
    public CostMatrix? Costs { get; init; }

    /// <summary>Gets the number of rows that came, the header not counted.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Gets the rows that were left out, by reason.</summary>
    public required IReadOnlyList<SkippedRows> Skipped { get; init; }
}
