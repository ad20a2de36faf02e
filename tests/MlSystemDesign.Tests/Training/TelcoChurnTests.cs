using System.Diagnostics;
using System.Globalization;
using MlSystemDesign.Statistics;
using MlSystemDesign.Training;
using Xunit.Abstractions;

namespace MlSystemDesign.Tests.Training;

/// <summary>Real rows. The figures to compare with are scikit-learn's, 5-fold cross-validated on this file: see the README of ../shared/data.</summary>
public class TelcoChurnTests(ITestOutputHelper output)
{
    [SharedDataFact(TelcoChurn.File)]
    public async Task Logistic_Telco_IsAsGoodAsScikitLearn()
    {
        TrainingResult result = await Train(new LogisticTrainer());
        Auc(result).Should().BeApproximately(0.8451, 0.003);
        result.Objective.Value.Should().BeApproximately(0.4174, 0.003);
    }

    [BoosterSharedDataFact(TelcoChurn.File)]
    public async Task LightGbm_Telco_IsAtLeastAsGoodAsScikitLearn()
    {
        TrainingResult result = await Train(new LightGbmTrainer());
        Auc(result).Should().BeInRange(0.8436, 0.8550, "early stopping and shrinkage do no harm; above that something leaks");
        result.Objective.Value.Should().BeInRange(0.4050, 0.4186);
    }

    [BoosterSharedDataFact(TelcoChurn.File)]
    public async Task SimplestSufficient_Telco_CompletesWithNumbers()
    {
        TrainingResult result = await Train(new SimplestSufficientTrainer([new LightGbmTrainer(), new LogisticTrainer()]));
        result.Remarks.Should().ContainSingle(r => r.StartsWith("LightGBM against logistic regression, log loss out of fold: ", StringComparison.Ordinal));
    }

    private static double Auc(TrainingResult result) => RankingMetrics.AucRoc(result.OutOfFold.Span, TelcoChurn.Set.Targets).Value!.Value;

    private async Task<TrainingResult> Train(IModelTrainer trainer)
    {
        long start = Stopwatch.GetTimestamp();
        TrainingResult result = await trainer.TrainAsync(TelcoChurn.Set, TrainingSamples.Context(threads: 2));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{trainer.Name}: AUC {Auc(result):0.00000}, {result.Objective}, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s"));
        output.WriteLine(string.Join(", ", result.Model.Facts.Select(f => $"{f.Key} {f.Value}")));
        output.WriteLine(string.Join(Environment.NewLine, result.Remarks));
        return result;
    }
}
