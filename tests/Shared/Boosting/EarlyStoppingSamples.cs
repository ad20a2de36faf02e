using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>Early stopping by an objective, done again by hand.</summary>
internal static class EarlyStoppingSamples
{
    /// <summary>Gives outcomes values and decisions costs, for objectives in money.</summary>
    public static TrainingSet WithMoney(TrainingSet set)
    {
        MoneyColumn Money(Func<int, double> amount) => new(Enumerable.Range(0, set.Count).Select(amount).ToArray(), Currency.Eur);
        CostMatrix costs = new(Money(i => 4 + (i % 7)), Money(i => 10 + (i % 23)), Money(i => 2 + (i % 5)), Money(_ => 0));
        return new(set.Features, set.Targets, set.TargetKind, set.Weights, Money(i => 20 + (i % 50)), costs);
    }

    /// <summary>Some 6 % positives, nearly all in a twentieth of the rows: no prediction reaches one half for many rounds.</summary>
    public static TrainingSet Rare(int rows = 3000)
    {
        double[] u = TrainingSamples.Uniform(3 * rows, 29), x = new double[rows], noise = new double[rows], y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            (x[i], noise[i]) = (u[3 * i], u[(3 * i) + 1]);
            y[i] = u[(3 * i) + 2] < (x[i] > 0.95 ? 0.85 : 0.02) ? 1 : 0;
        }

        return new TrainingSet(new FeatureTableBuilder(TrainingSamples.Keys(rows)).Number("x", x).Number("noise", noise).Build(), y);
    }

    /// <summary>The objective after each round: one booster per fold, grown by itself, calibrated by the others where asked for and measured by itself, the folds averaged by the weight of their rows.</summary>
    /// <param name="libraryOf">The library.</param>
    /// <param name="set">The rows trained on.</param>
    /// <param name="context">Folds and objective.</param>
    /// <param name="rounds">How many.</param>
    /// <param name="calibration">How to calibrate; null for predictions as they are.</param>
    /// <param name="original">The rows that are measured, where those trained on are these in other weights.</param>
    public static double[] Curve(Func<BoostingData, IBoostingLibrary> libraryOf, TrainingSet set, TrainingContext context, int rounds, CalibrationMethod? calibration, TrainingSet? original = null)
    {
        GroupedFolds folds = GroupedFolds.Assign(set, context.Folds, context.Seed);
        double[] values = new double[set.Count * set.Features.Schema.Count], curve = new double[rounds];
        FeatureRows.Fill(set.Features, 0, values);
        int[] categories = [.. Enumerable.Range(0, set.Features.Schema.Count).Where(c => set.Features.Schema[c].Kind == ColumnKind.Category)];
        BoostingData data = new(values, set.Features.Schema.Count, set.Targets.ToArray(), set.Weights.IsEmpty ? null : set.Weights.ToArray(), categories, set.TargetKind);
        IBoostingLibrary library = libraryOf(data);
        using IDisposable? end = library as IDisposable;
        int[] all = [.. Enumerable.Range(0, set.Count)], foldOfRow = folds.FoldOfRow.ToArray();
        double[][] scores = [.. Enumerable.Range(0, rounds).Select(_ => new double[set.Count])];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] heldOut = [.. all.Where(row => foldOfRow[row] == fold)];
            using IBooster booster = library.Start(data, [.. all.Where(row => foldOfRow[row] != fold)], heldOut);
            double[] predictions = new double[heldOut.Length];
            for (int round = 0; round < rounds; round++)
            {
                booster.Update();
                booster.ValidationPredictions(predictions);
                for (int i = 0; i < heldOut.Length; i++)
                {
                    scores[round][heldOut[i]] = library.Loss is null && set.TargetKind == TargetKind.Probability ? Math.Log(predictions[i]) - Math.Log(1 - predictions[i]) : predictions[i];
                }
            }
        }

        return [.. scores.Select(round => Measure(round, set, original ?? set, context.Objective, folds, calibration))];
    }

    private static double Measure(double[] scores, TrainingSet set, TrainingSet original, IObjective objective, GroupedFolds folds, CalibrationMethod? calibration)
    {
        bool probability = set.TargetKind == TargetKind.Probability;
        double[] predictions = probability ? CrossCalibration.Fit(calibration ?? CalibrationMethod.Sigmoid, scores, set, folds).OutOfFold.ToArray() : scores;
        double up = probability ? Odds(original) / Odds(set) : 1, sum = 0, total = 0;
        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] heldOut = [.. Enumerable.Range(0, set.Count).Where(row => folds.FoldOfRow[row] == fold)];
            CalibrationSet rows = original.SplitOff(folds.FoldOfRow, fold).Outside;
            double weight = rows.Weights.IsEmpty ? rows.Count : rows.Weights.ToArray().Sum();
            sum += weight * objective.Measure([.. heldOut.Select(row => up == 1 ? predictions[row] : predictions[row] * up / ((predictions[row] * up) + 1 - predictions[row]))], rows).Value!.Value;
            total += weight;
        }

        return sum / total;
    }

    private static double Odds(TrainingSet set)
    {
        double[] weights = set.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, set.Count)] : set.Weights.ToArray();
        double positive = weights.Where((_, i) => set.Targets[i] == 1).Sum();
        return positive / (weights.Sum() - positive);
    }

    /// <summary>The first best round, from 1.</summary>
    public static int Best(double[] curve, MetricDirection direction) => 1 + Array.IndexOf(curve, direction == MetricDirection.HigherIsBetter ? curve.Max() : curve.Min());
}
