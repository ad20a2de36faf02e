namespace MlSystemDesign.History;

/// <summary>Times as instants.</summary>
internal sealed class InstantColumn(ReadOnlyMemory<DateTimeOffset> instants, ReadOnlyMemory<bool> valid) : TimeColumn(valid)
{
    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft) => instants.Span[row].UtcTicks;
}
