namespace MlSystemDesign.Testing;

/// <summary>One row of a source as it arrives at an engine that takes facts one by one.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Numbers">The values of the number columns, in the order of the source's schema.</param>
/// <param name="Categories">The values of the category columns, in their order.</param>
public sealed record Arrival(string Source, EntityKey Entity, IReadOnlyList<double> Numbers, IReadOnlyList<string?> Categories)
{
    private readonly double[] _numbers = [.. Numbers];
    private readonly string?[] _categories = [.. Categories];

    /// <summary>Gets when it happened; the default value for an undated attribute.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Gets when it became known, of a source that says so.</summary>
    public DateTimeOffset KnownTime { get; init; }

    /// <summary>Gets the sequence number, of a source that has one.</summary>
    public long Sequence { get; init; }

    /// <summary>Gets which event it is a version of; the default value without an event key.</summary>
    public EntityKey EventKey { get; init; }

    /// <summary>Gets a value indicating whether it says that the event of its key did not happen.</summary>
    public bool IsRetraction { get; init; }

    /// <summary>Returns it as the row that an engine takes, over this record's own values.</summary>
    public FactRow ToRow() => new()
    {
        Entity = Entity, Time = Time, KnownTime = KnownTime, Sequence = Sequence, EventKey = EventKey, IsRetraction = IsRetraction, Numbers = _numbers, Categories = _categories,
    };
}
