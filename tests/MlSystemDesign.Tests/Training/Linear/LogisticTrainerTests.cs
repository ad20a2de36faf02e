using System.Globalization;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Linear;

public class LogisticTrainerTests
{
    // Newton's method in NumPy; scikit-learn 1.2.1 LogisticRegression(C=1/λ, solver="lbfgs", tol=1e-14) on the standardised columns agrees to 1e-5.
    [Theory]
    [InlineData(1, false, -0.748071865452672, 1.84362614789559, -1.064438580710974, -0.147073973862127)]
    [InlineData(10, false, -0.50617802468381, 0.823821628487229, -0.503617522847021, -0.044512412091526)]
    [InlineData(1, true, -0.766015807143988, 1.794498199727907, -1.108126434149511, -0.116492127300484)]
    [InlineData(10, true, -0.509954155982328, 0.813592420160413, -0.527315191028093, -0.042635367601705)]
    public async Task Train_Reference_GivesItsCoefficients(double penalty, bool weighted, double intercept, double b1, double b2, double b3)
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(weighted), penalty);
        model.Intercept.Should().BeApproximately(intercept, 1e-12);
        model.Coefficients.ToArray().Should().Equal([b1, b2, b3], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    // statsmodels Logit on the standardised columns: the maximum of the likelihood, which a vanishing penalty must reach.
    [Fact]
    public async Task Train_VanishingPenalty_ReachesTheMaximumLikelihood()
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(), 1e-9);
        model.Intercept.Should().BeApproximately(-0.935235504302283, 1e-7);
        model.Coefficients.ToArray().Should().Equal([2.58905634050636, -1.460044506041769, -0.216067828137248], (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Fact]
    public async Task Train_WeightsOnAnotherScale_GiveTheSameModel()
    {
        TrainingSet set = TrainingSamples.Reference(weighted: true);
        TrainingSet scaled = new(set.Features, set.Targets, weights: [.. set.Weights.ToArray().Select(w => w * 1024)]);
        (await Train(scaled, 1)).Coefficients.ToArray().Should().Equal((await Train(set, 1)).Coefficients.ToArray());
    }

    [Fact]
    public async Task Train_SeparableClasses_StaysFinite()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(20)).Number("x", [.. Enumerable.Range(0, 20).Select(i => (double)i)]).Build();
        TrainingResult result = await new LogisticTrainer().TrainAsync(
            new TrainingSet(table, [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 0.0 : 1)]), TrainingSamples.Context());
        result.Model.Predict(table).Should().BeInAscendingOrder().And.OnlyContain(p => p > 0 && p < 1);
        result.Remarks.Should().BeEmpty("it converged");
    }

    [Fact]
    public async Task Train_OutOfFold_OwesNothingToItsOwnRows()
    {
        TrainingSet set = TrainingSamples.Mixed(300);
        LogisticTrainer trainer = new(new() { Penalties = [1], Calibration = CalibrationMethod.Sigmoid });
        TrainingResult result = await trainer.TrainAsync(set, TrainingSamples.Context());
        GroupedFolds folds = GroupedFolds.Assign(set, 5, 1);
        (TrainingSet inside, CalibrationSet outside) = set.SplitOff(folds.FoldOfRow, 2);

        // A model that has never heard of fold 2, its imputation and scaling included.
        LinearPredictor without = await Train(inside, 1);
        double[] expected = new double[outside.Count], actual = [.. Enumerable.Range(0, 300).Where(i => folds.FoldOfRow[i] == 2).Select(i => result.OutOfFold.Span[i])];
        without.Score(outside.Features, expected);
        actual.Should().Equal(expected.Select(new SigmoidCalibrator().Calibrate));
    }

    [Fact]
    public async Task Train_AnyNumberOfThreadsAndCulture_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        TrainingResult one = await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context(threads: 1));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            TrainingResult four = await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context(threads: 4));
            TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
            TrainingSamples.Bits(four.Model.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(one.Model.Predict(set.Features)));
            four.Model.Facts.Should().BeEquivalentTo(one.Model.Facts);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Train_Penalty_IsChosenByTheObjective()
    {
        // Pure noise in 12 columns: the strongest penalty has the least loss out of fold.
        double[] u = TrainingSamples.Uniform(13 * 80, 5);
        FeatureTableBuilder builder = new(TrainingSamples.Keys(80));
        for (int c = 0; c < 12; c++)
        {
            builder.Number($"noise{c}", u.AsSpan(80 * c, 80));
        }

        TrainingSet set = new(builder.Build(), [.. u.Skip(80 * 12).Select(v => v < 0.5 ? 1.0 : 0)]);
        LogisticOptions options = new() { Penalties = [0.001, 1000], Calibration = CalibrationMethod.Sigmoid };
        (await new LogisticTrainer(options).TrainAsync(set, TrainingSamples.Context())).Model.Facts["penalty"].Should().Be("1000");
        (await new LogisticTrainer(options).TrainAsync(set, TrainingSamples.Context(new Reversed()))).Model.Facts["penalty"].Should().Be("0.001");
    }

    [Fact]
    public async Task Train_ConstantFeatures_PredictsTheBaseRateAndSaysSo()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(40)).Number("x", [.. Enumerable.Repeat(3.0, 40)]).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1.0 : 0)]);
        TrainingResult result = await new LogisticTrainer(new() { Calibration = CalibrationMethod.Sigmoid }).TrainAsync(set, TrainingSamples.Context());
        result.Model.Predict(table).Should().OnlyContain(p => Math.Abs(p - 0.25) < 1e-12);
        result.Remarks.Should().Equal("No feature varies over the training rows: logistic regression predicts the base rate for every row.");
        result.Model.Facts["penalty"].Should().Be("100", "of equally good penalties the largest is taken");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Train_OneClass_SaysWhatIsNeeded(double target)
    {
        TrainingSet set = new(TrainingSamples.Reference().Features, [.. Enumerable.Repeat(target, 60)]);
        await FluentActions.Awaiting(() => new LogisticTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage(
            $"A model must be trained on rows of both classes. Got {(target == 1 ? 60 : 0)} positives among 60 rows. Choose another horizon or outcome, or train on a longer history.");
    }

    [Fact]
    public async Task Train_NoRows_SaysSo()
    {
        TrainingSet set = new(new FeatureTableBuilder([]).Number("x", []).Build(), []);
        await FluentActions.Awaiting(() => new LogisticTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage("*Got no rows.*");
    }

    [Fact]
    public async Task Train_ValueTargets_AreRefused()
    {
        TrainingSet set = new(TrainingSamples.Reference().Features, new double[60], TargetKind.Value);
        await FluentActions.Awaiting(() => new LogisticTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage("*Got kind Value*");
    }

    [Fact]
    public async Task Train_TransformThatLeavesMissing_NamesColumnAndRow()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(60)).Number("x", [.. Enumerable.Repeat(double.NaN, 60)]).Build();
        TrainingSet set = new(table, TrainingSamples.Reference().Targets);
        await FluentActions.Awaiting(() => new LogisticTrainer(transform: new Untouched()).TrainAsync(set, TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("A linear model must be given finite numbers. Got NaN in 'x', row 1, after the transform. *");
    }

    [Fact]
    public async Task Train_Cancelled_Stops() =>
        await FluentActions.Awaiting(() => new LogisticTrainer().TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context(), new CancellationToken(true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();

    [Fact]
    public async Task Codec_WholeModel_ScoresTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainingResult result = await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context());
        TrainedModel read = TrainingSamples.RoundTrip(result.Model);
        TrainingSamples.Bits(read.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(result.Model.Predict(set.Features)));
    }

    [Theory]
    [InlineData("{\"intercept\":0,\"coefficients\":[1,2]}")]
    [InlineData("{\"intercept\":0}")]
    [InlineData("{\"intercept\":1e999,\"coefficients\":[1,2,3]}")]
    [InlineData("[")]
    public async Task Codec_AlteredPredictor_IsCorrupted(string payload)
    {
        LinearPredictor model = await Train(TrainingSamples.Reference(), 1);
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(model, _ => System.Text.Encoding.UTF8.GetBytes(payload)));
    }

    [Fact]
    public void Constructor_PenaltyNotPositive_NamesIt() =>
        FluentActions.Invoking(() => new LogisticTrainer(new() { Penalties = [1, 0] })).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Penalties of LogisticTrainer must be at least one positive, finite number. Got '1, 0'. Pass 1 if in doubt.*");

    private static async Task<LinearPredictor> Train(TrainingSet set, double penalty)
    {
        TrainingResult result = await new LogisticTrainer(new() { Penalties = [penalty] }).TrainAsync(set, TrainingSamples.Context());
        return (LinearPredictor)result.Model.Predictor;
    }

    [Fact]
    public void DesignMatrix_OfMoreValuesThanAnArrayHolds_IsRefusedBeforeItIsMade()
    {
        double[] shared = new double[100_000];
        FeatureSchema schema = new(Enumerable.Range(0, 30_000).Select(c => new FeatureColumn { Name = $"x{c}", Kind = ColumnKind.Number }));
        FeatureTable table = new(ObservationSet.WithoutTime(TrainingSamples.Keys(shared.Length)), schema, [.. Enumerable.Repeat((ReadOnlyMemory<double>)shared, schema.Count)], new ReadOnlyMemory<int>[schema.Count]);
        FluentActions.Invoking(() => DesignMatrix.Of(table)).Should().Throw<TrainingException>().WithMessage("A linear model must be given at most *Got 100000 × 30000. *");
    }

    [Fact]
    public async Task Predict_MissingValueThatNothingImputes_IsRefusedInsteadOfNaN()
    {
        TrainedModel model = (await new LogisticTrainer(transform: new ScalingTransform()).TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context())).Model;
        FeatureTable rows = new FeatureTableBuilder(TrainingSamples.Keys(2)).Number("x1", [1, 2]).Number("x2", [1, double.NaN]).Number("x3", [0, 0]).Build();
        FluentActions.Invoking(() => model.Predict(rows)).Should().Throw<ArgumentException>().WithMessage("A linear model must be given finite numbers. Got NaN in 'x2', row 2, after the transform. *");
    }

    private sealed class Reversed : IObjective
    {
        private readonly LogLossObjective _inner = new();

        public string Name => "worse is better";

        public MetricDirection Direction => MetricDirection.HigherIsBetter;

        public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set) => _inner.Measure(predictions, set);

        public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => false;
    }

    private sealed class Untouched : IFeatureTransform
    {
        public IFittedTransform Fit(TrainingSet training) => new Fitted(training.Features.Schema);

        private sealed record Fitted(FeatureSchema Input) : IFittedTransform
        {
            public FeatureSchema Output => Input;

            public string Kind => "test.untouched";

            public FeatureTable Apply(FeatureTable table) => table;
        }
    }
}
