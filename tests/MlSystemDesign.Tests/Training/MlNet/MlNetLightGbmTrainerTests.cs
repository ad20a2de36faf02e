using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using MlSystemDesign.Explanation;
using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;

namespace MlSystemDesign.Tests.Training.MlNet;

public class MlNetLightGbmTrainerTests
{
    private static readonly MlNetLightGbmOptions Short = new() { MaxRounds = 40, MinDataInLeaf = 20 };

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Train_ProbabilitiesOfNumbersAndCategories_BeatsTheBaseRateAndSurvivesTheFile(bool sets, bool weighted)
    {
        TrainingSet set = Complete(TrainingSamples.Mixed(weighted: weighted));
        TrainingResult result = await new MlNetLightGbmTrainer(Short with { CategoricalSplits = sets }).TrainAsync(set, TrainingSamples.Context());
        result.Model.Facts["parity"].Should().StartWith("managed = native on").And.EndWith("largest difference 0");
        int rounds = int.Parse(result.Model.Facts["rounds"], System.Globalization.CultureInfo.InvariantCulture);
        rounds.Should().BeInRange(5, 40);
        double floor = (await new BaseRateTrainer().TrainAsync(set, TrainingSamples.Context())).Objective.Value!.Value;
        result.Objective.Value.Should().BeLessThan(0.95 * floor);
        double[] scores = result.Model.Predict(set.Features);
        TrainingSamples.Bits(TrainingSamples.RoundTrip(result.Model).Predict(set.Features)).Should().Equal(TrainingSamples.Bits(scores));
    }

    // The same as of LightGbmTrainer: eight categories of fifty rows, by which the smoothing of many rows could not split.
    [Fact]
    public async Task Train_OnFewRowsOfCategories_LearnsThem()
    {
        double[] u = TrainingSamples.Uniform(400, 3);
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(400)).Category("shop", [.. Enumerable.Range(0, 400).Select(i => $"s{i % 8}")]).Build();
        TrainingSet set = new(table, [.. u.Select((v, i) => v < (i % 8 < 4 ? 0.2 : 0.6) ? 1.0 : 0)]);

        TrainingResult open = await new MlNetLightGbmTrainer(new() { MaxRounds = 60 }).TrainAsync(set, TrainingSamples.Context());
        double floor = (await new BaseRateTrainer().TrainAsync(set, TrainingSamples.Context())).Objective.Value!.Value;

