namespace MlSystemDesign.History;

/// <summary>Times on a clock.</summary>
internal sealed class ClockColumn(ReadOnlyMemory<DateTime> times, TimeZoneInfo? own, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft) => LocalTime.Resolve(times.Span[row], own ?? zone, what, draft);
}
