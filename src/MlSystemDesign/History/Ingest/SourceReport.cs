namespace MlSystemDesign.History;

/// <summary>What happened to the rows of one source. In a first ingest, rows read = kept + skipped + replaced + retracted.</summary>
public sealed record SourceReport
{
    /// <summary>Gets the source's name.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the number of rows that came, the header not counted.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Gets the number of rows that are facts of the history.</summary>
    public required long RowsKept { get; init; }

    /// <summary>Gets the rows that were left out, by reason.</summary>
    public required IReadOnlyList<SkippedRows> Skipped { get; init; }

    /// <summary>Gets the number of rows, of this ingest or an earlier one, that a later version of their event replaced at the very time at which they became known: they can never be
    /// visible and are left out. Zero without an event key.</summary>
    public required long RowsReplaced { get; init; }

    /// <summary>Gets the number of facts, of this ingest or an earlier one, that were found to be revised or retracted later. They are kept, because they are visible before.</summary>
    public required long RowsRevised { get; init; }

    /// <summary>Gets the number of rows that came as retractions: they say that an event is not to be counted, and are no facts themselves.</summary>
    public required long RowsRetracted { get; init; }

    /// <summary>Gets the number of kept rows that equal another kept row in entity, times, sequence and every mapped column, beyond the first of each. They are different events
    /// unless an event key says otherwise.</summary>
    public required long ExactDuplicates { get; init; }

    /// <summary>Gets the number of entities with facts in the source.</summary>
    public required int Entities { get; init; }

    /// <summary>Gets the span that the source has watched.</summary>
    public required TimeWindow Observed { get; init; }

    /// <summary>Gets where the span comes from, in words.</summary>
    public required string ObservedBasis { get; init; }

    /// <summary>Gets the number of kept rows that happened outside of a declared span. Their source contradicts its declaration.</summary>
    public required long OutsideObserved { get; init; }

    /// <summary>Gets the share of the rows, in [0, 1], that became known later than they happened.</summary>
    public required double LateShare { get; init; }

    /// <summary>Gets how times without a zone were read, in words.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Gets the bytes that the source takes in memory: the columns of every row that is held, and 12 bytes per entity.</summary>
    public required long ResidentBytes { get; init; }

    /// <summary>Gets the number of rows that were left out because they are bad.</summary>
    public long RowsSkipped => Skipped.Sum(s => s.Count);
}
