using System.Globalization;
using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>What stops boosting, alike for every library.</summary>
public abstract class EarlyStoppingTests
{
    private static readonly BoosterSettings Quick = new() { MaxRounds = 60, EarlyStoppingRounds = 60, LearningRate = 0.2 };

    public static TheoryData<IObjective, bool> Objectives => new()
    {
        { new AucObjective(), false },
        { new F1Objective(0.3), false },
        { new ValueAtCapacityObjective(0.2, 0.3, 2), false },
        { new BrierObjective(), false },
        { new ExpectedCostObjective(), false },
        { new F1Objective(0.3), true },
        { new ExpectedCostObjective(), true },
    };

    private protected abstract BoosterUnderTest Booster { get; }

    [NativeTheory]
    [MemberData(nameof(Objectives), DisableDiscoveryEnumeration = true)]
    public async Task Train_ByTheObjective_TakesTheRoundThatIsBestByHand(IObjective objective, bool ownLoss)
    {
        TrainingSet set = EarlyStoppingSamples.WithMoney(TrainingSamples.Mixed(weighted: true));
        TrainingContext context = TrainingSamples.Context(objective, folds: 3, seed: 2, threads: 2);
        BoosterSettings settings = Quick with { Metric = EarlyStoppingMetric.Objective, Loss = ownLoss ? new FocalLoss() : null };

        TrainingResult result = await Booster.Trainer(settings).TrainAsync(set, context);

        double[] curve = EarlyStoppingSamples.Curve(data => Booster.Library(settings, set, data, seed: 2), set, context, settings.MaxRounds, CalibrationMethod.Platt);
        result.Model.Facts["rounds"].Should().Be(EarlyStoppingSamples.Best(curve, objective.Direction).ToString(CultureInfo.InvariantCulture));
        result.Model.Facts["stopped by"].Should().Be(objective.Name);
        result.Remarks.Should().BeEmpty();
    }

    [NativeTheory]
    [InlineData(ValueError.Squared)]
    [InlineData(ValueError.Absolute)]
    public async Task Train_OnValuesByTheirError_TakesTheRoundThatIsBestByHand(ValueError error)
    {
        TrainingSet set = LossSamples.Amounts(700);
        TrainingContext context = TrainingSamples.Context(new ValueErrorObjective(error), folds: 3);
        BoosterSettings settings = Quick with { Metric = EarlyStoppingMetric.Objective };

        TrainingResult result = await Booster.Trainer(settings).TrainAsync(set, context);

        double[] curve = EarlyStoppingSamples.Curve(data => Booster.Library(settings, set, data, context.Seed), set, context, settings.MaxRounds, calibration: null);
        int rounds = EarlyStoppingSamples.Best(curve, MetricDirection.LowerIsBetter);
        result.Model.Facts["rounds"].Should().Be(rounds.ToString(CultureInfo.InvariantCulture));
        rounds.Should().BeInRange(2, settings.MaxRounds - 1);
        result.Objective.Value.Should().BeApproximately(curve.Min(), 1e-4, "XGBoost predicts in 32 bits");
        result.Remarks.Should().BeEmpty();
    }

    // A focal loss draws probabilities towards the middle: costs measured there choose another round than those that the result has.
    [NativeFact]
    public async Task Train_ByACostAndALossThatMovesProbabilities_MeasuresThemCalibrated()
    {
        TrainingSet set = EarlyStoppingSamples.WithMoney(TrainingSamples.Mixed());
        TrainingContext context = TrainingSamples.Context(new ExpectedCostObjective());
        BoosterSettings settings = Quick with { Metric = EarlyStoppingMetric.Objective, Loss = new FocalLoss() };
        double[] calibrated = Curve(CalibrationMethod.Platt), raw = Curve(null);

        TrainingResult result = await Booster.Trainer(settings).TrainAsync(set, context);

        int rounds = int.Parse(result.Model.Facts["rounds"], CultureInfo.InvariantCulture);
        rounds.Should().Be(EarlyStoppingSamples.Best(calibrated, MetricDirection.LowerIsBetter)).And.NotBe(EarlyStoppingSamples.Best(raw, MetricDirection.LowerIsBetter));
        result.Objective.Value.Should().BeApproximately(calibrated.Min(), 1e-9, "what chose the round is what is reported");

        double[] Curve(CalibrationMethod? calibration) => EarlyStoppingSamples.Curve(data => Booster.Library(settings, set, data, context.Seed), set, context, settings.MaxRounds, calibration);
    }

    // F1 is 0 until a prediction reaches one half, for longer than the patience.
    [NativeFact]
    public async Task Train_ByAnObjectiveThatIsFlatAtFirst_WaitsForItToMove()
    {
        BoosterSettings settings = new() { Metric = EarlyStoppingMetric.Objective, EarlyStoppingRounds = 5, LearningRate = 0.02, Calibration = CalibrationMethod.Sigmoid };

        TrainingResult result = await Booster.Trainer(settings).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context(new F1Objective()));

