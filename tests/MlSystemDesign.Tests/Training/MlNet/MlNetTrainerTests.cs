using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;

namespace MlSystemDesign.Tests.Training.MlNet;

public class MlNetTrainerTests
{
    [Fact]
    public void ToDataView_LabelledSet_GivesEveryValue()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(3)).Number("age", [30, double.NaN, 50]).Category("plan", ["b", null, "a"]).Build();
        IDataView view = new TrainingSet(table, [0, 1, 0], weights: [1, 2, 3]).ToDataView();
        view.Schema.Select(c => (c.Name, c.Type.RawType)).Should().Equal(
            ("age", typeof(float)), ("plan", typeof(ReadOnlyMemory<char>)), ("Label", typeof(bool)), ("Weight", typeof(float)));
        view.GetRowCount().Should().Be(3);
        view.GetColumn<float>("age").Should().Equal(30, float.NaN, 50);
        view.GetColumn<ReadOnlyMemory<char>>("plan").Select(t => t.ToString()).Should().Equal("b", string.Empty, "a");
        view.GetColumn<bool>("Label").Should().Equal(false, true, false);
        view.GetColumn<float>("Weight").Should().Equal(1, 2, 3);
        new HoldoutSet(table, [1.5, 2, 3], TargetKind.Value).ToDataView().GetColumn<float>("Label").Should().Equal(1.5f, 2, 3);
    }

    // One fit, without folds. Its steps look at no token: it may end, but gives nothing.
    [Fact]
    public async Task Fit_CancelledOnItsWay_GivesNothing()
    {
        TrainingSet set = TrainingSamples.Reference();
        double[] weights = [.. Enumerable.Repeat(1.0, set.Count)];
        MlNetSolver solver = new(new());
        using CancellationTokenSource source = new();
        FluentActions.Invoking(() => MlNetCancellation.Run(new MLContext(1), () =>
        {
            LinearFit fit = solver.Fit(set, weights, [1], CancellationToken.None)[0];
            source.Cancel();
            return fit;
        }, source.Token)).Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        await source.CancelAsync();
        FluentActions.Invoking(() => solver.Fit(set, weights, [1], source.Token)).Should().Throw<OperationCanceledException>();
        FluentActions.Invoking(() => MlNetDataExtensions.View(set, source.Token).GetColumn<bool>("Label").Count()).Should().Throw<OperationCanceledException>("the rows end who reads them");
    }

    [Fact]
    public void ToDataView_FeatureNamedLabel_IsRefused()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("Label", [1]).Build();
        FluentActions.Invoking(() => new TrainingSet(table, [1]).ToDataView()).Should().Throw<ArgumentException>().WithMessage("*Got a feature 'Label'*");
    }

    [Fact]
    public void ToDataView_ExistingPipeline_TrainsOnIt()
    {
        TrainingSet set = TrainingSamples.Mixed(400);
        MLContext ml = new(seed: 1);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("plan")
            .Append(ml.Transforms.ReplaceMissingValues("recency", replacementMode: Microsoft.ML.Transforms.MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate("Features", "recency", "plan")).Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression());
        IDataView data = set.ToDataView();
        ml.BinaryClassification.Evaluate(pipeline.Fit(data).Transform(data)).AreaUnderRocCurve.Should().BeGreaterThan(0.6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Train_Managed_ScoresAsMlNetDoes(bool weighted)
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: weighted);
        TrainingResult result = await new MlNetTrainer().TrainAsync(set, TrainingSamples.Context());
        LinearPredictor predictor = (LinearPredictor)result.Model.Predictor;
        double[] managed = new double[set.Count];
        predictor.Score(set.Features, managed);

        // ML.NET's own model, trained by ML.NET's own means on the same transformed rows.
        double mean = weighted ? set.Weights.ToArray().Average() : 1;
        TrainingSet transformed = new(predictor.Transform.Apply(set.Features), set.Targets, weights: [.. set.Weights.ToArray().Select(w => w / mean)]);
        MLContext ml = new(seed: 1);
        IDataView data = ml.Transforms.Concatenate("Features", [.. transformed.Features.Schema.Select(c => c.Name)]).Fit(transformed.ToDataView()).Transform(transformed.ToDataView());
        var native = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            ExampleWeightColumnName = weighted ? "Weight" : null, L1Regularization = 0, L2Regularization = 1, OptimizationTolerance = 1e-7f, NumberOfThreads = 1,
        }).Fit(data);
        float[] scores = [.. native.Transform(data).GetColumn<float>("Score")];
        managed.Zip(scores).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        managed.Max().Should().BeGreaterThan(managed.Min() + 1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(30, true)]
    public async Task Train_SamePenalty_AgreesWithNewton(double penalty, bool weighted)
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: weighted);
        LinearPredictor lbfgs = (LinearPredictor)(await new MlNetTrainer(new() { L2 = penalty }).TrainAsync(set, TrainingSamples.Context())).Model.Predictor;
        LinearPredictor newton = (LinearPredictor)(await new LogisticTrainer(new() { Penalties = [penalty] }).TrainAsync(set, TrainingSamples.Context())).Model.Predictor;
        lbfgs.Intercept.Should().BeApproximately(newton.Intercept, 2e-3);
        lbfgs.Coefficients.ToArray().Should().Equal(newton.Coefficients.ToArray(), (a, b) => Math.Abs(a - b) < 2e-3);
    }

    [Fact]
    public async Task Train_AnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(600);
        TrainingResult one = await new MlNetTrainer().TrainAsync(set, TrainingSamples.Context()), four = await new MlNetTrainer().TrainAsync(set, TrainingSamples.Context(threads: 4));
        TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        TrainedModel read = TrainingSamples.RoundTrip(one.Model);
        TrainingSamples.Bits(read.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(four.Model.Predict(set.Features)));
    }

    [Fact]
    public async Task Train_StrongL1_LeavesFewCoefficients()
    {
        LinearPredictor sparse = (LinearPredictor)(await new MlNetTrainer(new() { L1 = 60, L2 = 0 }).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context())).Model.Predictor;
        sparse.Coefficients.ToArray().Count(c => c == 0).Should().BeInRange(1, sparse.Coefficients.Length - 1);
    }

    [Fact]
    public async Task Train_ConstantFeatures_PredictsTheBaseRate()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(40)).Number("x", new double[40]).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1.0 : 0)]);
        TrainingResult result = await new MlNetTrainer(new() { Calibration = CalibrationMethod.Sigmoid }).TrainAsync(set, TrainingSamples.Context());
        result.Model.Predict(table).Should().OnlyContain(p => Math.Abs(p - 0.25) < 1e-12);
    }

    // ML.NET itself would leave out the rows, and say nothing.
    [Fact]
    public async Task Train_MissingValueThatNothingImputes_IsRefused() =>
        await FluentActions.Awaiting(() => new MlNetTrainer(transform: new PipelineTransform(new OneHotTransform(), new ScalingTransform())).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("A linear model must be given finite numbers. Got NaN in 'recency', row *");

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt() =>
        FluentActions.Invoking(() => new MlNetTrainer(new() { L2 = -1 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("L2 of MlNetTrainer must be in [0, *");
}
