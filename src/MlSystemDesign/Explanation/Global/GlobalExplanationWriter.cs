using MlSystemDesign.Statistics;

namespace MlSystemDesign.Explanation;

/// <summary>Turns sums and sample into a <see cref="GlobalExplanation"/>.</summary>
internal sealed class GlobalExplanationWriter(AttributionState state, GlobalExplainerOptions options, int rows, CancellationToken cancellationToken)
{
    private const string NoRows = "no row was explained";

    private readonly SampledRow[] _sample = [.. state.Sample.Rows];

    // The sum of all features over all groups, and without each: the same for every feature's share.
    private readonly double[] _totals = [.. Enumerable.Range(-1, GroupSums.Groups + 1).Select(state.TotalAbsolute)];

    internal GlobalExplanation Write(TargetKind targetKind, AttributionTable? first, InteractionSums interactions)
    {
        IReadOnlyList<FeatureInteraction> pairs = interactions.Strongest(options.Interactions, options.Confidence);
        return new GlobalExplanation(state)
        {
            Rows = rows,
            BaseValue = first?.BaseValue ?? double.NaN,
            Method = first?.Method ?? AttributionMethod.Interventional,
            TargetKind = targetKind,
            Features = [.. Enumerable.Range(0, state.Features.Length).Select(f => ImportanceOf(f, targetKind)).OrderByDescending(f => f.MeanAbsolute.Value ?? 0)],
            Dependence = [.. Enumerable.Range(0, state.Schema.Count).Select(DependenceOf).OrderByDescending(d => d.MeanAbsolute.Value ?? 0)],
            Interactions = pairs,
            NoInteractionsReason = pairs.Count > 0 ? null : state.Features.Length < 2 ? "the model has fewer than two features" : "none were computed",
        };
    }

    private FeatureImportance ImportanceOf(int feature, TargetKind targetKind)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int slot = AttributionState.FeatureSlot(feature);
        int[] columns = [.. Enumerable.Range(0, state.Schema.Count).Where(c => state.FeatureOf[c] == feature)];
        int leading = columns.MaxBy(c => state.Sums.Total(state.ColumnSlot(c)));
        AttributionPoint[] sample = [.. _sample.Select(r => new AttributionPoint(r.Values[leading], columns.Sum(c => r.Attributions[c])))];
        return new FeatureImportance
        {
            Feature = state.Features[feature],
            Columns = [.. columns.Select(c => state.Schema[c].Name)],
            LeadingColumn = state.Schema[leading].Name,
            MeanAbsolute = Mean("mean |SHAP|", slot, e => e.PositiveIntervalAt(options.Confidence)),
            Mean = Mean("mean SHAP", slot + 1, e => e.IntervalAt(options.Confidence)),
            Share = ShareOf(slot),
            PredictionChange = Mean(
                "mean |change of the prediction|", slot + 2, e => targetKind == TargetKind.Probability ? e.ShareIntervalAt(options.Confidence) : e.PositiveIntervalAt(options.Confidence)),
            SignedPredictionChange = Mean("mean change of the prediction", slot + 3, e => e.IntervalAt(options.Confidence)),
            Direction = DirectionOf(leading, sample),
            Sample = sample,
        };
    }

    private Metric DirectionOf(int column, AttributionPoint[] sample) => state.Schema[column].Kind == ColumnKind.Category
        ? Metric.Undefined("Spearman correlation", "categories have no order", sample.Length, MetricDirection.Descriptive)
        : RankCorrelation.Spearman([.. sample.Select(p => p.Value)], [.. sample.Select(p => p.Attribution)], options.Confidence);

    private Metric ShareOf(int slot)
    {
        const string Name = "share of all mean |SHAP|";
        return rows == 0 ? Metric.Undefined(Name, NoRows, 0, MetricDirection.Descriptive)
            : _totals[0] == 0 ? Metric.Undefined(Name, "no feature moves any score", rows, MetricDirection.Descriptive)
            : Of(
                Name,
                GroupSums.Estimate(group => state.Sums.Total(slot, group) / _totals[group + 1], group => state.Sums.Has(group, AttributionState.RowSlot)),
                rows,
                e => e.ShareIntervalAt(options.Confidence),
                "share");
    }

    private FeatureDependence DependenceOf(int column)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FeatureColumn about = state.Schema[column];
        return new FeatureDependence
        {
            Column = about.Name,
            Feature = about.Group,
            Kind = about.Kind,
            Unit = about.Unit,
            MeanAbsolute = Mean("mean |SHAP|", state.ColumnSlot(column), e => e.PositiveIntervalAt(options.Confidence)),
            Bins = [.. Enumerable.Range(0, state.Bins[column].Count).Select(bin => BinOf(column, bin)).Where(bin => bin.Count > 0)],
            Sample = [.. _sample.Select(r => new AttributionPoint(r.Values[column], r.Attributions[column]))],
        };
    }

    private DependenceBin BinOf(int column, int bin)
    {
        ColumnBins bins = state.Bins[column];
        int slot = state.BinSlot(column, bin), count = (int)state.Sums.Total(slot);
        bool isNumber = state.Schema[column].Kind == ColumnKind.Number && bin != bins.Missing;
        return new DependenceBin
        {
            Upper = isNumber ? bins.UpperOf(bin) : double.NaN,
            MeanValue = isNumber ? state.Sums.Total(slot + 2) / count : double.NaN,
            Level = bin < bins.Levels.Length ? state.Schema[column].Levels[bins.Levels[bin]] : null,
            IsMissing = bin == bins.Missing,
            Count = count,
            Attribution = count == 0
                ? Metric.Undefined("mean SHAP", NoRows, 0, MetricDirection.Descriptive)
                : Of("mean SHAP", state.Ratio(slot + 1, slot), count, e => e.IntervalAt(options.Confidence)),
        };
    }

    private Metric Mean(string name, int slot, Func<GroupEstimate, Interval?> interval) =>
        rows == 0 ? Metric.Undefined(name, NoRows, 0, MetricDirection.Descriptive) : Of(name, state.MeanOf(slot), rows, interval);

    private static Metric Of(string name, GroupEstimate estimate, int count, Func<GroupEstimate, Interval?> interval, string? unit = null) =>
        Metric.Of(name, estimate.Value, count, MetricDirection.Descriptive, interval(estimate), unit);
}
