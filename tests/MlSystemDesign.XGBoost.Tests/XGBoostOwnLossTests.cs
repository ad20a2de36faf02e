using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostOwnLossTests
{
    private static readonly XGBoostOptions Quick = new() { MaxRounds = 80, LearningRate = 0.1, MaxDepth = 3, ColumnFraction = 1 };

    // xgboost 1.7.4 for Python, the same loss as its obj: objective reg:squarederror, base_score −0.9327111617659155 (SciPy's brentq), tree_method hist, max_depth 3,
    // eta 0.1, min_child_weight 0.5, 20 rounds; output margins of the first twelve rows.
    [XGBoostFact]
    public async Task Train_ByAFocalLoss_GivesTheMarginsOfPython()
    {
        double[] expected =
        [
            -0.7946028113365173, -1.3426145315170288, -1.5403156280517578, -1.2178504467010498, -0.37588608264923096, -1.0261808633804321,
            -1.0113543272018433, -0.6887853145599365, -1.1635992527008057, -0.9475767016410828, -0.4635331332683563, -0.9475767016410828,
        ];
        TrainingSet set = LossSamples.Binary();

        // Python's penalties are for derivatives as they are, ours for scaled ones.
        double scale = Scale(new FocalLoss(), set, -0.9327111617659155);
        TrainingResult result = await new XGBoostTrainer(Quick with { MaxRounds = 20, MinChildWeight = 0.5 * scale, L2 = scale, Loss = new FocalLoss() }).TrainAsync(set, TrainingSamples.Context());

        double[] margins = new double[set.Count];
        result.Model.Predictor.Score(set.Features, margins);
        result.Model.Facts["rounds"].Should().Be("20");
        margins.Take(12).Should().Equal(expected, (a, b) => Math.Abs(a - b) < 2e-6);
        result.OutOfFold.ToArray().Average().Should().BeApproximately(79 / 400.0, 0.01, "the calibration undoes what the loss does to probabilities");
    }

    [XGBoostFact]
    public void Update_ByThePseudoHuberLoss_GrowsTheTreesOfXGBoostsOwn()
    {
        TrainingSet set = LossSamples.Amounts(800);
        double[] values = new double[2 * set.Count];
        FeatureRows.Fill(set.Features, 0, values);
        BoostingData data = new(values, 2, set.Targets.ToArray(), null, [], TargetKind.Value);
        int[] rows = [.. Enumerable.Range(0, set.Count)];
        IEnumerable<(string, string)> parameters = XGBoostParameters.ForTraining(Quick, TargetKind.Value, 0.5, 1)
            .Select(p => p.Name == "objective" ? (p.Name, "reg:pseudohubererror") : p).Append(("huber_slope", "1.5"));
        using XGBoostBooster builtIn = new(XGBoostMatrix.Of(data, rows), null, parameters, data);
        double scale = Scale(new PseudoHuberLoss(1.5), set, 0.5);
        using IBooster own = new OwnLossLibrary(new XGBoostLibrary(Quick with { MinChildWeight = scale * Quick.MinChildWeight, L2 = scale * Quick.L2 }, 1), new PseudoHuberLoss(1.5)).Start(data, rows, [], start: 0.5);

        for (int round = 0; round < 40; round++)
        {
            builtIn.Update();
            own.Update();
        }

        double[] ours = own.Margins(values, set.Count, 2);
        ours.Zip(builtIn.Margins(values, set.Count, 2), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4);
        ours.Distinct().Count().Should().BeGreaterThan(100);
    }

    [XGBoostFact]
    public async Task Train_ByTheLogLossAsOnesOwn_GivesWhatTheBuiltInOneGives()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        TrainingResult builtIn = await new XGBoostTrainer(Quick).TrainAsync(set, TrainingSamples.Context()), own = await new XGBoostTrainer(Quick with { Loss = new OwnLogLoss() }).TrainAsync(set, TrainingSamples.Context());

        own.Model.Facts["rounds"].Should().Be(builtIn.Model.Facts["rounds"]);
        own.OutOfFold.ToArray().Zip(builtIn.OutOfFold.ToArray(), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4);
        (own.Model.Facts["loss"], own.Model.Facts["link"]).Should().Be(("own log loss", "Logit"));
        builtIn.Model.Facts.Keys.Should().NotContain("loss").And.NotContain("link");
    }

    // The share below a predicted quantile, out of fold; ±3.3 standard errors, and the slack of trees of a few hundred rows.
    [XGBoostTheory]
    [InlineData(0.2, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 1)]
    [InlineData(0.2, 1e-3)]
    [InlineData(0.5, 1e6)]
    [InlineData(0.9, 1e6)]
    public async Task Train_ByAQuantileLoss_PredictsQuantilesOfAnyUnit(double quantile, double scale)
    {
        const int rows = 4000;
        TrainingSet set = LossSamples.Amounts(rows, scale);
        QuantileLoss loss = new(quantile, hessian: 1 / Math.Sqrt(Variance(set.Targets.ToArray())));
        TrainingResult result = await new XGBoostTrainer(Quick with { Loss = loss, MaxRounds = 300 }).TrainAsync(set, TrainingSamples.Context(threads: 2));

        double[] predicted = result.OutOfFold.ToArray(), targets = set.Targets.ToArray(), x = set.Features.Numbers(0).ToArray();
        foreach (int third in new[] { 0, 1, 2 })
        {
            int[] within = [.. Enumerable.Range(0, rows).Where(i => (int)x[i] == third)];
            within.Average(i => targets[i] <= predicted[i] ? 1.0 : 0).Should().BeApproximately(quantile, (3.3 * Math.Sqrt(quantile * (1 - quantile) / within.Length)) + 0.02);
        }
    }

    [XGBoostFact]
    public async Task Train_ByALossWithALogLink_SavesTheLinkAndNoneOfTheCode()
    {
        TrainingSet set = LossSamples.Amounts(1500, counts: true);
        TrainingResult result = await new XGBoostTrainer(Quick with { Loss = new PoissonLoss() }).TrainAsync(set, TrainingSamples.Context());

        TrainedModel read = TrainingSamples.RoundTrip(result.Model);
        double[] margins = new double[set.Count], predictions = read.Predict(set.Features);
        read.Predictor.Score(set.Features, margins);
        predictions.Should().Equal(margins.Select(Math.Exp));
        TrainingSamples.Bits(predictions).Should().Equal(TrainingSamples.Bits(result.Model.Predict(set.Features)));
        (read.Calibrator.Kind, read.Facts["link"]).Should().Be((ExponentialCalibrator.ArtifactKind, "Log"));
        predictions.Average().Should().BeApproximately(set.Targets.ToArray().Average(), 0.05, "a deviance keeps the mean");
        result.OutOfFold.ToArray().Zip(set.Targets.ToArray(), (p, y) => (p - y) * (p - y)).Average().Should().BeLessThan(0.9 * Variance(set.Targets.ToArray()));
    }

    // Values far from zero, where a start at zero would need thousands of rounds.
    [XGBoostFact]
    public async Task Train_OnLargeValues_StartsWhereTheyAre()
    {
        TrainingSet small = LossSamples.Amounts(1000), large = new(small.Features, [.. small.Targets.ToArray().Select(y => 1000 + y)], TargetKind.Value);
        XGBoostTrainer trainer = new(Quick with { Loss = new HuberLoss(2) });
        TrainingResult near = await trainer.TrainAsync(small, TrainingSamples.Context()), far = await trainer.TrainAsync(large, TrainingSamples.Context());

        near.OutOfFold.ToArray().Zip(far.OutOfFold.ToArray(), (a, b) => Math.Abs(1000 + a - b)).Average().Should().BeLessThan(0.02);
    }

    [XGBoostFact]
    public async Task Train_ByOnesOwnLossOnAnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = LossSamples.Amounts(900);
        XGBoostTrainer trainer = new(Quick with { Loss = new PseudoHuberLoss(1), RowFraction = 0.7, ColumnFraction = 0.5 });
        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 1)), four = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 4));

        TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        TreeEnsembleFormat.Write(Trees(four)).Should().Equal(TreeEnsembleFormat.Write(Trees(one)));
        Trees(one).Trees.Where(t => t.Feature.Length > 0).Select(t => t.Feature[0]).Distinct().Should().HaveCount(2, "columns are drawn anew in each round");
    }

    [XGBoostFact]
    public async Task Train_ByOnesOwnLossAndTheObjective_MeasuresPredictionsNotMargins()
    {
        TrainingSet set = TrainingSamples.Mixed();
        XGBoostTrainer trainer = new(Quick with { Loss = new OwnLogLoss(), EarlyStoppingMetric = EarlyStoppingMetric.Objective });
        TrainingResult brier = await trainer.TrainAsync(set, TrainingSamples.Context(new BrierObjective()));
        TrainingResult builtIn = await new XGBoostTrainer(Quick with { EarlyStoppingMetric = EarlyStoppingMetric.Objective }).TrainAsync(set, TrainingSamples.Context(new BrierObjective()));

        brier.Model.Facts["rounds"].Should().Be(builtIn.Model.Facts["rounds"]);
        brier.Remarks.Should().ContainSingle().Which.Should().Match("* has decided the number of rounds on probabilities before calibration, which a loss of one's own moves: *");
        (await trainer.TrainAsync(set, TrainingSamples.Context(new AucObjective()))).Remarks.Should().BeEmpty("it only ranks");
    }

    [XGBoostFact]
    public async Task Train_ByALossThatIsNotWhatItSays_SaysSo()
    {
        await Refuses(new ChangedLoss(new OwnLogLoss(), g => -g), TrainingSamples.Reference(), "The gradient of loss 'changed loss' must be the slope of the loss. Got *");
        await Refuses(new HuberLoss(1), TrainingSamples.Reference(), "The link of a loss must be Logit for probabilities, and Identity or Log for values. Got Identity of loss 'Huber loss' for Probability. Use another loss or target.");
        await Refuses(new OwnLogLoss(), LossSamples.Amounts(60), "*Got Logit of loss 'own log loss' for Value. *");
        await Refuses(new ChangedLoss(new HuberLoss(1), link: (ScoreLink)9), LossSamples.Amounts(60), "*Got 9 of loss 'changed loss' for Value. *");

        static async Task Refuses(IBoostingLoss loss, TrainingSet set, string message) => await FluentActions
            .Awaiting(() => new XGBoostTrainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage(message);
    }

    // No number in some rounds after the check: the fold and the loss are remarked on.
    [XGBoostFact]
    public async Task Train_ByALossThatIsNoNumberOnTheWay_ChoosesAmongTheOtherRoundsAndSaysSo()
    {
        TrainingSet set = LossSamples.Amounts(300);
        int asked = 0;
        ChangedLoss loss = new(new HuberLoss(1), loss: value => Interlocked.Increment(ref asked) is > 4000 and < 4500 ? double.NaN : value);

        TrainingResult result = await new XGBoostTrainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context());

        result.Remarks.Should().Contain(remark => remark.StartsWith("changed loss was undefined in a fold after ") && remark.EndsWith("it is not a number."));
    }

    // Right where the check looks, wrong beyond: caught in the round that meets it.
    [XGBoostFact]
    public async Task Train_ByDerivativesThatAreNoNumberOnTheWay_SaysWhere()
    {
        TrainingSet set = LossSamples.Amounts(300);
        int asked = 0;
        ChangedLoss loss = new(new HuberLoss(1), g => Interlocked.Increment(ref asked) > 100_000 ? double.NaN : g);

        await FluentActions.Awaiting(() => new XGBoostTrainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>()
            .WithMessage("The derivatives of loss 'changed loss' must be finite in 32 bits, and the hessian not negative. Got gradient NaN and hessian 1 at margin *");
    }

    private static double Scale(IBoostingLoss loss, TrainingSet set, double start) => LossScale.Of(
        loss, new BoostingData(new double[set.Count], 1, set.Targets.ToArray(), null, [], set.TargetKind), [.. Enumerable.Range(0, set.Count)], start);

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }

    private static TreeEnsemble Trees(TrainingResult result) => ((TreePredictor)result.Model.Predictor).Ensemble;
}
