using System.Globalization;

namespace MlSystemDesign.History;

/// <summary>Times as integers: UTC ticks, or units since 1970.</summary>
/// <param name="values">The times.</param>
/// <param name="unit">Their unit; <see langword="null"/> for ticks.</param>
/// <param name="valid">False where the time is missing; empty when none is.</param>
internal sealed class TickColumn(ReadOnlyMemory<long> values, EpochUnit? unit, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    public override TickScale Scale { get; } = unit is { } since1970 ? TickScale.Since1970(since1970) : TickScale.Ticks;

    public override ReadOnlyMemory<long> ToValues(TimeZoneInfo? zone) => values;

    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft)
    {
        long value = values.Span[row], ticks = Scale.ToTicks(value);
        if (ticks < 0)
        {
            string words = unit switch { null => "ticks", EpochUnit.Seconds => "seconds since 1970", EpochUnit.Milliseconds => "milliseconds since 1970", _ => "microseconds since 1970" };
            draft.Fail(BadRowReason.TimeUnreadable, what, string.Create(CultureInfo.InvariantCulture, $"{value} {words}, which no date has,"));
        }

        return ticks;
    }
}
