using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class FoldBinningTests
{
    private static readonly LightGbmOptions Strict = new() { MaxRounds = 60, EarlyStoppingRounds = 60, MinDataInLeaf = 20, LearningRate = 0.1, BaggingFraction = 0.8 };
    private static readonly LightGbmOptions Fast = Strict with { Binning = FoldBinning.Shared };

    [Fact]
    public void Binning_ByDefault_IsStrict() => new LightGbmOptions().Binning.Should().Be(FoldBinning.PerFold);

    // Every value occurs in every fold, so that all rows and each fold's rows have the same boundaries: then nothing may differ.
    [BoosterFact]
    public async Task Train_WhereTheBinsAreTheSame_GivesTheSameBits()
    {
        TrainingSet set = Rounded(TrainingSamples.Mixed(3000, weighted: true), step: 15);
        TrainingResult strict = await new LightGbmTrainer(Strict).TrainAsync(set, TrainingSamples.Context()), fast = await new LightGbmTrainer(Fast).TrainAsync(set, TrainingSamples.Context());

        TrainingSamples.Bits(fast.OutOfFold.Span).Should().Equal(TrainingSamples.Bits(strict.OutOfFold.Span));
        Trees(fast).Should().Equal(Trees(strict));
    }

    [BoosterFact]
    public async Task Train_WhereTheBinsDiffer_MovesOutOfFoldPredictionsALittleAndTheModelNotAtAll()
    {
        TrainingSet set = TrainingSamples.Mixed(3000, weighted: true);
        TrainingResult strict = await new LightGbmTrainer(Strict).TrainAsync(set, TrainingSamples.Context()), fast = await new LightGbmTrainer(Fast).TrainAsync(set, TrainingSamples.Context());

        fast.OutOfFold.ToArray().Should().NotEqual(strict.OutOfFold.ToArray());
        fast.OutOfFold.ToArray().Zip(strict.OutOfFold.ToArray(), (f, s) => Math.Abs(f - s)).Average().Should().BeLessThan(0.05);
        fast.Objective.Value.Should().BeApproximately(strict.Objective.Value!.Value, 0.005);

        // With the number of rounds set, trees on all rows are those of the same bins.
        int rounds = Math.Min(int.Parse(strict.Model.Facts["rounds"], System.Globalization.CultureInfo.InvariantCulture), int.Parse(fast.Model.Facts["rounds"], System.Globalization.CultureInfo.InvariantCulture));
        Trees(fast, rounds).Should().Equal(Trees(strict, rounds));
    }

    [Fact]
    public void Constructor_UnknownBinning_NamesTheKnown() => FluentActions.Invoking(() => new LightGbmTrainer(new() { Binning = (FoldBinning)5 }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Binning of LightGbmTrainer must be one of PerFold, Shared. Got 5. Set one of them.*");

    private static byte[] Trees(TrainingResult result, int count = int.MaxValue)
    {
        TreeEnsemble all = ((TreePredictor)result.Model.Predictor).Ensemble;
        return TreeEnsembleFormat.Write(new TreeEnsemble(all.FeatureCount, all.Sigmoid, [.. all.Trees.Take(count)], all.Cover, all.Precision));
    }

    private static TrainingSet Rounded(TrainingSet set, double step)
    {
        string?[] plan = [.. set.Features.Codes(set.Features.Schema.Require("plan")).ToArray().Select(code => code < 0 ? null : code == 0 ? "one" : "other")];
        FeatureTable table = new FeatureTableBuilder(set.Features.Observations.Entities.ToArray())
            .Number("recency", [.. set.Features.Numbers(set.Features.Schema.Require("recency")).ToArray().Select(v => Math.Round(v / step) * step)])
            .Number("amount", [.. set.Features.Numbers(set.Features.Schema.Require("amount")).ToArray().Select(v => Math.Round(Math.Log(v)))]).Category("plan", plan).Build();
        return new TrainingSet(table, set.Targets, weights: set.Weights);
    }
}
