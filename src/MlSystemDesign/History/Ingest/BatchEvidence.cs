using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MlSystemDesign.History;

/// <summary>Collects, part by part, what the rows of a batch tell of their source.</summary>
/// <param name="rows">The number of rows of the batch.</param>
internal sealed class BatchEvidence(int rows)
{
    /// <summary>Gets the number of good rows.</summary>
    public long Taken { get; private set; }

    /// <summary>Gets the number of good rows that became known later than they happened.</summary>
    public long Late { get; private set; }

    /// <summary>Gets the number of good rows that are retractions.</summary>
    public long Retracted { get; private set; }

    /// <summary>Gets the good rows that became known at another time than they happened; <see langword="null"/> when they are many.</summary>
    public List<ApartRow>? Apart { get; private set; } = [];

    /// <summary>Adds a part.</summary>
    /// <param name="span">The evidence of the source so far.</param>
    /// <param name="start">The first row of the part.</param>
    /// <param name="ids">The id of each row, −1 for a bad one.</param>
    /// <param name="events">The event times.</param>
    /// <param name="known">The known times; empty when the source has none.</param>
    /// <param name="retracted">The retractions; empty when the source has none.</param>
    /// <returns>The evidence with these rows.</returns>
    public SpanEvidence Add(
        SpanEvidence span, int start, ReadOnlySpan<int> ids, ReadOnlySpan<long> events, ReadOnlySpan<long> known, ReadOnlySpan<bool> retracted)
    {
        if (!ids.Contains(-1))
        {
            Taken += ids.Length;
            Retracted += retracted.Count(true);
            AddKnown(start, events, known);
            return Join(span, events);
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0)
            {
                Taken++;
                Retracted += retracted.Length != 0 && retracted[i] ? 1 : 0;
                AddKnown(start + i, events.Slice(i, 1), known.Length == 0 ? default : known.Slice(i, 1));
                span = span.With(events[i]);
            }
        }

        return span;
    }

    private static SpanEvidence Join(SpanEvidence span, ReadOnlySpan<long> events)
    {
        if (events.IsEmpty)
        {
            return span;
        }

        bool wholeDays = span.WholeDays;
        for (int i = 0; wholeDays && i < events.Length; i++)
        {
            wholeDays = events[i] % TimeSpan.TicksPerDay == 0;
        }

        (long first, long last) = ColumnScan.Range(events);
        return span with { First = Math.Min(span.First, first), Last = Math.Max(span.Last, last), WholeDays = wholeDays };
    }

    private void AddKnown(int start, ReadOnlySpan<long> events, ReadOnlySpan<long> known)
    {
        for (int i = 0; i < known.Length && Apart is not null;)
        {
            i += events[i..].CommonPrefixLength(known[i..]);
            if (i < known.Length)
            {
                Apart.Add(new ApartRow(start + i, known[i]));
                i++;
            }

            Apart = ApartRow.AreMany(Apart.Count, rows) ? null : Apart;
        }

        Late += CountLate(events, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long CountLate(ReadOnlySpan<long> events, ReadOnlySpan<long> known)
    {
        if (known.IsEmpty)
        {
            return 0;
        }

        long late = 0;
        ReadOnlySpan<Vector<long>> happened = MemoryMarshal.Cast<long, Vector<long>>(events), learned = MemoryMarshal.Cast<long, Vector<long>>(known);
        Vector<long> counts = Vector<long>.Zero;
        for (int i = 0; i < happened.Length; i++)
        {
            counts -= Vector.GreaterThan(learned[i], happened[i]);
        }

        for (int i = happened.Length * Vector<long>.Count; i < events.Length; i++)
        {
            late += known[i] > events[i] ? 1 : 0;
        }

        return late + Vector.Sum(counts);
    }
}
