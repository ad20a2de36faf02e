namespace MlSystemDesign.History;

/// <summary>Times as texts.</summary>
internal sealed class TextTimeColumn(IReadOnlyList<string?> texts, string? exact) : TimeColumn(default)
{
    private readonly TimeFormat _format = new(string.Empty, exact, null);

    public override ReadOnlyMemory<long> ToValues(TimeZoneInfo? zone)
    {
        long[] ticks = new long[texts.Count];
        RowDraft draft = new(0);
        for (int row = 0; row < ticks.Length; row++)
        {
            ticks[row] = ReadValid(row, string.Empty, zone, draft);
            if (draft.Fault is not null)
            {
                ticks[row] = -1; // the row is read again for the words
                draft.Clear();
            }
        }

        return ticks;
    }

    protected override long ReadValid(int row, string what, TimeZoneInfo? zone, RowDraft draft)
    {
        string? text = texts[row];
        if (string.IsNullOrWhiteSpace(text))
        {
            draft.Fail(BadRowReason.TimeMissing, null, $"no {what}");
            return 0;
        }

        if (!_format.TryParse(text, out DateTime time))
        {
            draft.Fail(BadRowReason.TimeUnreadable, what, $"'{(text.Length <= 60 ? text : text[..57] + "...")}'");
            return 0;
        }

        return LocalTime.Resolve(time, zone, what, draft);
    }
}
