using System.Globalization;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Training;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostEarlyStoppingTests
{
    private static readonly XGBoostOptions Quick = new() { MaxRounds = 60, EarlyStoppingRounds = 60, LearningRate = 0.2 };

    public static TheoryData<IObjective> Objectives => [new AucObjective(), new F1Objective(0.3), new ValueAtCapacityObjective(0.2, 0.3, 2), new BrierObjective()];

    [XGBoostTheory]
    [MemberData(nameof(Objectives), DisableDiscoveryEnumeration = true)]
    public async Task Train_ByTheObjective_TakesTheRoundThatIsBestByHand(IObjective objective)
    {
        TrainingSet set = EarlyStoppingSamples.WithValues(TrainingSamples.Mixed(weighted: true));
        TrainingContext context = TrainingSamples.Context(objective, folds: 3, seed: 2, threads: 2);
        XGBoostOptions options = Quick with { EarlyStoppingMetric = EarlyStoppingMetric.Objective };

        TrainingResult result = await new XGBoostTrainer(options).TrainAsync(set, context);

        double[] curve = EarlyStoppingSamples.Curve(_ => new XGBoostLibrary(options, 2), set, objective, context, options.MaxRounds);
        result.Model.Facts["rounds"].Should().Be(EarlyStoppingSamples.Best(curve, objective.Direction).ToString(CultureInfo.InvariantCulture));
        result.Model.Facts["stopped by"].Should().Be(objective.Name);
        result.Remarks.Should().BeEmpty();
    }

    // F1 is 0 until a prediction reaches one half, for longer than the patience.
    [XGBoostFact]
    public async Task Train_ByAnObjectiveThatIsFlatAtFirst_WaitsForItToMove()
    {
        XGBoostOptions options = new() { EarlyStoppingMetric = EarlyStoppingMetric.Objective, EarlyStoppingRounds = 5, LearningRate = 0.02 };

        TrainingResult result = await new XGBoostTrainer(options).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context(new F1Objective()));

        int.Parse(result.Model.Facts["rounds"], CultureInfo.InvariantCulture).Should().BeGreaterThan(5);
        result.Objective.Value.Should().BeGreaterThan(0.6);
        result.Remarks.Should().BeEmpty();
    }

    [XGBoostFact]
    public async Task Train_ByAnObjectiveThatNeverMoves_IsLedByTheLossAndSaysSo()
    {
        XGBoostOptions options = new() { EarlyStoppingMetric = EarlyStoppingMetric.Objective, EarlyStoppingRounds = 5 };
        TrainingResult flat = await new XGBoostTrainer(options).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context(new F1Objective(0.999)));
        TrainingResult loss = await new XGBoostTrainer(options with { EarlyStoppingMetric = EarlyStoppingMetric.Loss }).TrainAsync(EarlyStoppingSamples.Rare(), TrainingSamples.Context());

        TrainingSamples.Bits(flat.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(loss.OutOfFold.Span));
        flat.Remarks.Should().ContainSingle().Which.Should().Match("F1 was the same after each of the first * rounds, of which the one of least loss was taken. Give the objective a threshold *");
    }

    [XGBoostFact]
    public async Task Train_ByTheLogLossAsObjective_GivesTheBitsOfTheLoss()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        TrainingResult loss = await new XGBoostTrainer(Quick).TrainAsync(set, TrainingSamples.Context());
        TrainingResult objective = await new XGBoostTrainer(Quick with { EarlyStoppingMetric = EarlyStoppingMetric.Objective }).TrainAsync(set, TrainingSamples.Context());

        TrainingSamples.Bits(objective.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(loss.OutOfFold.Span));
    }

    [XGBoostFact]
    public async Task Train_ByTheObjectiveOnAnyNumberOfThreads_GivesTheSameBits()
    {
        TrainingSet set = TrainingSamples.Mixed(weighted: true);
        XGBoostTrainer trainer = new(Quick with { EarlyStoppingMetric = EarlyStoppingMetric.Objective, EarlyStoppingInterval = 3 });
        TrainingResult one = await trainer.TrainAsync(set, TrainingSamples.Context(new AucObjective(), threads: 1)), four = await trainer.TrainAsync(set, TrainingSamples.Context(new AucObjective(), threads: 4));

        TrainingSamples.Bits(four.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(one.OutOfFold.Span));
        (int.Parse(one.Model.Facts["rounds"], CultureInfo.InvariantCulture) % 3).Should().Be(0);
    }

    [XGBoostFact]
    public async Task Train_ByAnObjectiveThatTheRowsCannotMeasure_SaysWhy()
    {
        XGBoostTrainer trainer = new(Quick with { EarlyStoppingMetric = EarlyStoppingMetric.Objective });

        Func<Task> act = async () => await trainer.TrainAsync(TrainingSamples.Mixed(), TrainingSamples.Context(new ValueAtCapacityObjective(0.2, 0.3, 2)));

        (await act.Should().ThrowAsync<TrainingException>()).WithMessage(
            "*Got 'value at 20 % capacity' undefined in fold 0: the set says nothing of what an outcome is worth. Give the rows what it needs*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public void Constructor_IntervalOutOfRange_NamesIt(int interval) => FluentActions.Invoking(() => new XGBoostTrainer(new() { EarlyStoppingInterval = interval }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"EarlyStoppingInterval of XGBoostTrainer must be in [1, 30]. Got {interval}. Set a value in that range.*");

    [Fact]
    public void Constructor_UnknownMetric_NamesTheKnown() => FluentActions.Invoking(() => new XGBoostTrainer(new() { EarlyStoppingMetric = (EarlyStoppingMetric)7 }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("EarlyStoppingMetric of XGBoostTrainer must be one of Loss, Objective. Got 7. Set one of them.*");
}
