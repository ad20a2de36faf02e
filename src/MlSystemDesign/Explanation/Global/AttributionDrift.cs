using System.Globalization;
using MlSystemDesign.Monitoring;
using MlSystemDesign.Statistics;

namespace MlSystemDesign.Explanation;

/// <summary>Tells whether a model reasons otherwise than before: on the rows of another period, or than another model.</summary>
/// <remarks>
/// <para>Per business feature: the change of its mean |SHAP| (how much it matters), of its mean SHAP (which way it pushes), and two distances between its attributions: Kolmogorov-Smirnov's
/// (the largest share of rows that lies elsewhere, free of scale) and Wasserstein's (by how much a row moved on average). Attributions of a category or of a column that is seldom split on
/// take few values, so that the slightest move shifts them all: the first distance counts only where the second reaches the floor of attributions too. Intervals and p-values of the means are paired where both sides have the same entities, and take several rows of one entity for what
/// they are. The distances compare samples with one row per entity; where the two sides share entities, the p-value is too high rather than too low.</para>
/// <para>Verdicts are those of <see cref="DriftMonitor"/>: a change is real when a test stays significant after correction for all tests together, and material when
/// an effect reaches its floor besides. Two models that were trained on different rows always differ; the floors say when it matters.</para>
/// </remarks>
public static class AttributionDrift
{
    /// <summary>Compares two explanations.</summary>
    /// <param name="reference">The earlier period, or the model in use.</param>
    /// <param name="current">The later period, or the model that should replace it.</param>
    /// <param name="options">When a change is real and when it is material; the defaults when absent. Used are the false discovery rate, the correction, the floors of the
    /// Kolmogorov-Smirnov distance and of attributions, the minimum of rows and the ignored columns, which are names of features here.</param>
    /// <returns>One verdict per feature of either side, worst first. A feature that one side lacks is not computable.</returns>
    /// <exception cref="ArgumentException">One side explains probabilities and the other values: their scales differ.</exception>
    /// <exception cref="PlanException">An option is outside its range.</exception>
    public static DriftReport Compare(GlobalExplanation reference, GlobalExplanation current, DriftMonitorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftMonitorOptions();
        options.Validate();
        if (reference.TargetKind != current.TargetKind)
        {
            throw new ArgumentException(
                $"Both explanations must be of models with one kind of target. Got {reference.TargetKind} and {current.TargetKind}. Compare log-odds with log-odds, values with values.", nameof(current));
        }

        ColumnAssessment[] features =
        [
            .. reference.State.Features.Union(current.State.Features, StringComparer.Ordinal).Except(options.IgnoredColumns, StringComparer.Ordinal)
                .Select(feature => Assess(feature, reference, current, options)),
        ];
        ColumnAssessment.Correct(features, options.Correction);
        DriftReporter reporter = new(options, [.. options.IgnoredColumns]);
        return reporter.Report(features, Checks(reference, current, features, reporter), reference.Rows, current.Rows);
    }

    private static ColumnAssessment Assess(string feature, GlobalExplanation reference, GlobalExplanation current, DriftMonitorOptions options)
    {
        AttributionState before = reference.State, after = current.State;
        int was = Array.IndexOf(before.Features, feature), now = Array.IndexOf(after.Features, feature);
        if (Fault(was, now, before, after, options) is { } fault)
        {
            return ColumnAssessment.Without(feature, fault);
        }

        ColumnAssessment assessment = new(feature);
        CompareMeans(assessment, before, AttributionState.FeatureSlot(was), after, AttributionState.FeatureSlot(now), current.Rows, options);
        double[] earlier = NumberReference.Present(Attributions(before, was)), later = NumberReference.Present(Attributions(after, now));
        KolmogorovSmirnov distance = KolmogorovSmirnov.Compare(NumberReference.Of(feature, earlier, options.MaximumPoints), later);
        double moved = Wasserstein.Distance(earlier, later);
        assessment.Distribution = new ColumnTest(distance.PValue, distance.Distance >= options.KolmogorovSmirnovFloor && moved >= Floor(before, options));
        assessment.Statistics.Add(Metric.Of("KS distance", distance.Distance, after.Sample.Count, MetricDirection.Descriptive));
        assessment.Statistics.Add(Metric.Of("Wasserstein distance", moved, after.Sample.Count, MetricDirection.Descriptive));
        return assessment;
    }

