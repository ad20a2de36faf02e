namespace MlSystemDesign.History;

/// <summary>Rows that were left out for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Column">The column, or <see langword="null"/> when the mapping names none.</param>
/// <param name="Count">How many.</param>
/// <param name="FirstRows">The numbers of the first few rows, from 1, the header not counted.</param>
/// <param name="Example">What stood in the first one.</param>
public sealed record SkippedRows(BadRowReason Reason, string? Column, long Count, IReadOnlyList<long> FirstRows, string Example);

/// <summary>Counts rows that are left out.</summary>
internal sealed class SkippedRowsCounter
{
    private const int Shown = 5;
    private readonly Dictionary<(BadRowReason Reason, string? Column), SkippedRows> _byReason = [];

    public void Add(RowFault fault, long row)
    {
        SkippedRows before = _byReason.GetValueOrDefault((fault.Reason, fault.Column)) ?? new SkippedRows(fault.Reason, fault.Column, 0, [], fault.Came);
        _byReason[(fault.Reason, fault.Column)] = before with
        {
            Count = before.Count + 1,
            FirstRows = before.FirstRows.Count < Shown ? [.. before.FirstRows, row] : before.FirstRows,
        };
    }

    public IReadOnlyList<SkippedRows> ToList() => [.. _byReason.Values.OrderBy(s => s.Reason).ThenBy(s => s.Column, StringComparer.Ordinal)];
}
