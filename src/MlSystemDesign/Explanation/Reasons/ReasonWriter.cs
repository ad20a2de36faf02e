namespace MlSystemDesign.Explanation;

/// <summary>Turns the attributions of rows into their most important reasons, in words.</summary>
/// <remarks>Immutable and safe for concurrent use. The texts are the same on every machine.</remarks>
public sealed class ReasonWriter
{
    private readonly TrainedModel _model;
    private readonly int _most;
    private readonly ValueWords _values;

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
        _values = new ValueWords(Templates);
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
        return [.. Enumerable.Range(0, aligned.RowCount).Select(row => ReasonsOf(attributions, aligned, rows, row, groups))];
    }

    private Reason[] ReasonsOf(AttributionTable attributions, FeatureTable aligned, FeatureTable own, int row, IGrouping<string, int>[] groups) =>
    [
        .. groups.Select(group => (Group: group, Sum: group.Sum(c => attributions[row, c]))).Where(g => g.Sum != 0)
            .OrderByDescending(g => Math.Abs(g.Sum)).Take(_most)
            .Select(g => ReasonOf(g.Group, g.Sum, attributions, aligned, own, row)),
    ];

    private Reason ReasonOf(IGrouping<string, int> group, double attribution, AttributionTable attributions, FeatureTable aligned, FeatureTable own, int row)
    {
        // The column that did most of what is said: others of the group may pull the other way.
        int column = group.MaxBy(c => attributions[row, c] * Math.Sign(attribution));
        double score = attributions.Scores[row];
        double change = _model.Calibrator.Calibrate(score) - _model.Calibrator.Calibrate(score - attribution);
        bool probability = _model.TargetKind == TargetKind.Probability;
        (string value, string what) = SayingOf(aligned, own, column, row);
        (string points, string move) = probability ? MoveOf(Math.Abs(change) * 100) : (_values.Number(Math.Abs(change)), _values.Number(Math.Abs(change)));
        string text = TextTemplate.Fill(
            attribution > 0 ? Templates.Raises : Templates.Lowers,
            ("what", what), ("feature", Templates.NameOf(group.Key)), ("column", _model.Schema[column].Name), ("value", value), ("points", points),
            ("outcome", probability ? Templates.Outcome : Templates.Prediction), ("move", move));
        return new Reason { Feature = group.Key, Column = _model.Schema[column].Name, Value = value, Attribution = attribution, PredictionChange = change, Text = text };
    }

    // Where the calibrator is flat, the score moves and the probability does not.
    private (string Points, string Move) MoveOf(double points)
    {
        const double Least = 0.1;
        string said = _values.Text(points, "0.0");
        return Templates.LessThan is { } less && points < Least / 2
            ? (said, TextTemplate.Fill(less, ("move", TextTemplate.Fill(Templates.Move, ("points", _values.Text(Least, "0.0"))))))
            : (said, TextTemplate.Fill(Templates.Move, ("points", said)));
    }

    /// <summary>The value of a column in words, and what is said of it.</summary>
    /// <param name="rows">The rows as the model reads them.</param>
    /// <param name="own">The rows as they came, with categories that the model does not know.</param>
    /// <param name="column">The column.</param>
    /// <param name="row">The row.</param>
    private (string Value, string What) SayingOf(FeatureTable rows, FeatureTable own, int column, int row)
    {
        FeatureColumn about = _model.Schema[column];
        ColumnWords? words = Templates.Columns.GetValueOrDefault(about.Name);
        if (about.Kind == ColumnKind.Category)
        {
            bool isUnseen = rows.Codes(column)[row] < 0;
            string? level = Templates.Unseen is null ? rows.CategoryAt(about.Name, row) : own.CategoryAt(about.Name, row);
            string said = level is null ? words?.Missing ?? words?.Is ?? Templates.Is : words?.Levels.GetValueOrDefault(level) ?? words?.Is ?? Templates.Is;
            string text = level is null ? Templates.Missing : isUnseen && Templates.Unseen is { } unseen ? TextTemplate.Fill(unseen, ("value", level)) : level;
            return (text, TextTemplate.Fill(said, ("column", about.Name), ("value", text), ("number", text)));
        }

        double value = rows.Numbers(column)[row];
        if (double.IsNaN(value))
        {
            string missing = Templates.Missing;
            return (missing, TextTemplate.Fill(words?.Missing ?? words?.Is ?? Templates.Is, ("column", about.Name), ("value", missing), ("number", missing), ("percent", missing), ("change", missing)));
        }

        double shown = value < 0 && words?.Negative is not null ? -value : value;
        string what = TextTemplate.Fill(
            words?.Of(value) ?? Templates.Is,
            ("column", about.Name), ("value", _values.WithUnit(shown, about.Unit)), ("number", _values.Number(shown)), ("percent", _values.Percent(shown)), ("change", _values.Change(shown)));
        return (_values.WithUnit(value, about.Unit), what);
    }
}
