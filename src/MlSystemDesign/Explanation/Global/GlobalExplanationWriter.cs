using MlSystemDesign.Statistics;

namespace MlSystemDesign.Explanation;

/// <summary>Turns sums and sample into a <see cref="GlobalExplanation"/>.</summary>
internal sealed class GlobalExplanationWriter(AttributionState state, GlobalExplainerOptions options, int rows)
{
    private const string NoRows = "no row was explained";

    private readonly SampledRow[] _sample = [.. state.Sample.Rows];

    internal GlobalExplanation Write(TargetKind targetKind, AttributionTable? first, InteractionSums interactions)
    {
        IReadOnlyList<FeatureInteraction> pairs = interactions.Strongest(options.Interactions, options.Confidence);
        return new GlobalExplanation(state)
        {
            Rows = rows,
            BaseValue = first?.BaseValue ?? double.NaN,
            Method = first?.Method ?? AttributionMethod.Interventional,
            TargetKind = targetKind,
            Features = [.. Enumerable.Range(0, state.Features.Length).Select(ImportanceOf).OrderByDescending(f => f.MeanAbsolute.Value ?? 0)],
            Dependence = [.. Enumerable.Range(0, state.Schema.Count).Select(DependenceOf).OrderByDescending(d => d.MeanAbsolute.Value ?? 0)],
            Interactions = pairs,
            NoInteractionsReason = pairs.Count > 0 ? null : state.Features.Length < 2 ? "the model has one feature only" : "none were computed",
        };
    }

    private FeatureImportance ImportanceOf(int feature)
    {
        int slot = AttributionState.FeatureSlot(feature);
        int[] columns = [.. Enumerable.Range(0, state.Schema.Count).Where(c => state.FeatureOf[c] == feature)];
        int leading = columns.MaxBy(c => state.Sums.Total(state.ColumnSlot(c)));
        AttributionPoint[] sample = [.. _sample.Select(r => new AttributionPoint(r.Values[leading], columns.Sum(c => r.Attributions[c])))];
        return new FeatureImportance
        {
            Feature = state.Features[feature],
            Columns = [.. columns.Select(c => state.Schema[c].Name)],
            LeadingColumn = state.Schema[leading].Name,
            MeanAbsolute = Mean("mean |SHAP|", slot),
            Mean = Mean("mean SHAP", slot + 1),
            Share = ShareOf(slot),
            PredictionChange = Mean("mean |change of the prediction|", slot + 2),
            SignedPredictionChange = Mean("mean change of the prediction", slot + 3),
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
            : state.TotalAbsolute() == 0 ? Metric.Undefined(Name, "no feature moves any score", rows, MetricDirection.Descriptive)
            : Of(Name, GroupSums.Estimate(group => state.Sums.Total(slot, group) / state.TotalAbsolute(group), group => state.Sums.Has(group, AttributionState.RowSlot)), rows, "share");
    }

    private FeatureDependence DependenceOf(int column)
    {
        FeatureColumn about = state.Schema[column];
        return new FeatureDependence
        {
            Column = about.Name,
            Feature = about.Group,
            Kind = about.Kind,
            Unit = about.Unit,
            MeanAbsolute = Mean("mean |SHAP|", state.ColumnSlot(column)),
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
                : Of("mean SHAP", state.Ratio(slot + 1, slot), count),
        };
    }

    private Metric Mean(string name, int slot) =>
        rows == 0 ? Metric.Undefined(name, NoRows, 0, MetricDirection.Descriptive) : Of(name, state.MeanOf(slot), rows);

    private Metric Of(string name, GroupEstimate estimate, int count, string? unit = null) =>
        Metric.Of(name, estimate.Value, count, MetricDirection.Descriptive, estimate.IntervalAt(options.Confidence), unit);
}
