using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>Early stopping by an objective, done again by hand.</summary>
internal static class EarlyStoppingSamples
{
    /// <summary>Gives outcomes values, for objectives in money.</summary>
    public static TrainingSet WithValues(TrainingSet set) =>
        new(set.Features, set.Targets, set.TargetKind, set.Weights, new MoneyColumn(Enumerable.Range(0, set.Count).Select(i => 20.0 + (i % 50)).ToArray(), Currency.Eur));

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

    /// <summary>The objective after each round: one booster per fold, grown on and measured by itself, the folds averaged by the weight of their rows.</summary>
    public static double[] Curve(Func<BoostingData, IBoostingLibrary> libraryOf, TrainingSet set, IObjective objective, TrainingContext context, int rounds)
    {
        GroupedFolds folds = GroupedFolds.Assign(set, context.Folds, context.Seed);
        double[] values = new double[set.Count * set.Features.Schema.Count], curve = new double[rounds];
        FeatureRows.Fill(set.Features, 0, values);
        int[] categories = [.. Enumerable.Range(0, set.Features.Schema.Count).Where(c => set.Features.Schema[c].Kind == ColumnKind.Category)];
        BoostingData data = new(values, set.Features.Schema.Count, set.Targets.ToArray(), set.Weights.IsEmpty ? null : set.Weights.ToArray(), categories, set.TargetKind);
        IBoostingLibrary library = libraryOf(data);
        using IDisposable? end = library as IDisposable;
        int[] all = [.. Enumerable.Range(0, set.Count)];
        double total = all.Sum(data.Weight);
        for (int fold = 0; fold < folds.Count; fold++)
        {
            int[] foldOfRow = folds.FoldOfRow.ToArray(), heldOut = [.. all.Where(row => foldOfRow[row] == fold)];
            CalibrationSet rows = set.SplitOff(foldOfRow, fold).Outside;
            using IBooster booster = library.Start(data, [.. all.Where(row => foldOfRow[row] != fold)], heldOut);
            double[] predictions = new double[heldOut.Length];
            for (int round = 0; round < rounds; round++)
            {
                booster.Update();
                booster.ValidationPredictions(predictions);
                curve[round] += heldOut.Sum(data.Weight) / total * objective.Measure(predictions, rows).Value!.Value;
            }
        }

        return curve;
    }

    /// <summary>The first best round, from 1.</summary>
    public static int Best(double[] curve, MetricDirection direction) => 1 + Array.IndexOf(curve, direction == MetricDirection.HigherIsBetter ? curve.Max() : curve.Min());
}
