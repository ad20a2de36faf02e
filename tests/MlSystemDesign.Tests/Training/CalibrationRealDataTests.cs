using System.Globalization;
using MlSystemDesign.Evaluation;
using MlSystemDesign.Statistics;
using MlSystemDesign.Training;
using Xunit.Abstractions;

namespace MlSystemDesign.Tests.Training;

/// <summary>Calibration, cost and segments on real rows; the figures to compare with are in the README of ../shared/data.</summary>
public class CalibrationRealDataTests(ITestOutputHelper output)
{
    private const string Credit = "german_credit.csv";
    private const string Tv = "churn_tv_costs.csv";

    [SharedDataFact(TelcoChurn.File)]
    public async Task Auto_Telco_IsNoWorseThanPlattByMoreThanNoise()
    {
        double platt = await LossOf(CalibrationMethod.Platt, TelcoChurn.Set), auto = await LossOf(CalibrationMethod.Auto, TelcoChurn.Set);
        auto.Should().BeLessThan(platt + 0.001);
    }

    [SharedDataFact(Credit)]
    public async Task Auto_GermanCredit_IsNoWorseThanPlattByMoreThanNoise()
    {
        TrainingSet set = Read(Credit, "class", r => r == "2", _ => false).Set;
        double platt = await LossOf(CalibrationMethod.Platt, set), auto = await LossOf(CalibrationMethod.Auto, set);
        auto.Should().BeLessThan(platt + 0.005);
    }

    [SharedDataFact(TelcoChurn.File)]
    public async Task Segmented_TelcoByContract_ReportsEachSegment()
    {
        TrainingResult result = await new SegmentedTrainer(new LogisticTrainer(new() { Penalties = [10] }), new ColumnSegments("Contract"), new() { MinPositives = 40 }).TrainAsync(TelcoChurn.Set, TrainingSamples.Context());
        output.WriteLine(string.Join(Environment.NewLine, result.Remarks));
        ((SegmentedPredictor)result.Model.Predictor).Segments.Should().HaveCount(3);
        RankingMetrics.AucRoc(result.OutOfFold.Span, TelcoChurn.Set.Targets).Value!.Value.Should().BeInRange(0.835, 0.855);
        TrainingResult rule = await new RuleTrainer("tenure", RuleDirection.LowerIsLikelier).TrainAsync(TelcoChurn.Set, TrainingSamples.Context());
        output.WriteLine(FormattableString.Invariant($"rule on tenure: AUC {RankingMetrics.AucRoc(rule.OutOfFold.Span, TelcoChurn.Set.Targets)}, {rule.Objective}"));
        rule.Objective.Value!.Value.Should().BeInRange(0.45, 0.56);
    }

    // The README: nobody costs 564,085.71, everybody 784,529.62; LR saves 0.048, boosted trees 0.163.
    [BoosterSharedDataFact(Tv)]
    public async Task MinimumExpectedCost_TvChurn_SavesAsMuchAsTheReference()
    {
        (TrainingSet set, Dictionary<string, double[]> columns) = Read(Tv, "target", r => r.StartsWith('1'), name => name is "id" || name.StartsWith("C_", StringComparison.Ordinal));
        set = new TrainingSet(set.Features, set.Targets, costs: new CostMatrix(Money("C_FP"), Money("C_FN"), Money("C_TP"), Money("C_TN")));
        foreach ((IModelTrainer trainer, double least) in new (IModelTrainer, double)[]
        {
            (new LogisticTrainer(), 0.02), (new LightGbmTrainer(), 0.13), (new LightGbmTrainer(new() { Calibration = CalibrationMethod.Auto }), 0.13), (new ClassWeightedTrainer(new LightGbmTrainer()), 0.1),
        })
        {
            TrainingResult result = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 2));
            CostSavings savings = MinimumExpectedCost.Evaluate(MinimumExpectedCost.Decide(result.OutOfFold.Span, set), set);
            output.WriteLine(FormattableString.Invariant($"{trainer.Name}: {savings.Savings}, acted {savings.Acted}, AUC {RankingMetrics.AucRoc(result.OutOfFold.Span, set.Targets)}, {result.Objective}, {result.Model.Facts["calibration"]}"));
            savings.CostOfNone.Should().BeApproximately(564_085.71, 0.01);
            savings.CostOfAll.Should().BeApproximately(784_529.62, 0.01);
            savings.Savings.Value!.Value.Should().BeGreaterThan(least);
        }

        MoneyColumn Money(string name) => new(columns[name], Currency.Eur);
    }

    private async Task<double> LossOf(CalibrationMethod method, TrainingSet set)
    {
        TrainingResult result = await new LogisticTrainer(new() { Calibration = method, Penalties = [10] }).TrainAsync(set, TrainingSamples.Context(threads: 2));
        output.WriteLine(FormattableString.Invariant($"{result.Objective}, {result.Model.Facts["calibration"]}"));
        return result.Objective.Value!.Value;
    }

    private static (TrainingSet Set, Dictionary<string, double[]> Left) Read(string file, string target, Func<string, bool> positive, Func<string, bool> leftOut)
    {
        string[][] lines = [.. File.ReadAllLines(SharedData.Path(file)).Select(l => l.Split(','))];
        string[] header = lines[0];
        string[][] rows = lines[1..];
        FeatureTableBuilder builder = new(TrainingSamples.Keys(rows.Length));
        Dictionary<string, double[]> left = [];
        for (int c = 0; c < header.Length; c++)
        {
            int column = c;
            double[] numbers = [.. rows.Select(r => double.TryParse(r[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN)];
            if (leftOut(header[c]))
            {
                left[header[c]] = numbers;
            }
            else if (header[c] != target)
            {
                builder = numbers.Any(double.IsNaN) ? builder.Category(header[c], [.. rows.Select(r => r[column])]) : builder.Number(header[c], numbers);
            }
        }

        int at = Array.IndexOf(header, target);
        return (new TrainingSet(builder.Build(), [.. rows.Select(r => positive(r[at]) ? 1.0 : 0)]), left);
    }
}
