using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Segments;

public class SegmentedTrainerTests
{
    [Fact]
    public async Task Train_SegmentsThatDiffer_RoutesAndReportsTheGain()
    {
        TrainingSet set = Opposite();
        TrainingResult result = await new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("s"), new() { MinRows = 100, MinPositives = 20 }).TrainAsync(set, TrainingSamples.Context());
        SegmentedPredictor predictor = (SegmentedPredictor)result.Model.Predictor;
        predictor.Segments.Keys.Should().Equal("a", "b");
        result.Remarks.Should().Contain(r => r.StartsWith("Segment 'rare' keeps the global model: 10 rows", StringComparison.Ordinal));
        result.Remarks.Should().Contain(r => r.StartsWith("Segment 'a', out of fold: per segment log loss 0.", StringComparison.Ordinal) && r.Contains("gain in log loss 0."));
        result.Remarks[^1].Should().StartWith("All rows, out of fold: ");
        result.Objective.Value!.Value.Should().BeLessThan((await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context())).Objective.Value!.Value - 0.1);

        // Rows go to the model of their segment; unseen, rare and missing ones to the global model.
        FeatureTable later = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [2, 2, 2, 2]).Category("s", ["a", "b", "new", null]).Build();
        double[] predictions = TrainingSamples.RoundTrip(result.Model).Predict(later), global = predictor.Global.Predict(later);
        predictions.Should().Equal(result.Model.Predict(later));
        predictions[0].Should().BeGreaterThan(0.7).And.Be(predictor.Segments["a"].Predict(later)[0]);
        predictions[1].Should().BeLessThan(0.3);
        predictions[2..].Should().Equal(global[2..]);
    }

    [Fact]
    public async Task Train_SegmentThatTheTrainerRefuses_KeepsTheGlobalModel()
    {
        TrainingSet set = Opposite();
        TrainingResult result = await new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("s"), new() { MinRows = 5, MinPositives = 1 })
            .TrainAsync(OneEntityInRare(set), TrainingSamples.Context());
        ((SegmentedPredictor)result.Model.Predictor).Segments.Keys.Should().Equal("a", "b");
        result.Remarks.Should().Contain(r => r.StartsWith("Segment 'rare' keeps the global model. Out-of-fold predictions need at least two groups", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_ManySmallSegments_ListsTheFirstAndCountsTheRest()
    {
        TrainingSet set = TrainingSamples.Mixed(300);
        FeatureTable table = new FeatureTableBuilder(set.Features.Observations).Number("x", set.Features.Numbers("amount")).Category("s", [.. Enumerable.Range(0, 300).Select(i => $"s{i % 100}")]).Build();
        TrainingResult result = await new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("s")).TrainAsync(new TrainingSet(table, set.Targets), TrainingSamples.Context());
        result.Remarks.Count(r => r.StartsWith("Segment 's", StringComparison.Ordinal)).Should().Be(20);
        result.Remarks.Should().Contain("80 more segments keep the global model.");
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        FluentActions.Invoking(() => new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("s"), new() { MinRows = 0 })).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("MinRows of SegmentedTrainer must be at least 1. Got 0.*");

    [Fact]
    public async Task Train_ColumnNotThere_NamesIt() =>
        (await FluentActions.Awaiting(() => new SegmentedTrainer(new LogisticTrainer(), new ColumnSegments("gone")).TrainAsync(Opposite(), TrainingSamples.Context()).AsTask()).Should().ThrowAsync<ArgumentException>())
            .WithMessage("The column must be one of the table. Got 'gone'.*");

    // In segment a the feature speaks for the outcome, in b against it; ten rows are of a third.
    private static TrainingSet Opposite()
    {
        const int n = 800;
        double[] u = TrainingSamples.Uniform(2 * n, 9), x = [.. u[..n].Select(v => (v * 4) - 2)];
        string[] segments = [.. Enumerable.Range(0, n).Select(i => i < 10 ? "rare" : i % 2 == 0 ? "a" : "b")];
        double[] targets = [.. Enumerable.Range(0, n).Select(i => u[n + i] < 1 / (1 + Math.Exp((segments[i] == "b" ? 1.5 : -1.5) * x[i])) ? 1.0 : 0)];
        return new TrainingSet(new FeatureTableBuilder(TrainingSamples.Keys(n)).Number("x", x).Category("s", segments).Build(), targets);
    }

    private static TrainingSet OneEntityInRare(TrainingSet set)
    {
        IEnumerable<EntityKey> keys = Enumerable.Range(0, set.Count).Select(i => new EntityKey(FormattableString.Invariant($"e{Math.Max(i, 9)}")));
        FeatureTable table = new FeatureTableBuilder(keys).Number("x", set.Features.Numbers("x")).Category("s", [.. Enumerable.Range(0, set.Count).Select(i => set.Features.CategoryAt("s", i))]).Build();
        double[] targets = set.Targets.ToArray();
        (targets[0], targets[1]) = (1, 0);
        return new TrainingSet(table, targets);
    }
}
