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

    public static TheoryData<IModelTrainer> WithColumnsPerLevel =>
    [
        new LogisticTrainer(transform: new StandardTransform(new() { MinCategoryCount = 3 })),
        new MlSystemDesign.Training.MlNet.MlNetTrainer(transform: new StandardTransform(new() { MinCategoryCount = 3 })),
        new TransformedTrainer(new OneHotTransform(3), new BaseRateTrainer()),
        new TransformedTrainer(new PipelineTransform(new ImputationTransform(), new OneHotTransform(3)), new BaseRateTrainer()),
    ];

    // 2,001 levels of three rows each, so that every fold without some of their rows keeps fewer levels than allowed.
    [Theory]
    [MemberData(nameof(WithColumnsPerLevel), DisableDiscoveryEnumeration = true)]
    public async Task Train_TooManyLevels_IsSaidBeforeAnyFold(IModelTrainer trainer)
    {
        const int rows = 3 * 2001;
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(rows)).Number("x", TrainingSamples.Uniform(rows, 1)).Category("shop", [.. Enumerable.Range(0, rows).Select(i => $"s{i % 2001}")]).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? 1.0 : 0)]);
        List<TrainingProgress> told = [];

        await FluentActions.Awaiting(() => trainer.TrainAsync(set, TrainingSamples.Context() with { Progress = new Told(told) }).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage(
            "At most 2000 levels of categories may have a column of their own. Got 2001 with 3 or more rows each, 2001 of them in 'shop'. Raise MinCategoryCount, put a TargetStatisticTransform in front, or use LightGbmTrainer.");

        told.Should().BeEmpty("no fold was trained");
    }

    private sealed class Told(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }

    private sealed class Cancel(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
