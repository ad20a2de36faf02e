using System.Globalization;

namespace MlSystemDesign.Framing;

/// <summary>Finds what is wrong with a frame, and says what a frame is.</summary>
internal static class EventFrameFaults
{
    internal static IReadOnlyList<string> Of(EventFrame frame, HistorySchema history)
    {
        ArgumentNullException.ThrowIfNull(history);
        List<string> faults = [];
        Check(frame.Source, frame.Where, eventsOnly: true, "A label");
        foreach (FrameRule rule in frame.Rules)
        {
            Check(rule.Source, rule.Where, eventsOnly: rule.Kind != FrameRuleKind.InScope, $"The rule '{rule}'");
        }

        return [.. faults.Distinct(StringComparer.Ordinal)];

        void Check(string name, EventFilter? where, bool eventsOnly, string what)
        {
            SourceSchema? source = history.Sources.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));
            if (source is null)
            {
                faults.Add($"{what} must read a source of the history. Got '{name}'. Use one of: {string.Join(", ", history.Sources.Select(s => s.Name))}.");
                return;
            }

            if (eventsOnly && source.Kind != SourceKind.Events)
            {
                faults.Add($"{what} must read a source of events. Got '{name}', which holds attributes. Name the source of the event.");
            }

            if (where?.FaultFor(source) is { } fault)
            {
                faults.Add(fault);
            }
        }
    }

    /// <summary>Says why no cutoff can be used for training; <see langword="null"/> when one can.</summary>
    internal static string? NoMatureCutoff(EventFrame frame, IReadOnlyList<DateTimeOffset> cutoffs, TimeWindow observed)
    {
        if (cutoffs.Any(c => LabelSpan.IsObserved(c.UtcTicks, frame, observed)))
        {
            return null;
        }

        string got = cutoffs.Count == 0
            ? $"no cutoff in the observed span {observed}"
            : $"{cutoffs.Count} cutoffs from {Text(cutoffs[0])} to {Text(cutoffs[^1])}, with source '{frame.Source}' observed until {Text(observed.End)}";
        string advice = cutoffs.Count == 0 ? "Shorten the warm-up of the grid, set its bounds inside the span, or bring more data" : "Shorten Horizon or LeadTime, use earlier cutoffs, or bring more data";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"At least one cutoff must have its label window (lead time {frame.LeadTime:c}, horizon {frame.Horizon:c}) inside what was observed. Got {got}. {advice}.");
    }

    internal static string Describe(EventFrame frame)
    {
        string events = frame.Where is null ? frame.Source : $"{frame.Source} where {frame.Where}";
        string lead = frame.LeadTime == TimeSpan.Zero ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" after a lead time of {frame.LeadTime:c}");
        string rules = frame.Rules.Count == 0 ? string.Empty : "; " + string.Join("; ", frame.Rules);
        return string.Create(
            CultureInfo.InvariantCulture, $"{frame.Name}: {(frame.Outcome == OutcomeKind.Absence ? "no event" : "an event")} of {events} within {frame.Horizon:c}{lead}{rules}");
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
