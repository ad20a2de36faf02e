using MlSystemDesign.Testing;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostTrainerTests
{
    private static readonly XGBoostOptions Quick = new() { MaxRounds = 60, EarlyStoppingRounds = 15, LearningRate = 0.15 };

    [XGBoostFact]
    public async Task XGBoostTrainer_KeepsWhatEveryTrainerPromises()
    {
        ConformanceReport report = await TrainerConformance.CheckAsync(new XGBoostTrainer(Quick));

        report.Checks.Should().HaveCountGreaterThan(8);
        report.IsProven.Should().BeTrue(string.Join(Environment.NewLine, report.Checks));
    }

    [XGBoostFact]
    public async Task TrainAsync_OnMixedRows_LearnsWhatThereIsToLearn()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);

        TrainingResult result = await new XGBoostTrainer(Quick).TrainAsync(set, TrainingSamples.Context());

        double rate = set.Targets.ToArray().Average();
        result.Objective.Value.Should().BeLessThan(0.9 * -((rate * Math.Log(rate)) + ((1 - rate) * Math.Log(1 - rate))));
        result.OutOfFold.ToArray().Should().HaveCount(set.Count).And.OnlyContain(p => p > 0 && p < 1);
        result.Model.Predict(set.Features).Average().Should().BeApproximately(rate, 0.03);
        result.Model.Facts["parity"].Should().MatchRegex("^managed = native on [0-9]+ probe rows, largest difference 0$");
        result.Model.Facts.Keys.Should().Equal("rows", "positives", "folds", "rounds", "depth", "learning rate", "library", "calibration", "parity");
    }

    [XGBoostFact]
    public async Task TrainAsync_OnAnyNumberOfThreadsWhileOthersTrain_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed();
        XGBoostTrainer trainer = new(Quick with { RowFraction = 0.6, ColumnFraction = 0.5 });
        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 1));

        foreach (int threads in (int[])[2, 3, 8])
        {
            ValueTask<TrainingResult> other = trainer.TrainAsync(set, TrainingSamples.Context(threads: 2, seed: 9));
            TrainingResult many = await trainer.TrainAsync(set, TrainingSamples.Context(threads: threads));
            await other;

            TrainingSamples.Bits(many.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
            TreeEnsembleFormat.Write(Trees(many)).Should().Equal(TreeEnsembleFormat.Write(Trees(one)));
        }
    }

    [XGBoostFact]
    public async Task TrainAsync_WithAnotherSeed_DrawsOthers()
    {
        TrainingSet set = TrainingSamples.Mixed();
        XGBoostTrainer trainer = new(Quick with { RowFraction = 0.6 });

        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(seed: 1)), other = await trainer.TrainAsync(set, TrainingSamples.Context(seed: 2));

        TreeEnsembleFormat.Write(Trees(other)).Should().NotEqual(TreeEnsembleFormat.Write(Trees(one)));
    }

    [XGBoostFact]
    public async Task TrainAsync_OfValues_PredictsValues()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        double[] amounts = rows.Features.Numbers(rows.Features.Schema.Require("amount")).ToArray(), targets = [.. amounts.Select(a => 3 + Math.Log(a))];
        TrainingSet set = new(rows.Features, targets, TargetKind.Value);

        TrainingResult result = await new XGBoostTrainer(Quick).TrainAsync(set, TrainingSamples.Context());

        double mean = targets.Average(), variance = targets.Average(t => (t - mean) * (t - mean));
        double[] outOfFold = result.OutOfFold.ToArray();
        outOfFold.Zip(targets, (p, t) => (p - t) * (p - t)).Average().Should().BeLessThan(0.02 * variance);
        result.Model.TargetKind.Should().Be(TargetKind.Value);
        result.Model.Calibrator.Should().BeOfType<IdentityCalibrator>();
        result.Model.Facts.Keys.Should().NotContain("positives").And.NotContain("calibration");
        result.Objective.IsDefined.Should().BeFalse("log loss is not defined for values");
    }

    [XGBoostFact]
    public async Task TrainAsync_WithWeightsOnAnotherScale_GivesTheSameTrees()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        double[] weights = [.. Enumerable.Range(0, rows.Count).Select(i => 1.0 + (i % 4))];
        TrainingSet small = new(rows.Features, rows.Targets, weights: weights), large = new(rows.Features, rows.Targets, weights: [.. weights.Select(w => w * 1024)]);
        XGBoostTrainer trainer = new(Quick);

        TrainingResult one = await trainer.TrainAsync(small, TrainingSamples.Context()), other = await trainer.TrainAsync(large, TrainingSamples.Context());
        TrainingResult none = await trainer.TrainAsync(rows, TrainingSamples.Context());

        TreeEnsembleFormat.Write(Trees(other)).Should().Equal(TreeEnsembleFormat.Write(Trees(one)));
        TreeEnsembleFormat.Write(Trees(none)).Should().NotEqual(TreeEnsembleFormat.Write(Trees(one)));
    }

    [XGBoostFact]
    public async Task TrainAsync_SavedAndLoaded_PredictsTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainedModel model = (await new XGBoostTrainer(Quick).TrainAsync(set, TrainingSamples.Context())).Model;

        TrainingSamples.Bits(TrainingSamples.RoundTrip(model).Predict(set.Features)).Should().Equal(TrainingSamples.Bits(model.Predict(set.Features)));
    }

    [XGBoostFact]
    public async Task TrainAsync_CancelledBetweenRounds_StopsWithinABlock()
    {
        using CancellationTokenSource source = new();
        int reports = 0;
        TrainingContext context = TrainingSamples.Context() with { Progress = new Recorder(_ => { if (++reports == 3) { source.Cancel(); } }) };

        Func<Task> act = async () => await new XGBoostTrainer(Quick).TrainAsync(TrainingSamples.Mixed(), context, source.Token);

        await act.Should().ThrowAsync<OperationCanceledException>();
        reports.Should().BeInRange(3, 8);
    }

    [XGBoostFact]
    public async Task TrainAsync_Progress_RisesToTheEnd()
    {
        List<double> shares = [];

        await new XGBoostTrainer(Quick).TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context() with { Progress = new Recorder(p => shares.Add(p.Share)) });

        shares.Should().BeInAscendingOrder().And.HaveCountGreaterThan(20);
        shares[^1].Should().Be(1);
    }

    [XGBoostFact]
    public async Task TrainAsync_OnColumnsWithNothingInThem_IgnoresThem()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        double[] amount = rows.Features.Numbers(rows.Features.Schema.Require("amount")).ToArray(), missing = new double[rows.Count];
        Array.Fill(missing, double.NaN);
        FeatureTable table = new FeatureTableBuilder(rows.Features.Observations.Entities.ToArray())
            .Number("amount", amount).Number("again", amount).Number("missing", missing).Number("same", new double[rows.Count])
            .Number("large", [.. amount.Select(a => a * 1e9)]).Category("empty", new string?[rows.Count]).Build();

        TrainingResult result = await new XGBoostTrainer(Quick).TrainAsync(new TrainingSet(table, rows.Targets), TrainingSamples.Context());

        Trees(result).Trees.SelectMany(tree => tree.Feature).Should().NotContain([2, 3, 5]).And.Contain(f => f == 0 || f == 1 || f == 4);
    }

    [XGBoostFact]
    public async Task TrainAsync_OnAConstantColumn_StartsAndEndsAtTheBaseRate()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        FeatureTable table = new FeatureTableBuilder(rows.Features.Observations.Entities.ToArray()).Number("same", new double[rows.Count]).Build();

        TrainingResult result = await new XGBoostTrainer(Quick with { Calibration = CalibrationMethod.Sigmoid }).TrainAsync(
            new TrainingSet(table, rows.Targets), TrainingSamples.Context());

        double rate = rows.Targets.ToArray().Average();
        result.Remarks.Should().Contain("No split by any feature lowers the loss enough for the penalties and the least size of a leaf: XGBoost predicts the base rate for every row.");
        result.Model.Predict(table).Should().OnlyContain(p => Math.Abs(p - rate) < 1e-6);
        int.Parse(result.Model.Facts["rounds"], System.Globalization.CultureInfo.InvariantCulture).Should().BeLessThan(5, "the start is the mean already");
    }

    [XGBoostFact]
    public async Task TrainAsync_OnTwentyThousandCategories_StaysSound()
    {
        const int n = 20_000;
        double[] u = TrainingSamples.Uniform(2 * n, 3);
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(n))
            .Category("id", [.. Enumerable.Range(0, n).Select(i => $"id{i}")]).Number("x", u.AsSpan(0, n)).Build();
        TrainingSet set = new(table, [.. Enumerable.Range(0, n).Select(i => u[n + i] < 0.2 + (0.5 * u[i]) ? 1.0 : 0.0)]);

        TrainingResult result = await new XGBoostTrainer(Quick with { MaxRounds = 10 }).TrainAsync(set, TrainingSamples.Context(folds: 2));

        result.Objective.Value.Should().BeLessThan(0.69, "a column that names every row must not drown the one that tells something");
    }

    [XGBoostFact]
    public async Task TrainAsync_OnOneClass_SaysSo()
    {
        TrainingSet rows = TrainingSamples.Mixed();

        Func<Task> act = async () => await new XGBoostTrainer().TrainAsync(new TrainingSet(rows.Features, new double[rows.Count]), TrainingSamples.Context());

        (await act.Should().ThrowAsync<TrainingException>()).WithMessage("A model must be trained on rows of both classes. Got 0 positives among 1500 rows.*");
    }

    [XGBoostFact]
    public async Task TrainAsync_OnOneRow_SaysSo()
    {
        Func<Task> act = async () => await new XGBoostTrainer().TrainAsync(TrainingSamples.Picked(TrainingSamples.Mixed(), [0]), TrainingSamples.Context());

        await act.Should().ThrowAsync<TrainingException>();
    }

    [XGBoostFact]
    public async Task TrainAsync_WithoutFeatures_SaysSo()
    {
        TrainingSet rows = TrainingSamples.Mixed();
        FeatureTable empty = new FeatureTableBuilder(rows.Features.Observations.Entities.ToArray()).Build();

        Func<Task> act = async () => await new XGBoostTrainer().TrainAsync(new TrainingSet(empty, rows.Targets), TrainingSamples.Context());

        (await act.Should().ThrowAsync<TrainingException>()).WithMessage("XGBoost must be given at least one feature. Got none.*");
    }

    [XGBoostFact]
    public async Task TrainAsync_OnValuesBeyond32Bits_NamesTheColumn()
    {
        TrainingSet rows = TrainingSamples.Reference();
        double[] huge = new double[rows.Count];
        huge[7] = -1e300;
        FeatureTable table = new FeatureTableBuilder(rows.Features.Observations.Entities.ToArray()).Number("huge", huge).Build();

        Func<Task> act = async () => await new XGBoostTrainer().TrainAsync(new TrainingSet(table, rows.Targets), TrainingSamples.Context());

        (await act.Should().ThrowAsync<TrainingException>()).WithMessage(
            "The values of XGBoost must lie within ±1e38, since it computes in 32 bits. Got -1E+300 in column 'huge'. Scale them, or train LightGBM.");
    }

    [Theory]
    [InlineData(nameof(XGBoostOptions.MaxDepth), "MaxDepth of XGBoostTrainer must be in [1, 30]. Got 31. Set a value in that range.*")]
    [InlineData(nameof(XGBoostOptions.RowFraction), "RowFraction of XGBoostTrainer must be in (0, 1]. Got 0. Set a value in that range.*")]
    [InlineData(nameof(XGBoostOptions.MinChildWeight), "MinChildWeight of XGBoostTrainer must be in [0, *]. Got NaN. Set a value in that range.*")]
    public void Constructor_OfAnOptionOutOfRange_NamesIt(string option, string message)
    {
        Action act = () => _ = new XGBoostTrainer(option switch
        {
            nameof(XGBoostOptions.MaxDepth) => new() { MaxDepth = 31 },
            nameof(XGBoostOptions.RowFraction) => new() { RowFraction = 0 },
            _ => new() { MinChildWeight = double.NaN },
        });

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    private static TreeEnsemble Trees(TrainingResult result) => ((TreePredictor)result.Model.Predictor).Ensemble;

    private sealed class Recorder(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
