namespace MlSystemDesign.History;

/// <summary>Times as texts.</summary>
internal sealed class TextTimeColumn(IReadOnlyList<string?> texts, string? exact) : TimeColumn(default)
{
    private readonly TimeFormat _format = new(string.Empty, exact, null);

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
