namespace MlSystemDesign.History;

/// <summary>Times as instants.</summary>
internal sealed class InstantColumn(ReadOnlyMemory<DateTimeOffset> instants, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    public override ReadOnlyMemory<long> ToValues(TimeZoneInfo? zone)
    {
        long[] ticks = new long[instants.Length];
        for (int row = 0; row < ticks.Length; row++)
        {
            ticks[row] = instants.Span[row].UtcTicks;
        }

        return ticks;
    }

    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft) => instants.Span[row].UtcTicks;
}
