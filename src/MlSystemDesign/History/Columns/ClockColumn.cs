namespace MlSystemDesign.History;

/// <summary>Times on a clock.</summary>
internal sealed class ClockColumn(ReadOnlyMemory<DateTime> times, TimeZoneInfo? own, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    public override ReadOnlyMemory<long> ToValues(TimeZoneInfo? zone)
    {
        long[] ticks = new long[times.Length];
        RowDraft draft = new(0);
        for (int row = 0; row < ticks.Length; row++)
        {
            ticks[row] = LocalTime.Resolve(times.Span[row], own ?? zone, string.Empty, draft);
            if (draft.Fault is not null)
            {
                ticks[row] = -1; // the row is read again for the words
                draft.Clear();
            }
        }

        return ticks;
    }

    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft) => LocalTime.Resolve(times.Span[row], own ?? zone, what, draft);
}
