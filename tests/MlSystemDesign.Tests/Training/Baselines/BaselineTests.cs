using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Baselines;

public class BaselineTests
{
    [Fact]
    public async Task BaseRate_Weighted_PredictsTheWeightedShare()
    {
        TrainingSet set = TrainingSamples.Reference(weighted: true);
        TrainingResult result = await new BaseRateTrainer().TrainAsync(set, TrainingSamples.Context(folds: 3));
        double expected = Enumerable.Range(0, 60).Sum(i => set.Weights[i] * set.Targets[i]) / set.Weights.ToArray().Sum();
        TrainingSamples.RoundTrip(result.Model).Predict(set.Features).Should().OnlyContain(p => Math.Abs(p - expected) < 1e-15);

        int[] folds = GroupedFolds.Assign(set, 3, 1).FoldOfRow.ToArray();
        int[] others = [.. Enumerable.Range(0, 60).Where(i => folds[i] != folds[0])];
        result.OutOfFold.Span[0].Should().BeApproximately(others.Sum(i => set.Weights[i] * set.Targets[i]) / others.Sum(i => set.Weights[i]), 1e-15);
    }

    [Fact]
    public async Task BaseRate_OneClass_IsRefusedAsByEveryTrainer() => await FluentActions.Awaiting(
        () => new BaseRateTrainer().TrainAsync(new TrainingSet(new FeatureTableBuilder(TrainingSamples.Keys(3)).Build(), [1, 1, 1]), TrainingSamples.Context()).AsTask())
        .Should().ThrowAsync<TrainingException>().WithMessage("A model must be trained on rows of both classes. Got 3 positives among 3 rows. *");

    [Theory]
    [InlineData(CalibrationMethod.Sigmoid)]
    [InlineData(CalibrationMethod.Temperature)]
    public void Rule_CalibratedAsIfRanksWereLogOdds_IsRefused(CalibrationMethod method) =>
        FluentActions.Invoking(() => new RuleTrainer([new RuleTerm("x1", RuleDirection.HigherIsLikelier)], method)).Should().Throw<ArgumentException>()
            .WithMessage($"The score of a rule must be calibrated by a curve with an intercept, since it is a rank and no log-odds. Got {method}. *");

