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

    /// <summary>Gets what the values of <see cref="ToValues"/> mean.</summary>
    public virtual TickScale Scale => TickScale.Ticks;

    /// <summary>Returns the times on the <see cref="Scale"/>; what is none is no date on it.</summary>
    /// <param name="zone">The zone of times that carry none, unless the column has its own.</param>
    public abstract ReadOnlyMemory<long> ToValues(TimeZoneInfo? zone);

    /// <summary>Gives rows without a usable time −1.</summary>
    /// <param name="times">The UTC ticks of the rows; what is none is negative or beyond the last date.</param>
    /// <param name="start">The first row.</param>
    /// <param name="ids">One place per row from there on.</param>
    public void Mark(ReadOnlySpan<long> times, int start, Span<int> ids)
    {
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
