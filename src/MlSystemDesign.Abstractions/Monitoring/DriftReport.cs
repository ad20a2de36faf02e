namespace MlSystemDesign;

/// <summary>The verdict on one feature, or on all.</summary>
public enum DriftVerdict
{
    /// <summary>No change beyond chance.</summary>
    Stable,

    /// <summary>A change beyond chance, too small to matter.</summary>
    ChangedButImmaterial,

    /// <summary>A change beyond chance, large enough to matter.</summary>
    Material,

    /// <summary>Cannot be computed; the reason says why. A dead feed is not healthy.</summary>
    NotComputable,
}

/// <summary>What is known of one column's change.</summary>
public sealed record ColumnDrift
{
    /// <summary>Gets the column's name; "score" for the model's output.</summary>
    public required string Column { get; init; }

    /// <summary>Gets the verdict.</summary>
    public required DriftVerdict Verdict { get; init; }

    /// <summary>Gets why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the statistics: PSI, KS distance or Cramér's V, missing share; each may be undefined.</summary>
    public required IReadOnlyList<Metric> Statistics { get; init; }

    /// <summary>Gets the smallest p-value of its tests, before correction for many columns; <see langword="null"/> when not computable.</summary>
    public double? PValue { get; init; }
}

/// <summary>What a monitor found.</summary>
public sealed record DriftReport
{
    /// <summary>Gets the worst verdict over all columns; not computable counts above stable and below material.</summary>
    public required DriftVerdict Verdict { get; init; }

    /// <summary>Gets each column's change, worst first, then by name.</summary>
    public required IReadOnlyList<ColumnDrift> Columns { get; init; }

    /// <summary>Gets what became of each check: run, not run (why), undefined (why).</summary>
    public required IReadOnlyList<CheckOutcome> Checks { get; init; }

    /// <summary>Gets the number of reference rows.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Gets the number of current rows.</summary>
    public required int CurrentCount { get; init; }
}
