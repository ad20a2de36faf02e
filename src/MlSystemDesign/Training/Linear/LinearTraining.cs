using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>What all linear trainers do: transform and fit per fold, choose the penalty, calibrate, fit to all rows.</summary>
internal sealed class LinearTraining(
    string name, ILinearSolver solver, IFeatureTransform transform, IReadOnlyList<double> penalties, CalibrationMethod calibration)
{
    // Descending, so that of equally good penalties the largest, which gives the simplest model, is met first.
    private readonly double[] _penalties = [.. penalties.Distinct().OrderDescending()];

    internal TrainingResult Train(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        TrainingRows.RequireProbability(training, name);
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);

        // What the transform refuses of all rows, such as too many levels, is then said before any fold is fitted: a fold may keep fewer.
        transform.Fit(training);
        double[][] margins = OutOfFold(training, folds, context, cancellationToken);
        CrossCalibration[] calibrated = [.. margins.Select(m => CrossCalibration.Fit(calibration, m, training, folds))];
        int best = Best(calibrated, training, context.Objective);

        (IFittedTransform fitted, FeatureTable rows) = transform.FitTransform(training);
        TrainingSet transformed = Transformed(training, rows);
        double[] weights = TrainingRows.NormalizedWeights(training);
        LinearFit fit = solver.Fit(transformed, weights, [_penalties[best]], cancellationToken)[0];
        double[] errors = solver.StandardErrors(transformed, weights, fit, _penalties[best]);
        context.Progress?.Report(new TrainingProgress(name, 1));
        return new TrainingResult
        {
            Model = new TrainedModel(
                name,
                TargetKind.Probability,
                training.Features.Schema,
                new LinearPredictor(fitted, fit.Intercept, fit.Coefficients, errors),
                calibrated[best].Calibrator,
                Facts(training, folds, fit, _penalties[best], calibrated[best])),
            OutOfFold = calibrated[best].OutOfFold,
            Objective = context.Objective.Measure(calibrated[best].OutOfFold.Span, training),
            Remarks = [.. folds.Remarks, .. Remarks(fit)],
        };
    }

    private static TrainingSet Transformed(TrainingSet training, FeatureTable rows) =>
        new(rows, training.Targets, training.TargetKind, training.Weights);

    private static int Best(CrossCalibration[] candidates, TrainingSet training, IObjective objective)
    {
        double?[] values = [.. candidates.Select(c => objective.Measure(c.OutOfFold.Span, training).Value)];
        double sign = objective.Direction == MetricDirection.HigherIsBetter ? 1 : -1;
        if (values.All(v => v is null))
        {
            // The objective says nothing about these rows: log loss always does.
            values = [.. candidates.Select(c => (double?)RowLoss.Mean(c.OutOfFold.Span, training))];
            sign = -1;
        }

        int best = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value && (best < 0 || sign * value > sign * values[best]))
            {
                best = i;
            }
        }

        return best;
    }

    private double[][] OutOfFold(TrainingSet training, GroupedFolds folds, TrainingContext context, CancellationToken cancellationToken)
    {
        double[][] margins = [.. _penalties.Select(_ => new double[training.Count])];
        int done = 0;
        FoldLoop.Run(folds.Count, context.DegreeOfParallelism, fold =>
        {
            (TrainingSet inside, CalibrationSet outside) = training.SplitOff(folds.FoldOfRow, fold);
            (IFittedTransform fitted, FeatureTable rows) = transform.FitTransform(inside);
            LinearFit[] fits = solver.Fit(Transformed(inside, rows), TrainingRows.NormalizedWeights(inside), _penalties, cancellationToken);
            double[] scores = new double[outside.Count];
            for (int p = 0; p < fits.Length; p++)
            {
                new LinearPredictor(fitted, fits[p].Intercept, fits[p].Coefficients).Score(outside.Features, scores);
                FoldLoop.Scatter(scores, folds.FoldOfRow, fold, margins[p]);
            }

            int finished = Interlocked.Increment(ref done);
            context.Progress?.Report(new TrainingProgress(name, finished / (folds.Count + 1.0)));
        }, cancellationToken);
        return margins;
    }

    private static Dictionary<string, string> Facts(TrainingSet training, GroupedFolds folds, LinearFit fit, double penalty, CrossCalibration calibrated) => new()
    {
        ["rows"] = training.Count.ToString(CultureInfo.InvariantCulture),
        ["positives"] = training.PositiveCount.ToString(CultureInfo.InvariantCulture),
        ["folds"] = folds.Count.ToString(CultureInfo.InvariantCulture),
        ["coefficients"] = fit.Coefficients.Length.ToString(CultureInfo.InvariantCulture),
        ["penalty"] = penalty.ToString("R", CultureInfo.InvariantCulture),
        ["iterations"] = fit.Iterations.ToString(CultureInfo.InvariantCulture),
        ["calibration"] = calibrated.Describe(),
    };

    private IEnumerable<string> Remarks(LinearFit fit)
    {
        if (fit.Coefficients.Length == 0)
        {
            yield return $"No feature varies over the training rows: {name} predicts the base rate for every row.";
        }

        if (!fit.Converged)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The fit of {name} had not converged after {fit.Iterations} steps; its coefficients are approximate. Use a larger penalty.");
        }
    }
}
