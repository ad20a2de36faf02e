using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>Windows in words, and back.</summary>
internal static class FeatureWindowText
{
    private const string AllHistory = "all history", Lagged = " lagged ", Zone = " in ", Last = "last ", Events = " events", Months = " mo", Days = " d";

    internal static string Of(FeatureWindow window)
    {
        string lag = window.Lag == TimeSpan.Zero ? string.Empty : Lagged + FeatureNames.Length(window.Lag, " ");
        return window.Kind switch
        {
            WindowKind.WholeHistory => AllHistory + lag,
            WindowKind.LastEvents => string.Create(CultureInfo.InvariantCulture, $"{Last}{window.Events}{Events}{lag}"),
            WindowKind.Calendar => Calendar(window) + lag + Zone + window.Zone, // the zone stands last: whatever it holds, it ends the text
            _ => FeatureNames.Length(window.Length, " ") + lag,
        };
    }

    internal static FeatureWindow Parse(string text)
    {
        // A zone may hold anything, so it is cut off first.
        int zoneAt = text.IndexOf(Zone, StringComparison.Ordinal);
        string? zone = zoneAt < 0 ? null : text[(zoneAt + Zone.Length)..];
        string rest = zoneAt < 0 ? text : text[..zoneAt];
        int lagAt = rest.IndexOf(Lagged, StringComparison.Ordinal);
        TimeSpan lag = lagAt < 0 ? TimeSpan.Zero : ParseLength(rest[(lagAt + Lagged.Length)..], text);
        rest = lagAt < 0 ? rest : rest[..lagAt];
        FeatureWindow window = zone is not null
            ? ParseCalendar(rest, zone, text)
            : rest == AllHistory
                ? FeatureWindow.WholeHistory
                : rest.StartsWith(Last, StringComparison.Ordinal) && rest.EndsWith(Events, StringComparison.Ordinal) && rest.Length >= Last.Length + Events.Length
                    ? FeatureWindow.OfLastEvents(ParseNumber(rest[Last.Length..^Events.Length], text))
                    : FeatureWindow.Of(ParseLength(rest, text));
        return window.LaggedBy(lag);
    }

    /// <summary>Reads a length such as "30 d" or "90 min".</summary>
    internal static TimeSpan ParseLength(string text) => ParseLength(text, text);

    private static TimeSpan ParseLength(string text, string whole)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0
            && long.TryParse(text.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && FeatureNames.TicksOf(text[(space + 1)..]) is { } unit
            && (Int128)number * unit is var ticks && ticks >= long.MinValue && ticks <= long.MaxValue
            ? new TimeSpan((long)ticks)
            : throw Fault(whole);
    }

    private static string Calendar(FeatureWindow window) => (window.Months, window.Days) switch
    {
        (not 0, not 0) => string.Create(CultureInfo.InvariantCulture, $"{window.Months}{Months} {window.Days}{Days}"),
        (not 0, _) => string.Create(CultureInfo.InvariantCulture, $"{window.Months}{Months}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{window.Days}{Days}"),
    };

    private static FeatureWindow ParseCalendar(string text, string zone, string whole)
    {
        int monthsAt = text.IndexOf(Months, StringComparison.Ordinal);
        int months = monthsAt < 0 ? 0 : ParseNumber(text[..monthsAt], whole);
        string rest = monthsAt < 0 ? text : text[(monthsAt + Months.Length)..].TrimStart(' ');
        return rest.Length == 0 && monthsAt >= 0
            ? FeatureWindow.OfMonths(months, zone)
            : rest.EndsWith(Days, StringComparison.Ordinal)
                ? FeatureWindow.OfCalendar(months, ParseNumber(rest[..^Days.Length], whole), zone)
                : throw Fault(whole);
    }

    private static int ParseNumber(string text, string whole) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw Fault(whole);

    private static FormatException Fault(string text) => new(
        $"A length or window must be written like '30 d', 'all history', 'last 5 events', '1 mo in Europe/Amsterdam' or '30 d lagged 7 d'. Got '{text}'. Write it so.");
}
