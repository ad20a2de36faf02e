using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Sends each row to the model of its segment, or to the global one; gives their calibrated predictions.</summary>
public sealed class SegmentedPredictor : IPredictor
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "predictor.segmented";

    private readonly SortedDictionary<string, TrainedModel> _segments;

    /// <summary>Creates a predictor.</summary>
    /// <param name="rule">Says to which segment a row belongs.</param>
    /// <param name="global">The model of all other rows.</param>
    /// <param name="segments">The models of segments.</param>
    public SegmentedPredictor(ISegmentRule rule, TrainedModel global, IReadOnlyDictionary<string, TrainedModel> segments)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(global);
        ArgumentNullException.ThrowIfNull(segments);
        Rule = rule;
        Global = global;
        _segments = new(segments.ToDictionary(), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the rule that says to which segment a row belongs.</summary>
    public ISegmentRule Rule { get; }

    /// <summary>Gets the model of rows without a segment model.</summary>
    public TrainedModel Global { get; }

    /// <summary>Gets the models of segments, by name in ordinal order.</summary>
    public IReadOnlyDictionary<string, TrainedModel> Segments => _segments;

    /// <inheritdoc/>
    public void Score(FeatureTable table, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (scores.Length != table.RowCount)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"There must be one place per row ({table.RowCount}). Got {scores.Length}. Pass a span of that length."), nameof(scores));
        }

        string?[] segmentOf = Rule.SegmentsOf(table);
        foreach (IGrouping<TrainedModel, int> rows in Enumerable.Range(0, scores.Length).GroupBy(i => ModelOf(segmentOf[i])))
        {
            int[] picked = [.. rows];
            double[] predictions = rows.Key.Predict(table.SelectRows(picked));
            for (int i = 0; i < picked.Length; i++)
            {
                scores[picked[i]] = predictions[i];
            }
        }
    }

    private TrainedModel ModelOf(string? segment) => segment is not null && _segments.TryGetValue(segment, out TrainedModel? model) ? model : Global;
}