        open.Model.Facts["category smoothing"].Should().Be("10");
        open.Objective.Value.Should().BeLessThan(floor - 0.03);
    }

    [Fact]
    public async Task Score_OfAMissingNumber_IsThatOfZeroAsInLightGbmTrainedWithoutAny()
    {
        // One number on both sides of zero, so that both directions occur.
        double[] x = [.. TrainingSamples.Uniform(800, 4).Select(u => (8 * u) - 4)], u = TrainingSamples.Uniform(800, 5);
        TrainingSet set = new(new FeatureTableBuilder(TrainingSamples.Keys(800)).Number("x", x).Build(), [.. x.Zip(u, (v, p) => p < 1 / (1 + Math.Exp(-Math.Abs(v) + 1)) ? 1.0 : 0)]);
        TrainingResult result = await new MlNetLightGbmTrainer(Short).TrainAsync(set, TrainingSamples.Context());

        double[] scores = result.Model.Predict(new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("x", [double.NaN, 0, -3, 3]).Build());

        scores[0].Should().Be(scores[1]);
        scores[1].Should().BeLessThan(scores[2] - 0.1).And.BeLessThan(scores[3] - 0.1);
    }

    // ML.NET's own trainer and pipeline on the same rows, with numbers only: the model taken out gives the same floats.
    [Fact]
    public async Task Train_Numbers_ScoresAsMlNetsOwnPipelineDoes()
    {
        TrainingSet set = Numbers();
        TrainingResult result = await new MlNetLightGbmTrainer(Short).TrainAsync(set, TrainingSamples.Context(seed: 5));
        double[] managed = new double[set.Count];
        result.Model.Predictor.Score(set.Features, managed);

        MLContext ml = new(seed: 5);
        IDataView data = ml.Transforms.Concatenate("Features", [.. set.Features.Schema.Select(c => c.Name)]).Fit(set.ToDataView()).Transform(set.ToDataView());
        float[] native = [.. ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = int.Parse(result.Model.Facts["rounds"], System.Globalization.CultureInfo.InvariantCulture),
            LearningRate = 0.05, NumberOfLeaves = 15, MinimumExampleCountPerLeaf = 20, Sigmoid = 1, NumberOfThreads = 1, Seed = 5, HandleMissingValue = false, Deterministic = true, ForceColumnWise = true,
            Booster = new GradientBooster.Options { FeatureFraction = 0.8, L2Regularization = 1, MinimumChildWeight = 1e-3 },
        }).Fit(data).Transform(data).GetColumn<float>("Score")];
        managed.Select(score => (float)score).Should().Equal(native);
        managed.Distinct().Count().Should().BeGreaterThan(50);
    }

    [Fact]
    public async Task Train_Values_LearnsThem()
    {
        TrainingSet numbers = Numbers();
        double[] targets = [.. numbers.Features.Numbers(0).ToArray().Select((x, i) => (3 * x) + (numbers.Features.Numbers(1)[i] > 50 ? 20 : 0))];
        TrainingSet set = new(numbers.Features, targets, TargetKind.Value);
        TrainingResult result = await new MlNetLightGbmTrainer(Short with { MaxRounds = 100, LearningRate = 0.1 }).TrainAsync(set, TrainingSamples.Context());
        double mean = targets.Average(), variance = targets.Average(t => (t - mean) * (t - mean));
        result.OutOfFold.ToArray().Zip(targets, (p, t) => (p - t) * (p - t)).Average().Should().BeLessThan(0.05 * variance);
    }

    [Fact]
    public async Task Train_Model_IsExplainedExactlyByItsTrainingRows()
    {
        TrainingSet set = Complete(TrainingSamples.Mixed());
        TrainedModel model = (await new MlNetLightGbmTrainer(Short).TrainAsync(set, TrainingSamples.Context())).Model;
        FeatureTable rows = set.Features.SelectRows([0, 1, 2, 3, 4, 5, 6, 7]);
        double[] scores = new double[8];
        model.Predictor.Score(rows, scores);
        AttributionTable attributions = ModelExplainer.PathDependent(model).Explain(rows);
        for (int i = 0; i < scores.Length; i++)
        {
            attributions.Row(i).ToArray().Sum().Should().BeApproximately(scores[i] - attributions.BaseValue, 1e-9);
        }

        // The base value is the mean score of the training rows: only right covers give it.
        double[] all = new double[set.Count];
        model.Predictor.Score(set.Features, all);
        attributions.BaseValue.Should().BeApproximately(all.Average(), 1e-9);
    }

    [Fact]
    public async Task Train_AnotherContextUsedBefore_GivesTheSameBits()
    {
        TrainingSet set = Complete(TrainingSamples.Mixed(600));
        MlNetLightGbmTrainer trainer = new(Short);
        double[] first = (await trainer.TrainAsync(set, TrainingSamples.Context())).Model.Predict(set.Features);
        TrainingResult[] together = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => trainer.TrainAsync(set, TrainingSamples.Context(threads: i + 1)).AsTask()));
        together.Should().AllSatisfy(result => TrainingSamples.Bits(result.Model.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(first)));
        double[] other = (await trainer.TrainAsync(set, TrainingSamples.Context(seed: 2))).Model.Predict(set.Features);
        other.Should().NotEqual(first);
    }

    [Fact]
    public async Task Train_MissingNumber_IsRefusedWithWhatToDo()
    {
        TrainingSet set = TrainingSamples.Mixed();
        await FluentActions.Awaiting(() => new MlNetLightGbmTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage(
            "The numbers for ML.NET LightGBM must not be missing, since Microsoft.ML sends missing values the wrong way. Got a missing value in 'recency', row *. Put an ImputationTransform in front with TransformedTrainer, or use LightGbmTrainer, which takes missing values as they are.");
        TrainingResult imputed = await new TransformedTrainer(new ImputationTransform(), new MlNetLightGbmTrainer(Short with { MaxRounds = 5 })).TrainAsync(set, TrainingSamples.Context());
        imputed.Model.Predict(set.Features).Should().OnlyContain(p => p >= 0 && p <= 1);
    }

    [Fact]
    public async Task Train_NumberBeyondSinglePrecision_IsRefused()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(40)).Number("x", [.. Enumerable.Range(0, 40).Select(i => i * 1e37)]).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, 40).Select(i => (double)(i % 2))]);
        await FluentActions.Awaiting(() => new MlNetLightGbmTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage("*within ±3.4028235*Got 3.5* in 'x'*");
    }

    [Fact]
    public async Task Train_CancelledBetweenFolds_Ends()
    {
        TrainingSet set = Complete(TrainingSamples.Mixed());
        using CancellationTokenSource source = new();
        List<double> shares = [];
        TrainingContext context = TrainingSamples.Context() with
        {
            Progress = new Now(progress =>
            {
                shares.Add(progress.Share);
                source.Cancel();
            }),
        };
        await FluentActions.Awaiting(() => new MlNetLightGbmTrainer(Short).TrainAsync(set, context, source.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();
        shares.Should().Equal(1 / 6.0);

        // The turn was given back.
        (await new MlNetLightGbmTrainer(Short).TrainAsync(set, TrainingSamples.Context())).Should().NotBeNull();
    }

    // 2000 rounds in each of the fits: minutes, were they not stopped in the middle of the first.
    [Fact]
    public async Task Train_CancelledWithinAFit_EndsSoonAndLeavesNothingBehind()
    {
        TrainingSet set = Complete(TrainingSamples.Mixed(30_000));
        MlNetLightGbmTrainer trainer = new(new() { MaxRounds = 50_000, MinDataInLeaf = 20 });
        using CancellationTokenSource source = new();
        List<double> shares = [];
        Task<TrainingResult> training = trainer.TrainAsync(set, TrainingSamples.Context() with { Progress = new Now(progress => shares.Add(progress.Share)) }, source.Token).AsTask();
        await Task.Delay(1500);

        Stopwatch watch = Stopwatch.StartNew();
        await source.CancelAsync();
        await FluentActions.Awaiting(() => training).Should().ThrowAsync<OperationCanceledException>();

        // A whole fit takes minutes.
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        shares.Should().BeEmpty("no fit had ended");
        TrainingSet small = Complete(TrainingSamples.Mixed(600));
        TrainingResult after = await new MlNetLightGbmTrainer(Short).TrainAsync(small, TrainingSamples.Context()), again = await new MlNetLightGbmTrainer(Short).TrainAsync(small, TrainingSamples.Context());
        TrainingSamples.Bits(after.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(again.OutOfFold.Span));
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        FluentActions.Invoking(() => new MlNetLightGbmTrainer(new() { Leaves = 1 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Leaves of MlNetLightGbmTrainer must be in [2, *");

    private static TrainingSet Complete(TrainingSet set) => new(new ImputationTransform().Fit(set).Apply(set.Features), set.Targets, set.TargetKind, set.Weights);

    private static TrainingSet Numbers()
    {
        TrainingSet set = Complete(TrainingSamples.Mixed());
        FeatureTableBuilder builder = new(set.Features.Observations);
        builder.Number("recency", set.Features.Numbers("recency")).Number("amount", set.Features.Numbers("amount"));
        return new TrainingSet(builder.Build(), set.Targets);
    }

    private sealed class Now(Action<TrainingProgress> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value);
    }
}