    [Fact]
    public void Rule_OfEachKindOfTerm_GivesPointsCheckableByEye()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(6)).Number("days", [0, 10, 20, 60, 61, double.NaN]).Category("plan", ["month", "year", "month", "two", null, "year"]).Build();
        Points(new RuleTerm("days", RuleDirection.HigherIsLikelier) { Threshold = 60 }).Should().Equal(0, 0, 0, 1, 1, 0.5);
        Points(new RuleTerm("days", RuleDirection.LowerIsLikelier) { Threshold = 20 }).Should().Equal(1, 1, 1, 0, 0, 0.5);
        Points(new RuleTerm("plan", RuleDirection.HigherIsLikelier) { Levels = ["month", "none has it"] }).Should().Equal(1, 0, 1, 0, 0.5, 0);
        Points(new RuleTerm("plan", RuleDirection.LowerIsLikelier) { Levels = ["year", "two"] }).Should().Equal(1, 0, 1, 0, 0.5, 0);
        Points(new RuleTerm("days", RuleDirection.HigherIsLikelier) { Bands = 5 }).Should().Equal(0, 0.25, 0.5, 0.75, 1, 0.5);
        Points(new RuleTerm("days", RuleDirection.LowerIsLikelier) { Bands = 2 }).Should().Equal(1, 1, 0, 0, 0, 0.5);
        Points(new RuleTerm("days", RuleDirection.HigherIsLikelier, 3) { Threshold = 60 }, new RuleTerm("plan", RuleDirection.HigherIsLikelier) { Levels = ["month"] }).Should().Equal(0.25, 0, 0.25, 0.75, 0.875, 0.375);

        double[] Points(params RuleTerm[] terms)
        {
            double[] scores = new double[6];
            RulePredictor rule = RulePredictor.Fit(terms, table);
            rule.Score(table, scores);
            double[] again = new double[6];
            TrainingSamples.RoundTrip(rule).Score(table, again);
            again.Should().Equal(scores);
            return scores;
        }
    }

    [Fact]
    public async Task RecencyFrequencyMonetary_OfABusiness_BeatsTheBaseRateAndSurvivesTheFile()
    {
        TrainingSet set = TrainingSamples.Mixed();
        FeatureTable table = new FeatureTableBuilder(set.Features.Observations).Number("recency", set.Features.Numbers("recency")).Number("orders", [.. set.Features.Numbers("amount").ToArray().Select(x => Math.Floor(x / 10))])
            .Number("spent", set.Features.Numbers("amount")).Build();
        TrainingSet rfm = new(table, set.Targets);
        TrainingResult result = await RuleTrainer.RecencyFrequencyMonetary("recency", "orders", "spent").TrainAsync(rfm, TrainingSamples.Context());
        result.Objective.Value.Should().BeLessThan((await new BaseRateTrainer().TrainAsync(rfm, TrainingSamples.Context())).Objective.Value!.Value - 0.01);
        TrainingSamples.RoundTrip(result.Model).Predict(table).Should().Equal(result.Model.Predict(table));
    }

    [Fact]
    public async Task Rule_ThatIsNotSound_SaysWhatMustHold()
    {
        foreach (RuleTerm term in new RuleTerm[]
        {
            new("x1", RuleDirection.HigherIsLikelier) { Bands = 1 }, new("x1", RuleDirection.HigherIsLikelier) { Threshold = double.NaN }, new("x1", RuleDirection.HigherIsLikelier) { Levels = [] },
            new("x1", RuleDirection.HigherIsLikelier) { Bands = 5, Threshold = 1 }, new("x1", (RuleDirection)7), new("x1", RuleDirection.HigherIsLikelier, double.NaN), new(" ", RuleDirection.HigherIsLikelier),
        })
        {
            FluentActions.Invoking(() => new RuleTrainer([term])).Should().Throw<ArgumentException>().WithMessage("A rule must have at least one term, each of positive weight and with one of bands*Got 1: RuleTerm *");
        }

        await FluentActions.Awaiting(() => new RuleTrainer([new("x1", RuleDirection.HigherIsLikelier) { Levels = ["a"] }]).TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("A rule must name category columns of the table for levels. Got 'x1', which holds numbers. *");
    }

    [Fact]
    public async Task Train_OneRow_IsRefusedInWords()
    {
        TrainingSet one = TrainingSamples.Reference().Select([0]);
        foreach (IModelTrainer trainer in new IModelTrainer[] { new BaseRateTrainer(), new RuleTrainer("x1", RuleDirection.HigherIsLikelier) })
        {
            await FluentActions.Awaiting(() => trainer.TrainAsync(one, TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>();
        }
    }

    [Fact]
    public void Rank_SmallColumn_IsCheckableByEye()
    {
        QuantileRank rank = QuantileRank.Fit([3, 1, double.NaN, 3, 9]);
        new[] { 0, 1, 2, 3, 5, 9, 10, double.NaN }.Select(rank.Of).Should().Equal(0, 0.125, 0.25, 0.5, 0.75, 0.875, 1, 0.5);
    }

    [Fact]
    public void Rank_ManyValues_KeepsAThousandKnotsAndTheRanks()
    {
        QuantileRank rank = QuantileRank.Fit([.. Enumerable.Range(0, 100_000).Select(i => i * 1e9)]);
        rank.Knots.Should().HaveCount(1000);
        rank.Of(25_000e9).Should().BeApproximately(0.25, 0.002);
    }

    [Fact]
    public async Task Rule_DirectionTurned_ScoresTheOtherWayRound()
    {
        TrainingSet set = TrainingSamples.Mixed();
        TrainingResult right = await Train(new RuleTrainer("recency", RuleDirection.HigherIsLikelier), set), wrong = await Train(new RuleTrainer("recency", RuleDirection.LowerIsLikelier), set);
        TrainingResult floor = await Train(new BaseRateTrainer(), set);
        right.Objective.Value!.Value.Should().BeLessThan(floor.Objective.Value!.Value - 0.02);
        wrong.Objective.Value!.Value.Should().BeApproximately(floor.Objective.Value!.Value, 0.002, "calibration never turns an order round");
        right.Model.Predict(set.Features).Zip(TrainingSamples.RoundTrip(right.Model).Predict(set.Features)).Should().OnlyContain(p => p.First == p.Second);
    }

    [Fact]
    public async Task Rule_TwoTerms_IsTheWeightedMeanOfRanks()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(4)).Number("r", [1, 2, 3, 4]).Number("f", [8, 6, 4, 2]).Build();
        RuleTerm[] terms = [new("r", RuleDirection.HigherIsLikelier, 3), new("f", RuleDirection.LowerIsLikelier)];
        double[] scores = new double[4];
        RulePredictor.Fit(terms, table).Score(table, scores);
        scores.Should().Equal([0.125, 0.375, 0.625, 0.875], (a, b) => Math.Abs(a - b) < 1e-15);
        (await FluentActions.Awaiting(() => Train(new RuleTrainer("gone", RuleDirection.LowerIsLikelier), new TrainingSet(table, [0, 1, 0, 1]))).Should().ThrowAsync<TrainingException>())
            .WithMessage("A rule must name number columns of the table. Got 'gone', which is not there. Use one of: r, f.");
    }

    private static async Task<TrainingResult> Train(IModelTrainer trainer, TrainingSet set) => await trainer.TrainAsync(set, TrainingSamples.Context());
}
