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

    protected abstract long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft);
}
