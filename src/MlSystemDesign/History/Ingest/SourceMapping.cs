namespace MlSystemDesign.History;

/// <summary>What every mapping of rows to facts can say about the source as a whole.</summary>
/// <typeparam name="TSelf">The mapping itself, so that calls chain.</typeparam>
public abstract class SourceMapping<TSelf>
    where TSelf : SourceMapping<TSelf>
{
    private protected SourceMapping()
    {
    }

    internal SourceShape Shape { get; } = new();

    /// <summary>States the fixed delay after which a fact is known. Zero by default.</summary>
    /// <param name="delay">Zero or positive.</param>
    public TSelf KnownAfter(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(delay), $"The delay must not be negative. Got {delay}. Announcements that are known before they happen carry their own KnownTime.");
        }

        Shape.KnownAfter = delay;
        return (TSelf)this;
    }

    /// <summary>States the first instant that the source has watched. By default the time of the first event, which the ingest report says.</summary>
    /// <param name="instant">The first instant inside.</param>
    public TSelf ObservedFrom(DateTimeOffset instant)
    {
        Shape.ObservedFrom = instant;
        return (TSelf)this;
    }

    /// <summary>States the first instant that the source has no longer watched. By default just after the last event, or the end of its day when all times are whole days.</summary>
    /// <param name="instant">The first instant outside.</param>
    public TSelf ObservedUntil(DateTimeOffset instant)
    {
        Shape.ObservedUntil = instant;
        return (TSelf)this;
    }

    /// <summary>States what happens to rows that cannot be used. The first one fails the ingest by default.</summary>
    /// <param name="policy">Fail, or skip and report.</param>
    /// <remarks>A row for which the mapping's own code throws is one of them. Cancellation, and faults of the file or database itself (<see cref="IOException"/>,
    /// <see cref="System.Data.Common.DbException"/>), end the ingest under every policy.</remarks>
    public TSelf OnBadRows(BadRows policy)
    {
        Shape.BadRows = policy;
        return (TSelf)this;
    }

    /// <summary>States the zone of times that carry none. UTC by default, which the ingest report says.</summary>
    /// <param name="zone">The zone. Of a local time that happens twice the standard time is taken, the later instant; one that never happens is a bad row.</param>
    public TSelf InZone(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Shape.Zone = zone;
        return (TSelf)this;
    }
}
