using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>Boosting by a loss of one's own, alike for every library.</summary>
public abstract class OwnLossTests
{
    private static readonly BoosterSettings Quick = new() { MaxRounds = 80, LearningRate = 0.1 };

    private protected abstract BoosterUnderTest Booster { get; }

    [NativeFact]
    public async Task Train_ByTheLogLossAsOnesOwn_GivesWhatTheBuiltInOneGives()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        TrainingResult builtIn = await Booster.Trainer(Quick).TrainAsync(set, TrainingSamples.Context()), own = await Booster.Trainer(Quick with { Loss = new OwnLogLoss() }).TrainAsync(set, TrainingSamples.Context());

        own.Model.Facts["rounds"].Should().Be(builtIn.Model.Facts["rounds"]);
        own.OutOfFold.ToArray().Zip(builtIn.OutOfFold.ToArray(), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-4);
        (own.Model.Facts["loss"], own.Model.Facts["link"]).Should().Be(("own log loss", "Logit"));
        builtIn.Model.Facts.Keys.Should().NotContain("loss").And.NotContain("link");
    }

    // The share below a predicted quantile, out of fold; ±3.3 standard errors, and the slack of trees of a few hundred rows.
    [NativeTheory]
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
        TrainingResult result = await Booster.Trainer(Quick with { Loss = loss, MaxRounds = 300 }).TrainAsync(set, TrainingSamples.Context(threads: 2));

        double[] predicted = result.OutOfFold.ToArray(), targets = set.Targets.ToArray(), x = set.Features.Numbers(0).ToArray();
        foreach (int third in new[] { 0, 1, 2 })
        {
            int[] within = [.. Enumerable.Range(0, rows).Where(i => (int)x[i] == third)];
            within.Average(i => targets[i] <= predicted[i] ? 1.0 : 0).Should().BeApproximately(quantile, (3.3 * Math.Sqrt(quantile * (1 - quantile) / within.Length)) + 0.02);
        }
    }

    [NativeFact]
    public async Task Train_ByALossWithALogLink_SavesTheLinkAndNoneOfTheCode()
    {
        TrainingSet set = LossSamples.Amounts(1500, counts: true);
        TrainingResult result = await Booster.Trainer(Quick with { Loss = new PoissonLoss() }).TrainAsync(set, TrainingSamples.Context());

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
    [NativeFact]
    public async Task Train_OnLargeValues_StartsWhereTheyAre()
    {
        TrainingSet small = LossSamples.Amounts(1000), large = new(small.Features, [.. small.Targets.ToArray().Select(y => 1000 + y)], TargetKind.Value);
        IModelTrainer trainer = Booster.Trainer(Quick with { Loss = new HuberLoss(2) });
        TrainingResult near = await trainer.TrainAsync(small, TrainingSamples.Context()), far = await trainer.TrainAsync(large, TrainingSamples.Context());

        near.OutOfFold.ToArray().Zip(far.OutOfFold.ToArray(), (a, b) => Math.Abs(1000 + a - b)).Average().Should().BeLessThan(0.02);
    }

    [NativeFact]
    public async Task Train_ByOnesOwnLossOnAnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = LossSamples.Amounts(900);
        IModelTrainer trainer = Booster.Trainer(Quick with { Loss = new PseudoHuberLoss(1), Draws = true });
        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 1)), four = await trainer.TrainAsync(set, TrainingSamples.Context(threads: 4));

        TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        TreeEnsembleFormat.Write(Trees(four)).Should().Equal(TreeEnsembleFormat.Write(Trees(one)));
        Trees(one).Trees.Where(t => t.Feature.Length > 0).Select(t => t.Feature[0]).Distinct().Should().HaveCount(2, "columns are drawn anew in each round");
    }

    [NativeFact]
    public async Task Train_ByOnesOwnLossAndTheObjective_MeasuresPredictionsNotMargins()
    {
        TrainingSet set = TrainingSamples.Mixed();
        IModelTrainer trainer = Booster.Trainer(Quick with { Loss = new OwnLogLoss(), Metric = EarlyStoppingMetric.Objective });
        TrainingResult brier = await trainer.TrainAsync(set, TrainingSamples.Context(new BrierObjective()));
        TrainingResult builtIn = await Booster.Trainer(Quick with { Metric = EarlyStoppingMetric.Objective }).TrainAsync(set, TrainingSamples.Context(new BrierObjective()));

        brier.Model.Facts["rounds"].Should().Be(builtIn.Model.Facts["rounds"]);
        brier.Remarks.Should().BeEmpty();
    }

    [NativeFact]
    public async Task Train_ByALossThatIsNotWhatItSays_SaysSo()
    {
        await Refuses(new ChangedLoss(new OwnLogLoss(), g => -g), TrainingSamples.Reference(), "The gradient of loss 'changed loss' must be the slope of the loss. Got *");
        await Refuses(new HuberLoss(1), TrainingSamples.Reference(), "The link of a loss must be Logit for probabilities, and Identity or Log for values. Got Identity of loss 'Huber loss' for Probability. Use another loss or target.");
        await Refuses(new OwnLogLoss(), LossSamples.Amounts(60), "*Got Logit of loss 'own log loss' for Value. *");
        await Refuses(new ChangedLoss(new HuberLoss(1), link: (ScoreLink)9), LossSamples.Amounts(60), "*Got 9 of loss 'changed loss' for Value. *");

        async Task Refuses(IBoostingLoss loss, TrainingSet set, string message) => await FluentActions
            .Awaiting(() => Booster.Trainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>().WithMessage(message);
    }

    // No number in some rounds after the check: the fold and the loss are remarked on.
    [NativeFact]
    public async Task Train_ByALossThatIsNoNumberOnTheWay_ChoosesAmongTheOtherRoundsAndSaysSo()
    {
        TrainingSet set = LossSamples.Amounts(300);
        int asked = 0;
        ChangedLoss loss = new(new HuberLoss(1), loss: value => Interlocked.Increment(ref asked) is > 4000 and < 4500 ? double.NaN : value);

        TrainingResult result = await Booster.Trainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context());

        result.Remarks.Should().Contain(remark => remark.StartsWith("changed loss was undefined in a fold after ") && remark.EndsWith("it is not a number."));
    }

    // Right where the check looks, wrong beyond: caught in the round that meets it.
    [NativeFact]
    public async Task Train_ByDerivativesThatAreNoNumberOnTheWay_SaysWhere()
    {
        TrainingSet set = LossSamples.Amounts(300);
        int asked = 0;
        ChangedLoss loss = new(new HuberLoss(1), g => Interlocked.Increment(ref asked) > 100_000 ? double.NaN : g);

        await FluentActions.Awaiting(() => Booster.Trainer(Quick with { Loss = loss }).TrainAsync(set, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>()
            .WithMessage("The derivatives of loss 'changed loss' must be finite in 32 bits, and the hessian not negative. Got gradient NaN and hessian 1 at margin *");
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(v => (v - mean) * (v - mean));
    }

    private static TreeEnsemble Trees(TrainingResult result) => ((TreePredictor)result.Model.Predictor).Ensemble;
}
