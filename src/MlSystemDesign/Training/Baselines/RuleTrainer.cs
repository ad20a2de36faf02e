using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Calibrates a rule of thumb, such as recency or an RFM score: what a business does without a model, as a model to beat.</summary>
/// <remarks>
/// The rule states columns, directions and, where wanted, bands, thresholds or levels of categories; fitted are the ranks of values (by quantiles, in each fold without its rows) and the calibration. A
/// score of one's own is a rule on the column that holds it. Missing values have half of the points. A rule that points the wrong way ends near the base rate: calibration never turns an order round.
/// </remarks>
public sealed class RuleTrainer : IModelTrainer
{
    private readonly RuleTerm[] _terms;
    private readonly CalibrationMethod _calibration;

    /// <summary>Creates a trainer from one column.</summary>
    /// <param name="column">The name of a number column.</param>
    /// <param name="direction">Which values speak for the outcome.</param>
    public RuleTrainer(string column, RuleDirection direction)
        : this([new RuleTerm(column, direction)])
    {
    }

    /// <summary>Creates the RFM score of database marketing: bands of recency, frequency and monetary value, equally weighted, for an outcome that the absent, rare and small customers tend to, such as churn.</summary>
    /// <param name="recency">The name of the column with the time since the last purchase.</param>
    /// <param name="frequency">The name of the column with the number of purchases.</param>
    /// <param name="monetary">The name of the column with what was spent.</param>
    /// <param name="bands">The number of bands of each column. At least 2; 5 are quintiles.</param>
    /// <remarks>Source: Hughes, Strategic Database Marketing, 1994.</remarks>
    public static RuleTrainer RecencyFrequencyMonetary(string recency, string frequency, string monetary, int bands = 5) => new(
    [
        new(recency, RuleDirection.HigherIsLikelier) { Bands = bands },
        new(frequency, RuleDirection.LowerIsLikelier) { Bands = bands },
        new(monetary, RuleDirection.LowerIsLikelier) { Bands = bands },
    ]);

    /// <summary>Creates a trainer.</summary>
    /// <param name="terms">At least one.</param>
    /// <param name="calibration">How scores become probabilities; not by Sigmoid or Temperature, which take them for log-odds.</param>
    /// <exception cref="ArgumentException">There is no term, a term is not sound (a weight that is not positive, two kinds of points), or the calibration has no intercept.</exception>
    public RuleTrainer(IReadOnlyList<RuleTerm> terms, CalibrationMethod calibration = CalibrationMethod.Platt)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Count == 0 || !terms.All(t => t is { IsSound: true }))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A rule must have at least one term, each of positive weight and with one of bands (2 or more), a threshold or levels at most. Got {terms.Count}: {string.Join(", ", terms.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t}")))}. Name a column and a direction."),
                nameof(terms));
        }

        if (calibration is CalibrationMethod.Sigmoid or CalibrationMethod.Temperature)
        {
            throw new ArgumentException(
                $"The score of a rule must be calibrated by a curve with an intercept, since it is a rank and no log-odds. Got {calibration}. Use Platt, Beta, Isotonic or Auto.", nameof(calibration));
        }

        _terms = [.. terms];
        _calibration = calibration;
    }

    /// <inheritdoc/>
    public string Name => $"rule on {string.Join(", ", _terms.Select(t => t.Column))}";

    /// <inheritdoc/>
    public int Complexity => 2;

    /// <inheritdoc/>
    /// <exception cref="TrainingException">The targets are values or of one class, or a column of the rule is missing or holds categories.</exception>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        TrainingRows.RequireProbability(training, Name);
        RequireColumns(training.Features.Schema);
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        double[] scores = new double[training.Count];
        FoldLoop.Run(folds.Count, context.DegreeOfParallelism, fold =>
        {
            (TrainingSet inside, CalibrationSet outside) = training.SplitOff(folds.FoldOfRow, fold);
            double[] part = new double[outside.Count];
            RulePredictor.Fit(_terms, inside.Features).Score(outside.Features, part);
            FoldLoop.Scatter(part, folds.FoldOfRow, fold, scores);
        }, cancellationToken);

        CrossCalibration calibration = CrossCalibration.Fit(_calibration, scores, training, folds);
        context.Progress?.Report(new TrainingProgress(Name, 1));
        Dictionary<string, string> facts = new()
        {
            ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture),
            ["positives"] = training.PositiveCount.ToString(CultureInfo.InvariantCulture),
            ["folds"] = folds.Count.ToString(CultureInfo.InvariantCulture),
            ["calibration"] = calibration.Describe(),
        };
        return new(new TrainingResult
        {
            Model = new TrainedModel(
                Name, TargetKind.Probability, training.Features.Schema, RulePredictor.Fit(_terms, training.Features), calibration.Calibrator, facts),
            OutOfFold = calibration.OutOfFold,
            Objective = context.Objective.Measure(calibration.OutOfFold.Span, training),
            Remarks = folds.Remarks,
        });
    }

    private void RequireColumns(FeatureSchema schema)
    {
        foreach (RuleTerm term in _terms)
        {
            int column = schema.IndexOf(term.Column);
            ColumnKind kind = term.Levels is null ? ColumnKind.Number : ColumnKind.Category;
            if (column < 0 || schema[column].Kind != kind)
            {
                throw new TrainingException(
                    $"A rule must name {(kind == ColumnKind.Number ? "number" : "category")} columns of the table{(kind == ColumnKind.Number ? string.Empty : " for levels")}. Got '{term.Column}', which {(column < 0 ? "is not there" : kind == ColumnKind.Number ? "holds categories" : "holds numbers")}. Use one of: {string.Join(", ", schema.Where(c => c.Kind == kind).Select(c => c.Name))}.");
            }
        }
    }
}
