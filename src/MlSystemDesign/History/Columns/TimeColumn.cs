namespace MlSystemDesign.History;

/// <summary>One time per row.</summary>
/// <param name="valid">False where the time is missing; empty when none is.</param>
internal abstract class TimeColumn(ReadOnlyMemory<bool> valid)
{
    /// <summary>Reads the time of a row.</summary>
    /// <param name="row">The row of the batch.</param>
    /// <param name="what">What the time is, such as "known time".</param>
    /// <param name="zone">The zone of times that carry none, unless the column has its own.</param>
    /// <param name="draft">Gets the fault.</param>
    /// <returns>UTC ticks.</returns>
    public long Read(int row, string what, TimeZoneInfo? zone, RowDraft draft)
    {
        if (!valid.IsEmpty && !valid.Span[row])
        {
            draft.Fail(BadRowReason.TimeMissing, null, $"no {what}");
            return 0;
        }

        return ReadValid(row, what, zone, draft);
    }

    /// <summary>Returns the times in UTC ticks; what is none is negative or beyond the last date.</summary>
    /// <param name="zone">The zone of times that carry none, unless the column has its own.</param>
    public abstract ReadOnlyMemory<long> ToTicks(TimeZoneInfo? zone);

    /// <summary>Gives rows without a usable time −1.</summary>
    /// <param name="ticks">What <see cref="ToTicks"/> returned.</param>
    /// <param name="start">The first row.</param>
    /// <param name="ids">One place per row from there on.</param>
    public void Mark(ReadOnlyMemory<long> ticks, int start, Span<int> ids)
    {
        ReadOnlySpan<long> times = ticks.Span.Slice(start, ids.Length);
        if (times.IsEmpty || (ColumnScan.AreDates(times) && valid.IsEmpty))
        {
            return;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if ((ulong)times[i] > (ulong)DateTimeOffset.MaxValue.Ticks || (!valid.IsEmpty && !valid.Span[start + i]))
            {
                ids[i] = -1;
            }
        }
    }

    protected abstract long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft);
}
