using System.Diagnostics;
using System.Globalization;
using MlSystemDesign.Statistics;
using MlSystemDesign.Tests.Training;
using Xunit.Abstractions;

namespace MlSystemDesign.XGBoost.Tests;

/// <summary>Real rows. The figures to compare with are those of scikit-learn's gradient boosting on this file: see the README of ../shared/data.</summary>
public class TelcoChurnTests(ITestOutputHelper output)
{
    [XGBoostSharedDataFact(TelcoChurn.File)]
    public async Task XGBoost_Telco_IsAtLeastAsGoodAsScikitLearn()
    {
        long start = Stopwatch.GetTimestamp();
        TrainingResult result = await new XGBoostTrainer().TrainAsync(TelcoChurn.Set, TrainingSamples.Context(threads: 2));
        double auc = RankingMetrics.AucRoc(result.OutOfFold.Span, TelcoChurn.Set.Targets).Value!.Value;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"AUC {auc:0.00000}, {result.Objective}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
        output.WriteLine(string.Join(", ", result.Model.Facts.Select(f => $"{f.Key} {f.Value}")));

        auc.Should().BeInRange(0.8436, 0.8550, "early stopping and shrinkage do no harm; above that something leaks");
        result.Objective.Value.Should().BeInRange(0.4050, 0.4186);
    }
}
