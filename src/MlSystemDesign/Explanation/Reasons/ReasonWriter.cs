using System.Text;

namespace MlSystemDesign.Explanation;

/// <summary>Turns the attributions of rows into their most important reasons, in words.</summary>
/// <remarks>Immutable and safe for concurrent use. The texts are the same on every machine.</remarks>
public sealed class ReasonWriter
{
    private readonly TrainedModel _model;
    private readonly int _most;

    /// <summary>Creates a writer.</summary>
    /// <param name="model">The model whose scores are explained; its calibrator gives the change of the prediction.</param>
    /// <param name="templates">The language; English when absent.</param>
    /// <param name="most">The most reasons of a row. At least 1.</param>
    public ReasonWriter(TrainedModel model, ReasonTemplates? templates = null, int most = 3)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _model = model;
        Templates = templates ?? ReasonTemplates.English;
        _most = most;
    }

    internal ReasonTemplates Templates { get; }

    /// <summary>Words the reasons of rows.</summary>
    /// <param name="attributions">n rows × the model's columns, not grouped.</param>
    /// <param name="rows">The n rows that were explained.</param>
    /// <returns>Per row its reasons, the largest attribution first; a feature that did nothing is no reason.</returns>
    /// <exception cref="ArgumentException">The attributions are of other rows or columns.</exception>
    public IReadOnlyList<IReadOnlyList<Reason>> Write(AttributionTable attributions, FeatureTable rows)
    {
        FeatureTable aligned = AttributionRows.Align(attributions, rows, _model.Schema);
        IGrouping<string, int>[] groups = [.. Enumerable.Range(0, _model.Schema.Count).GroupBy(c => _model.Schema[c].Group, StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, aligned.RowCount).Select(row => ReasonsOf(attributions, aligned, row, groups))];
    }

    private Reason[] ReasonsOf(AttributionTable attributions, FeatureTable rows, int row, IGrouping<string, int>[] groups) =>
    [
        .. groups.Select(group => (Group: group, Sum: group.Sum(c => attributions[row, c]))).Where(g => g.Sum != 0)
            .OrderByDescending(g => Math.Abs(g.Sum)).Take(_most)
            .Select(g => ReasonOf(g.Group, g.Sum, attributions, rows, row)),
    ];

    private Reason ReasonOf(IGrouping<string, int> group, double attribution, AttributionTable attributions, FeatureTable rows, int row)
    {
        // The column that did most of what is said: others of the group may pull the other way.
        int column = group.MaxBy(c => attributions[row, c] * Math.Sign(attribution));
        double score = attributions.Scores[row];
        double change = _model.Calibrator.Calibrate(score) - _model.Calibrator.Calibrate(score - attribution);
        string name = _model.Schema[column].Name, value = ValueOf(rows, column, row);
        bool probability = _model.TargetKind == TargetKind.Probability;
        string points = Templates.Number(Math.Abs(change) * (probability ? 100 : 1), probability ? "0.0" : Math.Abs(change) >= 1000 ? "0" : "0.####");
        string text = new StringBuilder(attribution > 0 ? Templates.Raises : Templates.Lowers)
            .Replace("{feature}", group.Key).Replace("{column}", name).Replace("{points}", points).Replace("{value}", value).ToString();
        return new Reason { Feature = group.Key, Column = name, Value = value, Attribution = attribution, PredictionChange = change, Text = text };
    }

    private string ValueOf(FeatureTable rows, int column, int row)
    {
        FeatureColumn about = _model.Schema[column];
        if (about.Kind == ColumnKind.Category)
        {
            return rows.CategoryAt(about.Name, row) ?? Templates.Missing;
        }

        double value = rows.Numbers(column)[row];
        return double.IsNaN(value) ? Templates.Missing : Templates.Number(value, value != 0 && Math.Abs(value) < 0.001 ? "0.###E+0" : "0.####") + (about.Unit is null ? string.Empty : " " + about.Unit);
    }
}