        int.Parse(result.Model.Facts["rounds"], CultureInfo.InvariantCulture).Should().BeGreaterThan(5);
        result.Objective.Value.Should().BeGreaterThan(0.6);
        result.Remarks.Should().BeEmpty();
    }

    [NativeFact]
    public async Task Train_ByAnObjectiveThatNeverMoves_IsLedByTheLossAndSaysSo()
    {
        BoosterSettings settings = new() { Metric = EarlyStoppingMetric.Objective, EarlyStoppingRounds = 5 };
        TrainingResult flat = await Booster.Trainer(settings).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context(new F1Objective(0.999)));
        TrainingResult loss = await Booster.Trainer(settings with { Metric = EarlyStoppingMetric.Loss }).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context());

        TrainingSamples.Bits(flat.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(loss.OutOfFold.Span));
        flat.Remarks.Should().ContainSingle().Which.Should().Match("F1 was the same after each of the first * rounds, of which the one of least loss was taken. Give the objective a threshold *");
    }

    // Of the weighted rows one half are positive: F1 at one half would be another thing there than in the result.
    [NativeFact]
    public async Task Train_ByTheObjectiveWithWeightedClasses_MeasuresWhatIsReported()
    {
        BoosterSettings settings = Quick with { Metric = EarlyStoppingMetric.Objective };
        TrainingSet set = TrainingSamples.Mixed();
        TrainingContext context = TrainingSamples.Context(new BrierObjective());
        ClassWeights factors = new(6, 0.5);
        TrainingSet weighted = new(set.Features, set.Targets, weights: [.. set.Targets.ToArray().Select(y => y == 1 ? 6 : 0.5)]);

        TrainingResult result = await new ClassWeightedTrainer(Booster.Trainer(settings), factors).TrainAsync(set, context);

        double[] curve = EarlyStoppingSamples.Curve(data => Booster.Library(settings, weighted, data, context.Seed), weighted, context, settings.MaxRounds, CalibrationMethod.Platt, set);
        result.Model.Facts["rounds"].Should().Be(EarlyStoppingSamples.Best(curve, MetricDirection.LowerIsBetter).ToString(CultureInfo.InvariantCulture));
        result.Objective.Value.Should().BeApproximately(curve.Min(), 1e-9);
    }

    [NativeFact]
    public async Task Train_ByTheLogLossAsObjective_GivesTheBitsOfTheLoss()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        BoosterSettings settings = Quick with { Calibration = CalibrationMethod.Sigmoid };
        TrainingResult loss = await Booster.Trainer(settings).TrainAsync(set, TrainingSamples.Context());
        TrainingResult objective = await Booster.Trainer(settings with { Metric = EarlyStoppingMetric.Objective }).TrainAsync(set, TrainingSamples.Context());

        TrainingSamples.Bits(objective.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(loss.OutOfFold.Span));
    }

    [NativeFact]
    public async Task Train_ByTheObjectiveOnAnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        IModelTrainer trainer = Booster.Trainer(Quick with { Metric = EarlyStoppingMetric.Objective, EarlyStoppingInterval = 3 });
        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(new BrierObjective(), threads: 1)), four = await trainer.TrainAsync(set, TrainingSamples.Context(new BrierObjective(), threads: 4));

        TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        (int.Parse(one.Model.Facts["rounds"], CultureInfo.InvariantCulture) % 3).Should().Be(0);
    }

    [NativeFact]
    public async Task Train_ByAnObjectiveThatTheRowsCannotMeasure_SaysWhy()
    {
        IModelTrainer trainer = Booster.Trainer(Quick with { Metric = EarlyStoppingMetric.Objective });

        Func<Task> act = async () => await trainer.TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context(new ValueAtCapacityObjective(0.2, 0.3, 2)));

        (await act.Should().ThrowAsync<TrainingException>()).WithMessage(
            "*Got 'value at 20 % capacity' undefined in fold 0: the set says nothing of what an outcome is worth. Give the rows what it needs*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void Constructor_IntervalOutOfRange_NamesIt(int interval) => FluentActions.Invoking(() => Booster.Trainer(new() { EarlyStoppingInterval = interval }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"EarlyStoppingInterval of {Booster.TrainerName} must be in [1, 30]. Got {interval}. Set a value in that range.*");

    [Fact]
    public void Constructor_UnknownMetric_NamesTheKnown() => FluentActions.Invoking(() => Booster.Trainer(new() { Metric = (EarlyStoppingMetric)7 }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"EarlyStoppingMetric of {Booster.TrainerName} must be one of Loss, Objective. Got 7. Set one of them.*");
}