    private static void CompareMeans(ColumnAssessment assessment, AttributionState before, int was, AttributionState after, int now, int rows, DriftMonitorOptions options)
    {
        ReadOnlySpan<string> names = ["change of mean |SHAP|", "change of mean SHAP"];
        for (int k = 0; k < names.Length; k++)
        {
            (int from, int to) = (was + k, now + k);
            GroupEstimate change = GroupSums.Estimate(
                group => Mean(after, to, group) - Mean(before, from, group),
                group => before.Sums.Has(group, AttributionState.RowSlot) || after.Sums.Has(group, AttributionState.RowSlot));
            assessment.Statistics.Add(Metric.Of(names[k], change.Value, rows, MetricDirection.Descriptive, change.IntervalAt(0.95)));
            assessment.Remarks.Add(string.Create(
                CultureInfo.InvariantCulture, $"{names[k]["change of ".Length..]} {Mean(before, from, -1):0.####} before, {Mean(after, to, -1):0.####} now"));

            // Without spread there is nothing to test against; the distance tells such a change.
            if (change.PValue is { } p)
            {
                assessment.Others.Add(new ColumnTest(p, Math.Abs(change.Value) >= Floor(before, options)));
            }
        }
    }

    // The smallest change that matters, on the scale of the score.
    private static double Floor(AttributionState before, DriftMonitorOptions options) => options.AttributionFloor * before.TotalAbsolute() / before.Rows;

    private static double Mean(AttributionState state, int slot, int without) => state.Sums.Total(slot, without) / state.Sums.Total(AttributionState.RowSlot, without);

    private static double[] Attributions(AttributionState state, int feature) =>
        [.. state.Sample.Rows.Select(row => row.Attributions.Where((_, column) => state.FeatureOf[column] == feature).Sum())];

    private static string? Fault(int was, int now, AttributionState before, AttributionState after, DriftMonitorOptions options) =>
        now < 0 ? "the current model does not have this feature"
        : was < 0 ? "the reference model does not have this feature"
        : TooFew(before, options) ?? TooFew(after, options);

    // A sample that is not full holds one row of every entity; one that is full no longer tells how many there are.
    private static string? TooFew(AttributionState state, DriftMonitorOptions options)
    {
        (double count, string what) = state.Sample.IsFull ? (state.Rows, "rows") : (state.Sample.Count, "entities");
        return count < options.MinimumRows
            ? string.Create(CultureInfo.InvariantCulture, $"only {count} {what} on one side; {options.MinimumRows} are needed, so that one row cannot raise an alarm")
            : null;
    }

    private static IEnumerable<CheckOutcome> Checks(GlobalExplanation reference, GlobalExplanation current, ColumnAssessment[] features, DriftReporter reporter)
    {
        const string Attributions = "attributions";
        int compared = features.Count(f => f.Distribution is not null);
        yield return compared == 0
            ? new CheckOutcome(Attributions, CheckStatus.Undefined, features.Length == 0 ? "there are no features" : features[0].NotComputable!)
            : new CheckOutcome(Attributions, CheckStatus.Run, string.Create(CultureInfo.InvariantCulture, $"{compared} of {features.Length} feature(s), {reporter.Correction(features)}"));
        if (reference.Rows > 0 && current.Rows > 0)
        {
            yield return new CheckOutcome("base value", CheckStatus.Run, string.Create(CultureInfo.InvariantCulture, $"{reference.BaseValue:0.####} before, {current.BaseValue:0.####} now"));
        }

        if (reference.Rows > 0 && current.Rows > 0 && reference.Method != current.Method)
        {
            yield return new CheckOutcome(
                "same method", CheckStatus.Undefined, $"the reference is {reference.Method}, the current explanation {current.Method}: part of a change may come from that alone");
        }
    }
}
