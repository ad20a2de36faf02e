using MlSystemDesign.Training;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmTrainerTests
{
    private static readonly LightGbmOptions Quick = new() { MaxRounds = 60, MinDataInLeaf = 20, LearningRate = 0.1 };

    [BoosterFact]
    public async Task Train_MissingThatMatters_IsScoredAsTrained()
    {
        // p(y | missing) = 0.8 and 0.3 otherwise: the case that a converted model gets wrong.
        double[] u = TrainingSamples.Uniform(3 * 2000, 11), x = new double[2000], y = new double[2000];
        for (int i = 0; i < 2000; i++)
        {
            x[i] = u[3 * i] < 0.2 ? double.NaN : (u[(3 * i) + 1] * 2) - 1;
            y[i] = u[(3 * i) + 2] < (double.IsNaN(x[i]) ? 0.8 : 0.3) ? 1 : 0;
        }

        TrainingSet set = new(new FeatureTableBuilder(TrainingSamples.Keys(2000)).Number("x", x).Build(), y);
        TrainingResult result = await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context());
        FeatureTable probe = new FeatureTableBuilder(TrainingSamples.Keys(2)).Number("x", [double.NaN, 0.4]).Build();
        double[] p = result.Model.Predict(probe);
        p[0].Should().BeApproximately(0.8, 0.05);
        p[1].Should().BeApproximately(0.3, 0.05);
    }

    [BoosterFact]
    public async Task Train_AnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        TrainingResult one = await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context(threads: 1, seed: -5));
        TrainingResult three = await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context(threads: 3, seed: -5));
        TrainingSamples.Bits(three.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        TrainingSamples.Bits(three.Model.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(one.Model.Predict(set.Features)));
    }

    [BoosterFact]
    public async Task Train_UnseenAndMissingCategory_ScoreAlike()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainingResult result = await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context());
        FeatureTable probe = new FeatureTableBuilder(TrainingSamples.Keys(3))
            .Category("plan", ["never seen", null, "yearly"]).Number("recency", [40, 40, 40]).Number("amount", [5, 5, 5]).Number("constant", [4, 4, 4]).Build();
        double[] p = result.Model.Predict(probe);
        p[0].Should().Be(p[1]).And.NotBe(p[2]);
        ((TreePredictor)result.Model.Predictor).Ensemble.Trees.Should().Contain(t => t.Kind.Contains(NodeKind.Categorical), "codes are no numbers");
    }

    [BoosterFact]
    public async Task Train_ManyRows_ScoreAsOneByOne()
    {
        TrainingSet set = TrainingSamples.Mixed(600);
        TrainedModel model = (await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context())).Model;
        double[] all = model.Predict(set.Features);
        for (int i = 0; i < 600; i += 37)
        {
            model.Predict(set.Features.SelectRows([i]))[0].Should().Be(all[i]);
        }
    }

    [BoosterFact]
    public async Task Train_ConstantFeatures_PredictsTheBaseRateAndSaysSo()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(400)).Number("x", [.. Enumerable.Repeat(3.0, 400)]).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1.0 : 0)]);
        TrainingResult result = await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context());
        result.Model.Predict(table).Should().OnlyContain(p => Math.Abs(p - 0.25) < 0.01);
        result.Remarks.Should().Equal("No split by any feature lowers the loss enough for the penalties and the least size of a leaf: LightGBM predicts the base rate for every row.");
    }

    [Fact]
    public async Task Train_NoFeatureOrOneClass_SaysWhatIsNeeded()
    {
        TrainingSet empty = new(new FeatureTableBuilder(TrainingSamples.Keys(60)).Build(), TrainingSamples.Reference().Targets);
        await FluentActions.Awaiting(() => new LightGbmTrainer().TrainAsync(empty, TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("LightGBM must be given at least one feature. Got none.*");
        TrainingSet oneClass = new(TrainingSamples.Reference().Features, new double[60]);
        await FluentActions.Awaiting(() => new LightGbmTrainer().TrainAsync(oneClass, TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("*Got 0 positives among 60 rows.*");
    }

    [BoosterFact]
    public async Task Train_RoundsUsedUp_SaysSo()
    {
        TrainingResult result = await new LightGbmTrainer(Quick with { MaxRounds = 3 }).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context());
        result.Remarks.Should().Equal("LightGBM was still improving at the most rounds allowed (3). Raise MaxRounds or the learning rate.");
        result.Model.Facts["rounds"].Should().Be("3");
    }

    [Fact]
    public async Task Train_Cancelled_Stops() =>
        await FluentActions.Awaiting(() => new LightGbmTrainer().TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context(), new CancellationToken(true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();

    [BoosterFact]
    public async Task Codec_WholeModel_ScoresTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainedModel model = (await new LightGbmTrainer(Quick).TrainAsync(set, TrainingSamples.Context())).Model, read = TrainingSamples.RoundTrip(model);
        TrainingSamples.Bits(read.Predict(set.Features)).Should().Equal(TrainingSamples.Bits(model.Predict(set.Features)));
        TreePredictor trees = (TreePredictor)model.Predictor;
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(trees, bytes => bytes[..^3]));
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(trees, bytes => [.. bytes.Select((b, i) => i == 3 ? (byte)0 : b)]));
        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(trees, _ => []));
    }

    [Fact]
    public void Score_AnotherNumberOfColumns_Throws()
    {
        TreePredictor trees = new(new TreeEnsemble(2, 1, []));
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("x", [1]).Build();
        FluentActions.Invoking(() => trees.Score(table, new double[1])).Should().Throw<ArgumentException>().WithMessage("The table must have the 2 columns of the trees*Got 1 columns*");
    }

    [BoosterFact]
    public async Task Train_OfValues_PredictsValuesAndReadsBack()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        double[] amounts = rows.Features.Numbers(rows.Features.Schema.Require("amount")).ToArray(), targets = [.. amounts.Select(a => 3 + Math.Log(a))];
        TrainingSet set = new(rows.Features, targets, TargetKind.Value);

        TrainingResult result = await new LightGbmTrainer(new() { MinDataInLeaf = 10 }).TrainAsync(set, TrainingSamples.Context());

        double mean = targets.Average(), variance = targets.Average(t => (t - mean) * (t - mean));
        result.OutOfFold.ToArray().Zip(targets, (p, t) => (p - t) * (p - t)).Average().Should().BeLessThan(0.02 * variance);
        (result.Model.TargetKind, result.Model.Calibrator.Kind).Should().Be((TargetKind.Value, IdentityCalibrator.ArtifactKind));
        result.Model.Facts.Keys.Should().NotContain("positives").And.NotContain("calibration");
        TrainingSamples.Bits(TrainingSamples.RoundTrip(result.Model).Predict(set.Features)).Should().Equal(TrainingSamples.Bits(result.Model.Predict(set.Features)));
    }

    [BoosterFact]
    public async Task Train_WithMonotoneColumns_NeverMovesTheOtherWay()
    {
        TrainingSet set = TrainingSamples.Mixed();
        LightGbmOptions free = new() { MinDataInLeaf = 5, MaxRounds = 60, Calibration = CalibrationMethod.Sigmoid };
        LightGbmOptions bound = free with { Monotone = new Dictionary<string, MonotoneDirection> { ["recency"] = MonotoneDirection.Increasing, ["amount"] = MonotoneDirection.Decreasing } };

        (await Falls(free)).Should().BeTrue("otherwise the constraint has nothing to do");
        (await Falls(bound)).Should().BeFalse();

        // Every row again along a grid of each bound column, the rest as it is.
        async Task<bool> Falls(LightGbmOptions options)
        {
            TrainedModel model = (await new LightGbmTrainer(options).TrainAsync(set, TrainingSamples.Context())).Model;
            return Moves(model, "recency", 1) || Moves(model, "amount", -1);
        }

        bool Moves(TrainedModel model, string column, int direction)
        {
            double[] grid = [.. Enumerable.Range(0, 60).Select(i => column == "recency" ? i * 1.5 : Math.Exp((i * 0.15) - 2))];
            double[][] at = [.. grid.Select(value => model.Predict(Along(column, value)))];
            return at.Zip(at.Skip(1)).Any(pair => pair.First.Zip(pair.Second).Any(p => direction * (p.Second - p.First) < 0));
        }

        FeatureTable Along(string column, double value)
        {
            FeatureSchema schema = set.Features.Schema;
            ReadOnlyMemory<double>[] numbers = new ReadOnlyMemory<double>[schema.Count];
            ReadOnlyMemory<int>[] codes = new ReadOnlyMemory<int>[schema.Count];
            for (int c = 0; c < schema.Count; c++)
            {
                bool number = schema[c].Kind == ColumnKind.Number;
                numbers[c] = !number ? default : schema[c].Name == column ? Enumerable.Repeat(value, set.Count).ToArray() : set.Features.Numbers(c).ToArray();
                codes[c] = number ? default : set.Features.Codes(c).ToArray();
            }

            return new FeatureTable(set.Features.Observations, schema, numbers, codes);
        }
    }

    [Fact]
    public async Task Train_WithAMonotoneColumnThatIsNone_NamesItAndThoseThatAre() => await FluentActions.Awaiting(
        () => new LightGbmTrainer(new() { Monotone = new Dictionary<string, MonotoneDirection> { ["plan"] = MonotoneDirection.Increasing } })
            .TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context()).AsTask())
        .Should().ThrowAsync<TrainingException>().WithMessage("A monotone column must be a number column of the rows. Got 'plan'. Use one of: recency, amount, constant.");

    [Fact]
    public void Options_Defaults_ReachTheBooster()
    {
        BoostingOptions boosting = new LightGbmOptions().ToBoosting(seed: 9, TrainingSamples.Reference().Features.Schema, rows: 60);
        boosting.Validate();
        (boosting.MaxRounds, boosting.Patience, boosting.LearningRate, boosting.MinDataInLeaf, boosting.FeatureFraction, boosting.BaggingFraction, boosting.Lambda, boosting.Seed)
            .Should().Be((400, 30, 0.05, 40, 0.8, 0.8, 1, 9));
    }

    // A four-hundredth of the rows, within the bounds; what is set is taken as it is.
    [Theory]
    [InlineData(60, null, 6)]
    [InlineData(2799, null, 6)]
    [InlineData(2800, null, 7)]
    [InlineData(5999, null, 14)]
    [InlineData(6000, null, 15)]
    [InlineData(1_000_000, null, 15)]
    [InlineData(60, 2, 2)]
    [InlineData(60, 31, 31)]
    [InlineData(1_000_000, 4, 4)]
    public void Options_Leaves_FollowTheRowsUnlessSet(int rows, int? set, int leaves) =>
        new LightGbmOptions { Leaves = set }.ToBoosting(1, TrainingSamples.Reference().Features.Schema, rows).Leaves.Should().Be(leaves);

    [BoosterFact]
    public async Task Train_LeavesLeftOpen_GrowsAsManyAsTheRowsAllowAndSaysHowMany()
    {
        TrainingSet few = TrainingSamples.Mixed(1000), more = TrainingSamples.Mixed(4000);
        (await Largest(few, null)).Should().Be((6, "6"));
        (await Largest(more, null)).Should().Be((10, "10"));
        (await Largest(few, 9)).Should().Be((9, "9"));

        static async Task<(int Leaves, string Fact)> Largest(TrainingSet set, int? leaves)
        {
            TrainedModel model = (await new LightGbmTrainer(new() { MaxRounds = 10, Leaves = leaves, MinDataInLeaf = 5 }).TrainAsync(set, TrainingSamples.Context())).Model;
            return (((TreePredictor)model.Predictor).Ensemble.Trees.Max(t => t.Feature.Length + 1), model.Facts["leaves"]);
        }
    }

    // A four-hundredth of the rows, within the bounds: what LightGBM has by itself up to 4,000 rows, five times that from 20,000.
    [Theory]
    [InlineData(60, null, 10)]
    [InlineData(1000, null, 10)]
    [InlineData(5000, null, 12.5)]
    [InlineData(20_000, null, 50)]
    [InlineData(1_000_000, null, 50)]
    [InlineData(60, 0.0, 0)]
    [InlineData(60, 200.0, 200)]
    public void Options_CategorySmoothing_FollowsTheRowsUnlessSet(int rows, double? set, double smoothing)
    {
        BoostingOptions boosting = new LightGbmOptions { CategorySmoothing = set, MinDataInLeaf = 30 }.ToBoosting(1, TrainingSamples.Reference().Features.Schema, rows);
        (boosting.CatSmooth, boosting.CatL2, boosting.MinDataPerGroup).Should().Be((smoothing, smoothing, 30));
    }

    // Eight categories of fifty rows: with the smoothing of many rows none of them could be split by.
    [BoosterFact]
    public async Task Train_OnFewRowsOfCategories_LearnsThem()
    {
        double[] u = TrainingSamples.Uniform(400, 3);
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(400)).Category("shop", [.. Enumerable.Range(0, 400).Select(i => $"s{i % 8}")]).Build();
        TrainingSet set = new(table, [.. u.Select((v, i) => v < (i % 8 < 4 ? 0.2 : 0.6) ? 1.0 : 0)]);

        TrainingResult open = await new LightGbmTrainer().TrainAsync(set, TrainingSamples.Context()), strong = await new LightGbmTrainer(new() { CategorySmoothing = 50 }).TrainAsync(set, TrainingSamples.Context());

        (open.Model.Facts["category smoothing"], strong.Model.Facts["category smoothing"]).Should().Be(("10", "50"));
        (strong.Model.Predict(table).Max() - strong.Model.Predict(table).Min()).Should().BeLessThan(1e-6);
        open.Objective.Value.Should().BeLessThan(strong.Objective.Value!.Value - 0.03);
    }

    [Fact]
    public void Constructor_OptionOutOfRange_NamesIt()
    {
        FluentActions.Invoking(() => new LightGbmTrainer(new() { LearningRate = 0 })).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("LearningRate of LightGbmTrainer must be in (0, 1]. Got 0. Set a value in that range.*");
        FluentActions.Invoking(() => new LightGbmTrainer(new() { Leaves = 1 })).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Leaves of *");
    }
}
