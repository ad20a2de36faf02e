using MlSystemDesign.Training;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

/// <summary>A round whose drawn columns cannot split once ended the training: a later draw may split.</summary>
public class ColumnDrawTests
{
    [BoosterTheory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Train_WhereADrawOfColumnsCannotSplit_GoesOn(int seed)
    {
        const int Rows = 2000;
        double[] u = TrainingSamples.Uniform(4 * Rows, 3), strong = new double[Rows], rare = new double[Rows], rarer = new double[Rows], y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            strong[i] = u[4 * i];
            rare[i] = u[(4 * i) + 1] < 0.01 ? 1 : 0;
            rarer[i] = u[(4 * i) + 2] < 0.01 ? 1 : 0;
            y[i] = u[(4 * i) + 3] < 0.1 + (0.8 * strong[i]) ? 1 : 0;
        }

        TrainingSet alone = new(new FeatureTableBuilder(TrainingSamples.Keys(Rows)).Number("strong", strong).Build(), y);
        TrainingSet flagged = new(new FeatureTableBuilder(TrainingSamples.Keys(Rows)).Number("strong", strong).Number("rare", rare).Number("rarer", rarer).Build(), y);
        LightGbmTrainer trainer = new();

        TrainingResult expected = await trainer.TrainAsync(alone, TrainingSamples.Context(seed: seed)), result = await trainer.TrainAsync(flagged, TrainingSamples.Context(seed: seed));

        result.Objective.Value.Should().BeApproximately(expected.Objective.Value!.Value, 0.01);
        ((TreePredictor)result.Model.Predictor).TreeCount.Should().BeGreaterThan(20);
        result.Remarks.Should().NotContain(r => r.Contains("base rate", StringComparison.Ordinal));
    }

    [BoosterFact]
    public void TreeCount_WhereDrawsCannotSplit_IsThatOfTheModel()
    {
        const int Rows = 2000, Rounds = 60;
        double[] u = TrainingSamples.Uniform(2 * Rows, 3), values = new double[3 * Rows], labels = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            values[3 * i] = u[2 * i];
            values[(3 * i) + 1] = i % 100 == 0 ? 1 : 0;
            values[(3 * i) + 2] = i % 100 == 50 ? 1 : 0;
            labels[i] = u[(2 * i) + 1] < 0.1 + (0.8 * u[2 * i]) ? 1 : 0;
        }

        string parameters = LightGbmParameters.ForTraining(new BoostingOptions { FeatureFraction = 0.5, MinDataInLeaf = 50 }, [], 1);
        using LightGbmDataset dataset = BoostingSamples.Dataset(values, labels, parameters);
        using LightGbmBooster booster = new(dataset, parameters, draws: true);
        for (int i = 0; i < Rounds; i++)
        {
            booster.Update().Should().BeFalse("another draw may split");
        }

        booster.TreeCount.Should().Be(booster.Trees(int.MaxValue).Trees.Count).And.BeInRange(5, Rounds - 5);
    }

    [BoosterFact]
    public async Task Train_OfValuesBeyond32Bits_IsRefused() => await FluentActions.Awaiting(
        () => new LightGbmTrainer().TrainAsync(new TrainingSet(TrainingSamples.Reference().Features, [.. Enumerable.Repeat(1e39, 60)], TargetKind.Value), TrainingSamples.Context()).AsTask())
        .Should().ThrowAsync<TrainingException>().WithMessage("The targets of LightGBM must lie within *Got 1E+39. Scale them.");

    [BoosterFact]
    public async Task Train_OnInfinity_NamesTheColumnAndTheRow()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => i == 7 ? double.PositiveInfinity : i)];
        FeatureSchema schema = new([new FeatureColumn { Name = "x", Kind = ColumnKind.Number }]);
        FeatureTable table = new(TrainingSamples.Reference().Features.Observations, schema, [x], [default]);
        TrainingSet set = new(table, TrainingSamples.Reference().Targets);

        await FluentActions.Awaiting(() => new LightGbmTrainer().TrainAsync(set, TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("A feature must be finite, or NaN for missing. Got infinity in 'x', row 8. *");
    }
}
