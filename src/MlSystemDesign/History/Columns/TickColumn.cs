using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Times as UTC ticks.</summary>
internal sealed class TickColumn(ReadOnlyMemory<long> ticks, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    public override ReadOnlyMemory<long> ToTicks(TimeZoneInfo? zone) => ticks;

    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft)
    {
        long time = ticks.Span[row];
        if ((ulong)time > (ulong)DateTimeOffset.MaxValue.Ticks)
        {
            draft.Fail(BadRowReason.TimeUnreadable, what, string.Create(CultureInfo.InvariantCulture, $"{time} ticks, which no date has,"));
        }

        return time;
    }
}
