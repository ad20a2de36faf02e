namespace MlSystemDesign;

/// <summary>One row of a source on its own: an event, an attribute, or a version or retraction of one, as it arrives.</summary>
/// <remarks>What the rows of a batch say in columns, said of one row without an allocation.</remarks>
public readonly ref struct FactRow
{
    /// <summary>Gets the entity.</summary>
    public required EntityKey Entity { get; init; }

    /// <summary>Gets when it happened; the default value for an undated attribute, which holds from the beginning of time.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Gets when it could have been known. Only of a source with <see cref="SourceSchema.HasKnownTime"/>; of any other the source's delay tells.</summary>
    public DateTimeOffset KnownTime { get; init; }

    /// <summary>Gets the sequence number. Only of a source with <see cref="SourceSchema.HasSequence"/>.</summary>
    public long Sequence { get; init; }

    /// <summary>Gets which event it is a version of; the default value of a source whose rows are never corrected. Rows without a key are different events, equal ones too.</summary>
    public EntityKey EventKey { get; init; }

    /// <summary>Gets a value indicating whether it says that the event of its key did not happen.</summary>
    public bool IsRetraction { get; init; }

    /// <summary>Gets the values of the source's number columns, in their order; NaN is missing. Infinity is a bad row. May be empty for a retraction.</summary>
    public ReadOnlySpan<double> Numbers { get; init; }

    /// <summary>Gets the values of the source's category columns, in their order; <see langword="null"/> or empty is missing. May be empty for a retraction.</summary>
    public ReadOnlySpan<string?> Categories { get; init; }
}
