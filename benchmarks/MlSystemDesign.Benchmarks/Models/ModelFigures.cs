using System.Diagnostics;
using MlSystemDesign.Evaluation;
using MlSystemDesign.Statistics;
using MlSystemDesign.Training;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>What one model reached on one data set, per seed.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Bar">The model and its bar.</param>
/// <param name="Rows">Rows trained on.</param>
/// <param name="Columns">Columns trained on.</param>
/// <param name="Auc">AUC per seed.</param>
/// <param name="LogLoss">Log loss per seed.</param>
/// <param name="Savings">Savings per seed; empty without costs.</param>
/// <param name="Seconds">Seconds on the clock for all seeds.</param>
internal sealed record ModelFigures(RealData Data, ModelBar Bar, int Rows, int Columns, double[] Auc, double[] LogLoss, double[] Savings, double Seconds)
{
    internal double[] Measured => Savings.Length > 0 ? Savings : Auc;

    internal double Least => Bar.Floor ?? Bar.Reference - Deviation(Measured);

    internal bool IsMet => Measured.Average() >= Least;

    internal static async Task<ModelFigures> OfAsync(RealData data, ModelRows rows, ModelBar bar, int seeds)
    {
        long start = Stopwatch.GetTimestamp();
        List<double> auc = [], loss = [], savings = [];
        for (int seed = 1; seed <= Math.Min(seeds, data.MostSeeds); seed++)
        {
            TrainingResult result = await bar.Trainer.TrainAsync(rows.Training, new TrainingContext { Objective = new LogLossObjective(), Seed = seed, DegreeOfParallelism = 2 });
            double[] predictions = rows.Later is null ? result.OutOfFold.ToArray() : result.Model.Predict(rows.Later.Features), targets = (rows.Later ?? (LabelledSet)rows.Training).Targets.ToArray();
            auc.Add(RankingMetrics.AucRoc(predictions, targets).Value!.Value);
            loss.Add(ProperScores.LogLoss(predictions, targets).Value!.Value);
            if (rows.Later is null && rows.Training.Costs is not null)
            {
                savings.Add(MinimumExpectedCost.Evaluate(MinimumExpectedCost.Decide(predictions, rows.Training), rows.Training).Savings.Value!.Value);
            }

            Console.Error.WriteLine(FormattableString.Invariant(
                $"{data.Name}, {bar.Trainer.Name}, seed {seed}: AUC {auc[^1]:F4}, log loss {loss[^1]:F4}{(savings.Count > 0 ? FormattableString.Invariant($", savings {savings[^1]:F4}") : "")}; {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        }

        return new ModelFigures(data, bar, rows.Training.Count, rows.Training.Features.Schema.Count, [.. auc], [.. loss], [.. savings], Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>The standard deviation of a sample of at least two.</summary>
    internal static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
