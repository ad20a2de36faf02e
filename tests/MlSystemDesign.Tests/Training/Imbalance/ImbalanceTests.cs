using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Imbalance;

public class ImbalanceTests
{
    [Fact]
    public async Task ClassWeighted_Balanced_IsCorrectedBackToTheBaseRate()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainingResult result = await new ClassWeightedTrainer(new LogisticTrainer()).TrainAsync(set, TrainingSamples.Context());
        double rate = set.PositiveCount / (double)set.Count;
        result.Model.Predict(set.Features).Average().Should().BeApproximately(rate, 0.01);
        result.OutOfFold.ToArray().Average().Should().BeApproximately(rate, 0.01);
        result.Model.Facts["class weights"].Should().Contain(" positive, ");
        TrainingResult plain = await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context());
        result.Objective.Value!.Value.Should().BeApproximately(plain.Objective.Value!.Value, 0.01);
    }

    [Fact]
    public void Balanced_Weights_MakeBothClassesWeighTheSame()
    {
        TrainingSet weighted = ClassWeights.Balanced(TrainingSamples.Mixed(weighted: true)).Apply(TrainingSamples.Mixed(weighted: true));
        TrainingRows.Prior(weighted).Should().BeApproximately(0.5, 1e-12);
    }

    [Fact]
    public void Keep_RowsInAnotherOrder_KeepsTheSameEntities()
    {
        TrainingSet set = TrainingSamples.Mixed();
        int[] reversed = [.. Enumerable.Range(0, set.Count).Reverse()];
        int[] kept = DownsampledTrainer.Keep(set, 0.3, 4), keptReversed = DownsampledTrainer.Keep(set.Select(reversed), 0.3, 4);
        keptReversed.Select(i => reversed[i]).Order().Should().Equal(kept);
        kept.Count(i => set.Targets[i] == 1).Should().Be(set.PositiveCount);
        (kept.Count(i => set.Targets[i] == 0) / (double)(set.Count - set.PositiveCount)).Should().BeApproximately(0.3, 0.08);
        DownsampledTrainer.Keep(set, 0.3, 5).Should().NotEqual(kept);
        DownsampledTrainer.Keep(set, 1, 4).Should().HaveCount(set.Count);
    }

    [Fact]
    public async Task Downsampled_Probabilities_AreCorrectedByTheLogOfTheShareKept()
    {
        TrainingSet set = TrainingSamples.Mixed();
        DownsampledTrainer trainer = new(new LogisticTrainer(), 0.4);
        TrainingResult result = await trainer.TrainAsync(set, TrainingSamples.Context());
        int[] kept = DownsampledTrainer.Keep(set, 0.4, 1);
        double share = kept.Count(i => set.Targets[i] == 0) / (double)(set.Count - set.PositiveCount);
        TrainingResult sample = await new LogisticTrainer().TrainAsync(set.Select(kept), TrainingSamples.Context());
        double raw = sample.Model.Predict(set.Features)[0], corrected = result.Model.Predict(set.Features)[0];
        Logit(corrected).Should().BeApproximately(Logit(raw) + Math.Log(share), 1e-9);
        result.OutOfFold.Length.Should().Be(set.Count);
        result.OutOfFold.ToArray().Average().Should().BeApproximately(set.PositiveCount / (double)set.Count, 0.03);
        Logit(TrainingSamples.RoundTrip(result.Model).Predict(set.Features)[0]).Should().Be(Logit(corrected));
    }

    [Fact]
    public async Task Downsampled_NoNegativeLeft_SaysSo() =>
        (await FluentActions.Awaiting(() => new DownsampledTrainer(new LogisticTrainer(), 1e-9).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>())
            .WithMessage("A sample must keep at least one negative. Got none of *. Keep a larger share.");

    [Fact]
    public void Constructor_SettingOutOfRange_NamesIt()
    {
        FluentActions.Invoking(() => new DownsampledTrainer(new LogisticTrainer(), 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("negativeShare of DownsampledTrainer*");
        FluentActions.Invoking(() => new ClassWeightedTrainer(new LogisticTrainer(), new(0, 1))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Class weights must be positive and finite. Got 0 and 1.*");
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
