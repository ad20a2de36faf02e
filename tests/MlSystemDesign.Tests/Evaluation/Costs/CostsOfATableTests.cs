using System.Data;
using System.Globalization;
using MlSystemDesign.Evaluation;
using MlSystemDesign.History;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Evaluation.Costs;

/// <summary>Costs from the columns of a ready table to the report.</summary>
public class CostsOfATableTests
{
    private const int Rows = 1600, Trained = 1200;

    public static TheoryData<IModelTrainer> Trainers =>
    [
        new LogisticTrainer(),
        new LightGbmTrainer(new() { EarlyStoppingMetric = EarlyStoppingMetric.Objective, MinDataInLeaf = 20 }),
        new ClassWeightedTrainer(new LogisticTrainer()),
        new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("plan")),
    ];

    [BoosterTheory]
    [MemberData(nameof(Trainers), DisableDiscoveryEnumeration = true)]
    public async Task Costs_OfATable_ChooseTheModel_DecideRowByRow_AndAreReported(IModelTrainer trainer)
    {
        (TrainingSet training, HoldoutSet holdout) = Read();
        TrainingResult result = await trainer.TrainAsync(training, TrainingSamples.Context(new ExpectedCostObjective()));
        (result.Objective.Name, result.Objective.Unit, result.Objective.Direction).Should().Be(("cost per row", "EUR", MetricDirection.LowerIsBetter));

        // What training reports is what the out-of-fold decisions cost.
        MinimumExpectedCost.Evaluate(MinimumExpectedCost.Decide(result.OutOfFold.Span, training), training).Cost.Should().BeApproximately(result.Objective.Value!.Value * training.Count, 1e-6);

        double[] predictions = result.Model.Predict(holdout.Features);
        bool[] act = MinimumExpectedCost.Decide(predictions, holdout);
        for (int i = 0; i < act.Length; i++)
        {
            // An offer costs 8 whatever comes, and who leaves without one costs the fee of that row.
            act[i].Should().Be(8 < predictions[i] * holdout.Costs!.FalseNegative.Amounts.Span[i]);
        }

        EvaluationReport report = await new DecisionEvaluator().EvaluateAsync(new EvaluationContext { Holdout = holdout, Predictions = predictions });
        CostSavings saved = MinimumExpectedCost.Evaluate(act, holdout), byOneCut = MinimumExpectedCost.Evaluate([.. predictions.Select(p => p >= 0.5)], holdout);
        report["savings"].Should().Be(saved.Savings);
        saved.Savings.Value.Should().BeGreaterThan(0.05);
        saved.Cost.Should().BeLessThan(byOneCut.Cost);
        saved.Currency.Should().Be(Currency.Eur);
    }

    private static (TrainingSet Training, HoldoutSet Holdout) Read()
    {
        double[] u = TrainingSamples.Uniform(4 * Rows, 13);
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.AddRange([new("days", typeof(double)), new("plan"), new("left"), new("offer", typeof(double)), new("fee", typeof(double)), new("nothing", typeof(double))]);
        for (int i = 0; i < Rows; i++)
        {
            (double days, bool basic) = (90 * u[4 * i], u[(4 * i) + 1] < 0.5);
            table.Rows.Add(days, basic ? "basic" : "gold", u[(4 * i) + 2] < (days / 200) + (basic ? 0.1 : 0) ? "yes" : "no", 8.0, 5 + (95 * u[(4 * i) + 3]), 0.0);
        }

        using DataTableReader reader = table.CreateDataReader();
        FeatureTableIngest read = FeatureTableReader.Read(reader, m => m.Number("days").Category("plan").Target("left", "yes").Costs("offer", "fee", "offer", "nothing", Currency.Eur));
        TrainingSet all = new(read.Features, read.Targets.Span, costs: read.Costs), later = all.Select([.. Enumerable.Range(Trained, Rows - Trained)]);
        return (all.Select([.. Enumerable.Range(0, Trained)]), new HoldoutSet(later.Features, later.Targets, costs: later.Costs));
    }
}
