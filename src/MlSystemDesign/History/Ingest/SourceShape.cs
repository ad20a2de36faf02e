using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>What a mapping says about a source, whatever its rows are.</summary>
internal sealed class SourceShape
{
    public List<SourceColumn> Columns { get; } = [];

    public bool HasTime { get; set; }

    public bool HasKnownTime { get; set; }

    public bool HasSequence { get; set; }

    public bool HasEventKey { get; set; }

    public bool HasRetracted { get; set; }

    public bool HasEntity { get; set; }

    /// <summary>Gets or sets the one column that holds the entity, if the mapping names one.</summary>
    public string? EntityColumn { get; set; }

    public TimeSpan KnownAfter { get; set; }

    public DateTimeOffset? ObservedFrom { get; set; }

    public DateTimeOffset? ObservedUntil { get; set; }

    public BadRows BadRows { get; set; }

    public TimeZoneInfo? Zone { get; set; }

    public int AddColumn(string name, ColumnKind kind, string? unit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Columns.Exists(c => string.Equals(c.Name, name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"Column names must be unique within a source. Got '{name}' twice. Rename one.", nameof(name));
        }

        Columns.Add(new SourceColumn(name, kind, unit));
        return Columns.Count - 1;
    }

    /// <summary>Returns the schema that rows of this shape have, before their span is known.</summary>
    public SourceSchema ToSchema(string source, SourceKind kind) => new()
    {
        Name = source,
        Kind = kind,
        Columns = [.. Columns],
        Observed = new TimeWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
        KnownAfter = KnownAfter,
        HasKnownTime = HasKnownTime,
        HasSequence = HasSequence,
    };

    /// <summary>Returns the columns that rows of this shape have.</summary>
    public SourceColumns ToColumns() => new([.. Columns])
    {
        HasKnownTime = HasKnownTime,
        HasSequence = HasSequence,
        HasEventKey = HasEventKey,
        HasRetracted = HasRetracted,
        DelayTicks = KnownAfter.Ticks,
    };

    /// <summary>Checks that the mapping is complete and does not contradict itself.</summary>
    public void Validate(string source, SourceKind kind)
    {
        if (!HasEntity)
        {
            throw new ArgumentException($"A source must say which entity a row belongs to. Got none for source '{source}'. Map it with Entity(...).");
        }

        if (kind == SourceKind.Events && !HasTime)
        {
            throw new ArgumentException($"An event must have a time. Got none for source '{source}'. Map it with Time(...), or add undated rows with AddAttributes.");
        }

        if (!HasTime && (HasKnownTime || KnownAfter != TimeSpan.Zero || ObservedFrom is not null || ObservedUntil is not null))
        {
            throw new ArgumentException(
                $"Undated attributes hold from the beginning of time: they have no known time, delay or observed span. Got one for source '{source}'. Map their time with Time(...), or drop it.");
        }

        if (HasKnownTime && KnownAfter != TimeSpan.Zero)
        {
            throw new ArgumentException($"A source must have a known time per row or one fixed delay, not both. Got both for source '{source}'. Drop KnownTime or KnownAfter.");
        }

        if (HasRetracted && !HasEventKey)
        {
            throw new ArgumentException($"A retraction must say what it retracts. Got retractions without an event key for source '{source}'. Map the key with EventKey(...).");
        }

        if (ObservedFrom >= ObservedUntil)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The observed span must end after it starts. Got {ObservedFrom:O} until {ObservedUntil:O} for source '{source}'. Swap them."));
        }
    }

    /// <summary>Finds what keeps rows of this shape from joining a source that is there.</summary>
    /// <returns>The difference in words, or <see langword="null"/>.</returns>
    public string? DifferenceFrom(SourceSchema schema, bool hasTime, bool hasEventKey, SourceKind kind) =>
        kind != schema.Kind ? $"{kind} where it holds {schema.Kind}"
        : HasEventKey != hasEventKey ? (HasEventKey ? "an event key where it has none" : "no event key where it has one")
        : !Columns.SequenceEqual(schema.Columns) ? $"columns {Names(Columns)} where it has {Names(schema.Columns)}"
        : HasTime != hasTime ? (HasTime ? "times where its facts are undated" : "undated facts where it has times")
        : HasKnownTime != schema.HasKnownTime ? (HasKnownTime ? "known times where it has none" : "no known times where it has them")
        : HasSequence != schema.HasSequence ? (HasSequence ? "sequence numbers where it has none" : "no sequence numbers where it has them")
        : KnownAfter != schema.KnownAfter ? $"a delay of {KnownAfter} where it has {schema.KnownAfter}"
        : null;

    private static string Names(IEnumerable<SourceColumn> columns) =>
        string.Join(", ", columns.Select(NameOf));

    public static string NameOf(SourceColumn c) => c.Unit is null ? $"{c.Name} ({c.Kind})" : $"{c.Name} ({c.Kind}, {c.Unit})";
}
