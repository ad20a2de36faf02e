using MlSystemDesign.Statistics;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Transforms;

public class TransformedTrainerTests
{
    [Fact]
    public async Task Train_Pipeline_PredictsFromPlainFeaturesAfterLoading()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainingResult result = await new TransformedTrainer(
            new PipelineTransform(new ImputationTransform(), new TargetStatisticTransform()), new LogisticTrainer()).TrainAsync(set, TrainingSamples.Context());
        result.Model.Schema.Should().BeSameAs(set.Features.Schema);
        double[] expected = result.Model.Predict(set.Features);
        TrainingSamples.RoundTrip(result.Model).Predict(set.Features).Should().Equal(expected);
        result.Objective.Value!.Value.Should().BeLessThan((await new BaseRateTrainer().TrainAsync(set, TrainingSamples.Context())).Objective.Value!.Value - 0.03);
        FluentActions.Invoking(() => result.Model.Predict(new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("recency", [1]).Build()))
            .Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'amount'.*");
    }

    [Fact]
    public async Task Train_LevelsOfNoise_AreNoBetterThanNothingOutOfFold()
    {
        // Every entity has a level of its own but for repeats: whatever uses a row's own target ranks it well, and lies.
        const int n = 900;
        double[] u = TrainingSamples.Uniform(2 * n, 11), targets = [.. u[..n].Select(v => v < 0.4 ? 1.0 : 0)];
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(n)).Category("c", [.. u[n..].Select(v => FormattableString.Invariant($"l{(int)(v * 450)}"))]).Build();
        TrainingSet set = new(table, targets);
        TrainingResult result = await new TransformedTrainer(new TargetStatisticTransform(1), new LogisticTrainer()).TrainAsync(set, TrainingSamples.Context());
        RankingMetrics.AucRoc(result.OutOfFold.Span, targets).Value!.Value.Should().BeInRange(0.42, 0.58);
    }

    [Fact]
    public async Task Train_Fold_IsPredictedByAModelThatNeverSawIt()
    {
        TrainingSet set = TrainingSamples.Mixed(600);
        int[] folds = GroupedFolds.Assign(set, 3, 1).FoldOfRow.ToArray();
        TransformedTrainer trainer = new(new StandardTransform(), new LogisticTrainer());
        TrainingResult result = await trainer.TrainAsync(set, TrainingSamples.Context(folds: 3));

        // By hand: transform and trainer on the other folds only.
        int[] inside = [.. Enumerable.Range(0, set.Count).Where(i => folds[i] != 0)], outside = [.. Enumerable.Range(0, set.Count).Where(i => folds[i] == 0)];
        TrainingSet others = set.Select(inside);
        (IFittedTransform fitted, FeatureTable rows) = ((IFeatureTransform)new StandardTransform()).FitTransform(others);
        TrainingResult part = await new LogisticTrainer().TrainAsync(new TrainingSet(rows, others.Targets), TrainingSamples.Context(folds: 3));
        outside.Select(i => result.OutOfFold.Span[i]).Should().Equal(part.Model.Predict(fitted.Apply(set.Features.SelectRows(outside))));
    }

    [Fact]
    public async Task Train_Threads_ChangeNoBit()
    {
        TrainingSet set = TrainingSamples.Mixed(600);
        TransformedTrainer trainer = new(new TargetStatisticTransform(), new LogisticTrainer());
        TrainingSamples.Bits((await trainer.TrainAsync(set, TrainingSamples.Context(threads: 4))).OutOfFold.Span)
            .Should().Equal(TrainingSamples.Bits((await trainer.TrainAsync(set, TrainingSamples.Context())).OutOfFold.Span));
    }

    [Fact]
    public async Task Train_Cancelled_StopsBetweenFolds()
    {
        using CancellationTokenSource source = new();
        TrainingContext context = TrainingSamples.Context() with { Progress = new Cancel(source) };
        await FluentActions.Awaiting(() => new TransformedTrainer(new ImputationTransform(), new BaseRateTrainer()).TrainAsync(TrainingSamples.Mixed(300), context, source.Token).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();
    }

    private sealed class Cancel(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
