using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmBoostingTests
{
    private const int Rows = 2000;

    private static readonly BoostingOptions Quick = new()
    {
        MaxRounds = 120, Patience = 10, LearningRate = 0.3, BaggingFraction = 0.8, FeatureFraction = 0.8, Seed = 7,
    };

    private static readonly int[] Folds = BoostingSamples.Folds(Rows, 4);

    [BoosterTheory]
    [InlineData(nameof(FoldBinning.PerFold))]
    [InlineData(nameof(FoldBinning.Shared))]
    public void Train_OnOneOrManyThreads_AndAgain_GivesTheSameBits(string binning)
    {
        BoostingOptions options = Quick with { Binning = Enum.Parse<FoldBinning>(binning) };
        BoostingData data = BoostingSamples.MixedData(Rows, 1, i => 1 + (i % 3));
        BoostingResult one = LightGbmBoosting.Train(data, Folds, options, degreeOfParallelism: 1);

        foreach (int degree in new[] { 1, 2, 4 })
        {
            BoostingResult other = LightGbmBoosting.Train(data, Folds, options, null, degree);
            TreeEnsembleFormat.Write(other.Ensemble).Should().Equal(TreeEnsembleFormat.Write(one.Ensemble));
            other.OutOfFoldMargins.Should().Equal(one.OutOfFoldMargins);
            other.Curve.Should().Equal(one.Curve);
        }
    }

    [BoosterFact]
    public void Train_StopsAtTheFirstMinimumOfTheMeanCurve()
    {
        BoostingResult result = LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1), Folds, Quick, null, 2);

        result.Rounds.Should().Be(1 + Array.IndexOf(result.Curve, result.Curve.Min()));
        result.Rounds.Should().BeGreaterThan(1);
        result.Curve.Should().HaveCount(result.Rounds + Quick.Patience, "it stopped for want of patience, not of rounds");
        result.Ensemble.Trees.Should().HaveCount(result.Rounds);
        result.Parity.MaxDifference.Should().Be(0);
        result.Parity.ProbeRows.Should().BeGreaterThan(256);
    }

    // The curve, again, by hand: each fold trained alone, scored row by row by the managed walk, after every round.
    [BoosterFact]
    public void Train_CurveAndMargins_AreThoseOfFoldsTrainedByHand()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(Rows, 1);
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => 0.5 + (i % 4))];
        BoostingData data = new(values, BoostingSamples.Columns, labels, weights, BoostingSamples.Categorical);
        BoostingResult result = LightGbmBoosting.Train(data, Folds, Quick, null, 2);
        double[] losses = new double[result.Curve.Length];
        double[] margins = new double[Rows];
        for (int fold = 0; fold < 4; fold++)
        {
            int[] train = [.. Enumerable.Range(0, Rows).Where(i => Folds[i] != fold)];
            double mean = train.Average(i => weights[i]);
            string parameters = LightGbmParameters.ForTraining(Quick, BoostingSamples.Categorical, 1);
            using LightGbmDataset dataset = BoostingSamples.Dataset(
                [.. train.SelectMany(i => data.Row(i).ToArray())], [.. train.Select(i => labels[i])], parameters);
            dataset.SetWeights([.. train.Select(i => (float)(weights[i] / mean))]);
            using LightGbmBooster booster = new(dataset, parameters);
            for (int round = 0; round < losses.Length; round++)
            {
                booster.Update();
            }

            TreeEnsemble ensemble = booster.Ensemble();
            foreach (int i in Enumerable.Range(0, Rows).Where(i => Folds[i] == fold))
            {
                margins[i] = ensemble.Margin(data.Row(i), result.Rounds);
                for (int round = 0; round < losses.Length; round++)
                {
                    losses[round] += weights[i] / weights.Sum() * BoostingSamples.LogLoss(ensemble.Margin(data.Row(i), round + 1), labels[i]);
                }
            }
        }

        result.OutOfFoldMargins.Should().Equal(margins);
        for (int round = 0; round < losses.Length; round++)
        {
            result.Curve[round].Should().BeApproximately(losses[round], 1e-12);
        }
    }

    [BoosterFact]
    public void Train_LearnsWhatIsThere()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(Rows, 1);
        BoostingData data = new(values, BoostingSamples.Columns, labels, null, BoostingSamples.Categorical);
        double rate = labels.Average();

        BoostingResult result = LightGbmBoosting.Train(data, Folds, Quick, null, 2);

        double entropy = -(rate * Math.Log(rate)) - ((1 - rate) * Math.Log(1 - rate));
        result.Curve.Min().Should().BeLessThan(0.93 * entropy);
    }

    // Fold 0's rows are shifted, but for every other one: those must score as before, unless the bins saw the shift.
    [BoosterTheory]
    [InlineData(nameof(FoldBinning.PerFold), true)]
    [InlineData(nameof(FoldBinning.Shared), false)]
    public void Train_WithOtherValidationRows_ScoresTheRestTheSame_OnlyWhenBinnedPerFold(string binning, bool same)
    {
        BoostingOptions options = Quick with { MaxRounds = 1, Binning = Enum.Parse<FoldBinning>(binning), MaxBin = 31, FeatureFraction = 1 };
        (double[] values, double[] labels) = BoostingSamples.Mixed(Rows, 1);
        int[] ofFold = [.. Enumerable.Range(0, Rows).Where(i => Folds[i] == 0)];
        double[] shifted = [.. values];
        for (int i = 0; i < ofFold.Length; i += 2)
        {
            shifted[ofFold[i] * BoostingSamples.Columns] += 10;
        }

        double[] before = Margins(values);
        double[] after = Margins(shifted);

        after.SequenceEqual(before).Should().Be(same);

        double[] Margins(double[] matrix)
        {
            BoostingData data = new(matrix, BoostingSamples.Columns, labels, null, BoostingSamples.Categorical);
            double[] margins = LightGbmBoosting.Train(data, Folds, options).OutOfFoldMargins;
            return [.. ofFold.Where((_, i) => i % 2 == 1).Select(row => margins[row])];
        }
    }

    [BoosterFact]
    public void Train_WithWeightsOfAnotherScale_GivesTheSameBits_AndOtherWeightsDoNot()
    {
        BoostingOptions options = Quick with { Lambda = 5, MinHessianInLeaf = 1 };
        BoostingResult small = LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1, i => 1 + (i % 3)), Folds, options, null, 2);
        BoostingResult large = LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1, i => 1024 * (1 + (i % 3))), Folds, options, null, 2);
        BoostingResult none = LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1), Folds, options, null, 2);

        large.OutOfFoldMargins.Should().Equal(small.OutOfFoldMargins);
        none.OutOfFoldMargins.Should().NotEqual(small.OutOfFoldMargins);
    }

    [BoosterFact]
    public void Train_WithoutAnySplit_GivesOneLeaf()
    {
        double[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? 1.0 : 0.0)];
        BoostingData data = new(new double[100], 1, labels, null, []);

        BoostingResult result = LightGbmBoosting.Train(data, [.. Enumerable.Range(0, 100).Select(i => i / 50)], Quick);

        result.Rounds.Should().Be(1);
        result.Curve.Should().HaveCount(1 + Quick.Patience).And.OnlyContain(loss => loss == result.Curve[0]);
        result.Ensemble.Trees.Should().ContainSingle().Which.LeafValue.Should().ContainSingle();
        result.Ensemble.Probability([7]).Should().BeApproximately(0.25, 1e-7);
    }

    [BoosterFact]
    public void Train_ReportsEveryRoundInOrder()
    {
        List<BoostingProgress> seen = [];

        BoostingResult result = LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1), Folds, Quick, null, 2, new Recorder(seen.Add));

        seen.Where(p => p.Phase == BoostingPhase.Folds).Select(p => p.Mean).Should().Equal(result.Curve);
        seen.Select(p => p.Round).Should().Equal(
            Enumerable.Range(1, result.Curve.Length).Concat(Enumerable.Range(1, result.Rounds)));
        seen[^1].Should().Be(new BoostingProgress(BoostingPhase.Final, result.Rounds, result.Rounds, double.NaN));
    }

    [BoosterTheory]
    [InlineData(nameof(BoostingPhase.Folds), 1)]
    [InlineData(nameof(BoostingPhase.Folds), 2)]
    [InlineData(nameof(BoostingPhase.Final), 1)]
    public void Train_CancelledOnTheWay_Stops(string phase, int degree)
    {
        using CancellationTokenSource source = new();
        List<BoostingProgress> seen = [];

        Action act = () => LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1), Folds, Quick, null, degree, new Recorder(report =>
        {
            seen.Add(report);
            if (report.Phase == Enum.Parse<BoostingPhase>(phase))
            {
                source.Cancel();
            }
        }), source.Token);

        act.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        seen.Count(p => p.Phase == Enum.Parse<BoostingPhase>(phase)).Should().BeLessThan(10, "it looks before every round");
    }

    [BoosterFact]
    public void AdvanceTo_WithACancelledToken_GrowsNoTree()
    {
        BoostingData data = BoostingSamples.MixedData(Rows, 1);
        FoldRows rows = FoldRows.Of(data, Folds);
        using LightGbmLibrary library = new(Quick, data);
        using FoldFit fold = new(library, data, rows, 0, new LossMeasure(data, rows), Quick.Search, keepsPredictions: false);
        fold.AdvanceTo(2, CancellationToken.None);

        Action act = () => fold.AdvanceTo(4, new CancellationToken(canceled: true));

        act.Should().Throw<OperationCanceledException>();
        fold.Losses.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true, "Every fold must have rows, and the rows outside it both classes. Got fold 0 with 500 rows, and 0 positives among the other 1500. Use fewer folds, or spread the rarer class over them.")]
    [InlineData(false, "Every fold must have rows, and the rows outside it both classes. Got fold 0 with 0 rows, and *")]
    public void Train_OnFoldsWithoutBothClassesOrRows_SaysWhich(bool oneClass, string message)
    {
        (double[] values, _) = BoostingSamples.Mixed(Rows, 1);
        BoostingData data = new(values, BoostingSamples.Columns, [.. Folds.Select(f => f == 0 ? 1.0 : 0.0)], null, []);

        Action act = () => LightGbmBoosting.Train(data, oneClass ? Folds : [.. Folds.Select(f => f + 1)], Quick);

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Train_OnOneFold_SaysThatTwoAreNeeded()
    {
        Action act = () => LightGbmBoosting.Train(BoostingSamples.MixedData(Rows, 1), new int[Rows], Quick);

        act.Should().Throw<ArgumentException>()
            .WithMessage("Fold numbers must be 0, 1, … of at least two folds. Got 0 to 0. Number the folds from 0.*");
    }

    private sealed class Recorder(Action<BoostingProgress> report) : IProgress<BoostingProgress>
    {
        public void Report(BoostingProgress value) => report(value);
    }
}
