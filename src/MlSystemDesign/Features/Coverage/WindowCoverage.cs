using System.Globalization;

namespace MlSystemDesign.Features;

/// <summary>Checks which share of their windows the features of a plan can see, before anything is built.</summary>
public static class WindowCoverage
{
    /// <summary>Inspects every source and window of a plan that has a length, at the cutoffs of the rows.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="history">The sources, with the spans that they have observed.</param>
    /// <param name="observations">The rows.</param>
    /// <returns>A report with coverage as the feature <see cref="FeatureAggregate.Coverage"/> measures it for an entity that is known. It does not depend on the order of the rows.</returns>
    /// <remarks>O(rows · log rows + distinct cutoffs × windows); reads no facts.</remarks>
    /// <exception cref="PlanException">The plan does not fit the history; every fault is named.</exception>
    public static WindowCoverageReport Inspect(FeaturePlan plan, HistorySchema history, ObservationSet observations)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(observations);
        IReadOnlyList<string> faults = plan.FaultsFor(history);
        if (faults.Count > 0)
        {
            throw new PlanException("Feature plan", faults);
        }

        (long Cutoff, int Rows)[] cutoffs = CutoffsOf(observations);
        List<ObservedWindow> windows = [];
        List<CheckOutcome> checks = [];
        foreach (IGrouping<(string Source, FeatureWindow Window), FeatureDefinition> same in plan.Features.Where(f => f.Window is not null).GroupBy(f => (f.Source, f.Window!)))
        {
            (string source, FeatureWindow window) = same.Key;
            string check = $"coverage of {source} over {window}", reason = !window.IsTimed ? "a window without a length has no coverage"
                : !observations.HasCutoffs ? "the rows have no cutoffs" : string.Empty;
            if (reason.Length > 0 || cutoffs.Length == 0)
            {
                checks.Add(new CheckOutcome(check, reason.Length > 0 ? CheckStatus.NotRun : CheckStatus.Undefined, reason.Length > 0 ? reason : "there are no rows"));
                continue;
            }

            ObservedWindow observed = Observe(history[source], window, [.. same.Select(f => f.Name)], cutoffs);
            windows.Add(observed);
            checks.Add(new CheckOutcome(check, CheckStatus.Run, string.Create(
                CultureInfo.InvariantCulture,
                $"{observed.RowCount} rows, coverage {observed.SmallestCoverage:0.####} at least and {observed.MeanCoverage:0.####} in the mean, {observed.FullyObserved} fully observed")));
        }

        return new WindowCoverageReport { Windows = windows.AsReadOnly(), Checks = checks.AsReadOnly() };
    }

    /// <summary>The share of a window that its source has observed, 0 to 1.</summary>
    /// <param name="start">The first instant inside the window, in UTC ticks.</param>
    /// <param name="end">The first instant after it.</param>
    /// <param name="observedStart">The first instant observed.</param>
    /// <param name="observedEnd">The first instant no longer observed.</param>
    internal static double ShareOf(long start, long end, long observedStart, long observedEnd)
    {
        // In integers: as doubles, instants lie 64 ticks apart, and a start may lie so far back that a difference leaves the range of long.
        Int128 length = (Int128)end - start, watched = (Int128)Math.Min(end, observedEnd) - Math.Max(start, observedStart);
        return watched <= 0 ? 0 : (double)watched / (double)length;
    }

    // Oldest first, each once: the order of the rows changes no bit of the mean.
    private static (long Cutoff, int Rows)[] CutoffsOf(ObservationSet observations)
    {
        long[] ticks = observations.CutoffTicks.ToArray();
        Array.Sort(ticks);
        List<(long Cutoff, int Rows)> cutoffs = [];
        for (int i = 0; i < ticks.Length;)
        {
            int first = i;
            while (i < ticks.Length && ticks[i] == ticks[first])
            {
                i++;
            }

            cutoffs.Add((ticks[first], i - first));
        }

        return [.. cutoffs];
    }

    private static ObservedWindow Observe(SourceSchema source, FeatureWindow window, string[] features, (long Cutoff, int Rows)[] cutoffs)
    {
        long observedStart = source.Observed.Start.UtcTicks, observedEnd = source.Observed.End.UtcTicks;
        WindowSpan spans = new(window);
        int rows = 0, early = 0, late = 0, full = 0;
        double smallest = 1, sum = 0;
        foreach ((long cutoff, int count) in cutoffs)
        {
            (long start, long end) = spans.At(cutoff);
            double share = ShareOf(start, end, observedStart, observedEnd);
            rows += count;
            early += start < observedStart ? count : 0;
            late += end > observedEnd ? count : 0;
            full += start >= observedStart && end <= observedEnd ? count : 0;
            smallest = Math.Min(smallest, share);
            sum += share * count;
        }

        return new ObservedWindow
        {
            Source = source.Name,
            Observed = source.Observed,
            Window = window,
            Features = features,
            RowCount = rows,
            StartsTooEarly = early,
            EndsTooLate = late,
            FullyObserved = full,
            SmallestCoverage = smallest,
            MeanCoverage = sum / rows,
        };
    }
}
