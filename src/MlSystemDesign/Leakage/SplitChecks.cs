using System.Globalization;

namespace MlSystemDesign.Leakage;

/// <summary>Proves leaks of the split: label windows of training rows that reach into the holdout period, and rows on both sides.</summary>
internal static class SplitChecks
{
    internal const string WindowName = "label-window overlap";
    internal const string RowName = "rows on both sides of the split";

    internal static CheckOutcome LabelWindows(LeakageContext context, List<LeakageFinding> findings)
    {
        TimeSpan? leadTime = context.Labels?.LeadTime ?? context.Frame?.LeadTime, horizon = context.Labels?.Horizon ?? context.Frame?.Horizon;
        string[] absent = [.. Absent(context), .. horizon is null ? new[] { "labels or frame" } : []];
        if (absent.Length > 0)
        {
            return new CheckOutcome(WindowName, CheckStatus.NotRun, $"there is no {string.Join(" and no ", absent)}");
        }

        ObservationSet training = context.Training!.Features.Observations, holdout = context.Holdout!.Features.Observations;
        if (!training.HasCutoffs || !holdout.HasCutoffs)
        {
            return new CheckOutcome(WindowName, CheckStatus.NotRun, "the rows have no cutoffs");
        }

        if (training.Count == 0 || holdout.Count == 0)
        {
            return new CheckOutcome(WindowName, CheckStatus.Undefined, training.Count == 0 ? "the training set is empty" : "the holdout set is empty");
        }

        long first = Least(holdout.CutoffTicks), reach = (leadTime!.Value + horizon!.Value + (context.Labels?.SettleDelay ?? TimeSpan.Zero)).Ticks, overlapping = 0;
        int example = -1;
        for (int i = 0; i < training.Count; i++)
        {
            if (training.CutoffTicks[i] > first - reach)
            {
                overlapping++;
                example = example < 0 || training.CutoffTicks[i] > training.CutoffTicks[example] ? i : example;
            }
        }

        if (overlapping > 0)
        {
            TimeWindow window = TimeWindow.ForLabel(new DateTimeOffset(training.CutoffTicks[example], TimeSpan.Zero), leadTime.Value, horizon.Value);
            findings.Add(new LeakageFinding(
                WindowName,
                LeakageSeverity.Proven,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{overlapping} of {training.Count} training rows have a label window that ends after the first holdout cutoff {Text(first)}, such as {window} of entity '{training.Entities[example]}'."),
                "Purge the training rows whose label window ends after the first holdout cutoff, or start the holdout later."));
        }

        return new CheckOutcome(WindowName, CheckStatus.Run, string.Create(
            CultureInfo.InvariantCulture, $"{training.Count} training label windows against the first holdout cutoff {Text(first)}"));
    }

    internal static CheckOutcome Rows(LeakageContext context, List<LeakageFinding> findings)
    {
        string[] absent = [.. Absent(context)];
        if (absent.Length > 0)
        {
            return new CheckOutcome(RowName, CheckStatus.NotRun, $"there is no {string.Join(" and no ", absent)}");
        }

        ObservationSet training = context.Training!.Features.Observations, holdout = context.Holdout!.Features.Observations;
        HashSet<Observation> fitted = [.. training];
        Observation[] both = [.. holdout.Where(fitted.Contains)];
        if (both.Length > 0)
        {
            string where = both[0].Cutoff is { } cutoff ? $" at cutoff {Text(cutoff.UtcTicks)}" : string.Empty;
            findings.Add(new LeakageFinding(
                RowName,
                LeakageSeverity.Proven,
                null,
                string.Create(CultureInfo.InvariantCulture, $"{both.Length} of {holdout.Count} holdout rows are training rows too, such as entity '{both[0].Entity}'{where}."),
                "Split so that each row is on one side only."));
        }

        return new CheckOutcome(RowName, CheckStatus.Run, string.Create(CultureInfo.InvariantCulture, $"{training.Count} training rows against {holdout.Count} holdout rows"));
    }

    private static IEnumerable<string> Absent(LeakageContext context)
    {
        if (context.Training is null)
        {
            yield return "training set";
        }

        if (context.Holdout is null)
        {
            yield return "holdout set";
        }
    }

    private static long Least(ReadOnlySpan<long> ticks)
    {
        long least = long.MaxValue;
        foreach (long tick in ticks)
        {
            least = Math.Min(least, tick);
        }

        return least;
    }

    private static string Text(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
