using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Imbalance;

public class PriorCorrectedObjectiveTests
{
    public static TheoryData<IObjective> Objectives => [new ExpectedCostObjective(), new BrierObjective(), new LogLossObjective(), new F1Objective(0.3), new ValueAtCapacityObjective(0.2, 0.3, 2)];

    // Rows of class weights 6 and 0.5, and probabilities that are right for those: the measure is that of the rows as they are, at probabilities that are right for them.
    [Theory]
    [MemberData(nameof(Objectives), DisableDiscoveryEnumeration = true)]
    public void Measure_OfWeightedRows_IsThatOfTheRowsAsTheyAre(IObjective objective)
    {
        TrainingSet set = EarlyStoppingSamples.WithMoney(TrainingSamples.Mixed(300, weighted: true)), weighted = new ClassWeights(6, 0.5).Apply(set);
        double[] predictions = TrainingSamples.Uniform(set.Count, 5), shifted = [.. predictions.Select(p => 12 * p / ((12 * p) + 1 - p))], contributions = new double[set.Count], plain = new double[set.Count];
        IObjective corrected = PriorCorrectedObjective.For(TrainingSamples.Context(objective), TrainingRows.Prior(weighted), TrainingRows.Prior(set)).Objective;

        double measured = corrected.Measure(shifted, weighted).Value!.Value;

        measured.Should().BeApproximately(objective.Measure(predictions, set).Value!.Value, 1e-9);
        measured.Should().NotBeApproximately(objective.Measure(shifted, weighted).Value!.Value, 1e-3);
        (corrected.Name, corrected.Direction).Should().Be((objective.Name, objective.Direction));
        corrected.TryContributions(shifted, weighted, contributions).Should().Be(objective.TryContributions(predictions, set, plain));
        if (corrected.TryContributions(shifted, weighted, contributions))
        {
            contributions.Zip(weighted.Weights.ToArray(), (c, w) => c * w).Sum().Should().BeApproximately(measured * weighted.Weights.ToArray().Sum(), 1e-6, "their mean by weight is the measure");
        }
    }

    [Fact]
    public void For_AnObjectiveThatOnlyRanks_LeavesIt()
    {
        TrainingContext context = TrainingSamples.Context(new AucObjective());
        PriorCorrectedObjective.For(context, 0.5, 0.1).Should().BeSameAs(context);
    }

    // The inner trainer is asked to minimise the cost in a world of the true prior.
    [Fact]
    public async Task Downsampled_InnerTrainer_IsMeasuredAtTheTruePrior()
    {
        TrainingSet set = EarlyStoppingSamples.WithMoney(TrainingSamples.Mixed());
        Asked inner = new();
        await new DownsampledTrainer(inner, 0.2).TrainAsync(set, TrainingSamples.Context(new BrierObjective()));

        int[] kept = DownsampledTrainer.Keep(set, 0.2, 1);
        TrainingSet sample = set.Select(kept);
        double prior = TrainingRows.Prior(set), half = TrainingRows.Prior(sample);
        double[] rate = [.. Enumerable.Repeat(half, sample.Count)];
        inner.Contexts[^1].Objective.Measure(rate, sample).Value.Should().BeApproximately(prior * (1 - prior), 1e-9, "the base rate of the sample is that of all rows, whose Brier score this is");
        half.Should().BeGreaterThan(1.5 * prior);
    }

    private sealed class Asked : IModelTrainer
    {
        public List<TrainingContext> Contexts { get; } = [];

        public string Name => "asked";

        public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
        {
            Contexts.Add(context);
            return new BaseRateTrainer().TrainAsync(training, context, cancellationToken);
        }
    }
}
