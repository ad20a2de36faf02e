using System.Globalization;
using System.Text;
using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>One row with everything that a source can declare.</summary>
internal sealed record Row(string Who, long Hour, long KnownHour, long Sequence, double Amount, string? Kind, long EventKey)
{
    public DateTimeOffset At => HistoryRows.Instant(Hour);

    public DateTimeOffset Known => HistoryRows.Instant(KnownHour);
}

/// <summary>Random rows with many ties, late facts and awkward values, and what a history says about them in text.</summary>
internal static class HistoryRows
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<Row> One { get; } =
        from who in OneOf("anna", "ben", "Zoë", "ıpek")
        from hour in Gen.Long[0, 8]
        from delay in Gen.Long[-2, 5]
        from sequence in Gen.Long[0, 1]
        from amount in OneOf(double.NaN, -0.0, 0, 1.5, 2)
        from kind in OneOf<string?>(null, "i", "I", "ı", "é")
        from key in Gen.Long[0, 40]
        select new Row(who, hour, hour + delay, sequence, amount, kind, key);

    public static Gen<Row[]> Many { get; } = One.Array[1, 40];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static DateTimeOffset Instant(long hour) => Start.AddHours(hour);

    /// <summary>Builds a history in one go.</summary>
    public static InMemoryHistory Build(IEnumerable<Row> rows, bool corrections = false) => new HistoryBuilder().AddEvents("events", rows, Map(corrections)).Build().History;

    public static Action<ObjectMapping<Row>> Map(bool corrections = false) => m =>
    {
        m.Entity(r => r.Who).Time(r => r.At).KnownTime(r => r.Known).Sequence(r => r.Sequence).Number("amount", r => r.Amount).Category("kind", r => r.Kind);
        if (corrections)
        {
            m.EventKey(r => r.EventKey);
        }
    };

    /// <summary>Writes down every bit that a history shows: at all cutoffs, ahead, codes and levels and span included.</summary>
    public static string Everything(IHistory history)
    {
        StringBuilder text = new();
        SourceSchema schema = history.Schema["events"];
        text.AppendLine(CultureInfo.InvariantCulture, $"{history.EntityCount} {schema.Observed}");
        for (long hour = -1; hour < 16; hour++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"known before {hour}: {string.Join(",", history.EntitiesKnownBefore(Instant(hour)))}");
        }

        foreach (string who in new[] { "anna", "ben", "Zoë", "ıpek" })
        {
            text.Append(Everything(history, who));
        }

        return text.ToString();
    }

    /// <summary>Writes down every bit that a history shows of an entity.</summary>
    public static string Everything(IHistory history, string who)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{who} {history.Contains(who)}");
        for (long hour = -1; hour < 16; hour++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{hour}: {Facts(history.AsOf(who, Instant(hour))["events"], codes: true)}");
        }

        FactTable all = history.LookAhead.ReadAll(who)["events"];
        text.AppendLine(Facts(all, codes: true));
        text.AppendJoin(',', Enumerable.Range(0, all.Count).Select(all.SupersededTickAt)).AppendLine();
        text.AppendLine(Facts(history.LookAhead.Read(who, "events", new TimeWindow(Instant(-1), Instant(20))), codes: true));
        return text.ToString();
    }

    /// <summary>Writes down facts, newest first; without codes, so that histories with other dictionaries compare.</summary>
    public static string Facts(FactTable facts, bool codes = false)
    {
        StringBuilder text = new();
        for (int i = 0; i < facts.Count; i++)
        {
            int code = facts.Codes(1)[i];
            text.Append(CultureInfo.InvariantCulture, $"{facts.EventTicks.Span[i]}/{facts.KnownTickAt(i)}/{facts.Sequence.Span[i]}/{BitConverter.DoubleToInt64Bits(facts.Numbers(0)[i]):x}/");
            text.Append(code < 0 ? "-" : facts.Levels[1]![code]).Append(codes ? code.ToString(CultureInfo.InvariantCulture) : string.Empty).Append(' ');
        }

        return text.ToString();
    }

    /// <summary>The same, by sorting rows plainly.</summary>
    public static string Facts(IEnumerable<Row> rows) => string.Concat(rows
        .OrderByDescending(r => r.Hour).ThenByDescending(r => r.KnownHour).ThenByDescending(r => r.Sequence)
        .ThenByDescending(r => r.Amount).ThenByDescending(r => r.Kind, StringComparer.Ordinal)
        .Select(r => string.Create(
            CultureInfo.InvariantCulture,
            $"{r.At.UtcTicks}/{r.Known.UtcTicks}/{r.Sequence}/{BitConverter.DoubleToInt64Bits(r.Amount + 0.0):x}/{r.Kind ?? "-"} ")));
}
