using MlSystemDesign.Tests.Training.Trees;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>Which round is chosen, for measures written down by hand: two folds of four and two rows, so of weights 2/3 and 1/3.</summary>
public class RoundSearchTests
{
    private const double None = double.NaN;

    // Means: 1, 2.5, 2.5, 1 …; and with the second fold alone round 4 would be best.
    [Fact]
    public void Train_ByAnObjective_TakesTheFirstBestMeanByWeight()
    {
        double[][] scores = [[1, 3, 2.5, 0, 0, 0], [1, 1.5, 2.5, 3, 0, 0]];

        BoostingResult higher = Train(scores, higherIsBetter: true, new RoundSearch(6, 3));
        BoostingResult lower = Train([[.. scores[0].Select(s => -s)], [.. scores[1].Select(s => -s)]], higherIsBetter: false, new RoundSearch(6, 3));

        higher.Rounds.Should().Be(2);
        higher.Curve.Should().Equal([1, 2.5, 2.5, 1, 0], (a, b) => Math.Abs(a - b) < 1e-12);
        (lower.Rounds, lower.Undefined).Should().Be((2, null));
        lower.Curve.Should().Equal(higher.Curve.Select(v => -v));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 6)]
    [InlineData(3, 3)]
    [InlineData(4, 7)]
    public void Train_MeasuringAfterSomeRoundsOnly_ChoosesAmongThemAndTheLast(int interval, int best)
    {
        double[] scores = [0, 1, 6, 2, 9, 5, 3];

        BoostingResult result = Train([scores, scores], higherIsBetter: true, new RoundSearch(7, 7, interval));

        result.Rounds.Should().Be(best);
        result.Curve.Select((v, i) => double.IsNaN(v) ? 0 : i + 1).Where(r => r > 0).Should().Equal(Enumerable.Range(1, 7).Where(r => r % interval == 0 || r == 7));
        result.Undefined.Should().BeNull("not measured is not undefined");
    }

    [Fact]
    public void Train_WhereSomeRoundsAreUndefined_ChoosesAmongTheOthersAndSaysHowMany()
    {
        BoostingResult result = Train([[None, 3, 9, 1, 0, 0], [5, 2, None, 1, 0, 0]], higherIsBetter: true, new RoundSearch(6, 3));

        result.Rounds.Should().Be(2);
        result.Undefined.Should().Be((2, "no value in fold 0"));
    }

    [Fact]
    public void Train_WhereNoRoundIsDefined_SaysWhereAndWhy()
    {
        Action act = () => Train([[1, 1, 1, 1, 1], [None, None, None, None, None]], higherIsBetter: true, new RoundSearch(5, 3));

        act.Should().Throw<BoostingException>().WithMessage(
            "The objective must be defined on the held-out rows of every fold to stop by it. Got 'test measure' undefined in fold 1: no value in fold 1. Give the rows what it needs, use fewer folds, or stop by EarlyStoppingMetric.Loss.");
    }

    // As F1 is, and a value or a cost, until some row crosses the threshold: the loss falls meanwhile.
    [Fact]
    public void Train_WhereTheObjectiveIsFlatAtFirst_WaitsForItToMove()
    {
        double[] scores = [0, 0, 0, 0, 0, 0, 0.2, 0.5, 0.4, 0.3, 0.3, 0.9];

        BoostingResult result = Train([scores, scores], higherIsBetter: true, new RoundSearch(12, 3), Falling);

        result.Rounds.Should().Be(8);
        result.Curve.Should().HaveCount(11, "patience counts from the best round");
    }

    [Fact]
    public void Train_WhereTheObjectiveWorsensAfterAFlatStart_IsPatientFromThere()
    {
        double[] scores = [0, 0, 0, 0, 0, -1, -0.5, 0.25, 0, 0, 0, 0];

        Train([scores, scores], higherIsBetter: true, new RoundSearch(12, 3), Falling).Rounds.Should().Be(8);
    }

    [Fact]
    public void Train_WhereNothingBeatsTheFlatStart_TakesTheRoundOfLeastLossInIt()
    {
        double[] scores = [0, 0, 0, 0, -1, -1, -1, -1, -1, -1];

        Train([scores, scores], higherIsBetter: true, new RoundSearch(10, 3), [9, 7, 5, 6, 1, 1, 1, 1, 1, 1]).Rounds.Should().Be(3);
    }

    [Theory]
    [InlineData(1, 5, 8)]
    [InlineData(2, 4, 7)]
    public void Train_WhereTheObjectiveNeverMoves_IsLedByTheLoss(int interval, int best, int grown)
    {
        double[] scores = new double[12];

        BoostingResult result = Train([scores, scores], higherIsBetter: true, new RoundSearch(12, 3, interval), [9, 8, 7, 6, 5, 6, 6, 6, 6, 6, 6, 1]);

        (result.Rounds, result.Curve.Length).Should().Be((best, grown));
    }

    [Fact]
    public void Train_ByALossThatIsNoNumber_NamesTheLossAndTheFold()
    {
        BoostingData data = new(new double[6], 1, [0, 1, 0, 1, 0, 1], null, []);
        Action act = () => CrossValidatedBoosting.Train(new Library(new RoundLoss([None, None, None, None])), data, [0, 0, 0, 0, 1, 1], new RoundSearch(4, 3));

        act.Should().Throw<BoostingException>().WithMessage(
            "The loss must be a number on the held-out rows of every fold to choose the number of rounds. Got 'test loss' that is none in fold 0, after every round. Make it finite at every margin and target.");
    }

    [Fact]
    public void Train_ByALossThatIsNoNumberInSomeRounds_ChoosesAmongTheOthersAndSaysHowMany()
    {
        BoostingData data = new(new double[6], 1, [0, 1, 0, 1, 0, 1], null, []);
        BoostingResult result = CrossValidatedBoosting.Train(new Library(new RoundLoss([3, None, 2, 4, None, 4])), data, [0, 0, 0, 0, 1, 1], new RoundSearch(6, 3));

        result.Rounds.Should().Be(3);
        result.Undefined.Should().Be((2, "it is not a number"));
    }

    private static double[] Falling { get; } = [.. Enumerable.Range(0, 12).Select(i => 12.0 - i)];

    private static BoostingResult Train(double[][] scores, bool higherIsBetter, RoundSearch search, double[]? losses = null)
    {
        BoostingData data = new(new double[6], 1, [0, 1, 0, 1, 0, 1], null, []);
        return CrossValidatedBoosting.Train(new Library(losses is null ? null : new RoundLoss(losses)), data, [0, 0, 0, 0, 1, 1], search, new Measure(scores, higherIsBetter));
    }

    // The booster predicts its round.
    private sealed class RoundLoss(double[] losses) : IBoostingLoss
    {
        public string Name => "test loss";

        public ScoreLink Link => ScoreLink.Logit;

        public double Loss(double margin, double target) => losses[(int)margin - 1];

        public (double Gradient, double Hessian) Derivatives(double margin, double target) => (margin, 1);
    }

    private sealed class Measure(double[][] scores, bool higherIsBetter) : RoundMeasure
    {
        public override string Name => "test measure";

        public override bool HigherIsBetter => higherIsBetter;

        // The booster predicts its round.
        public override double Total(int fold, ReadOnlySpan<double> predictions, out string? undefined)
        {
            double score = scores[fold][(int)predictions[0] - 1];
            undefined = double.IsNaN(score) ? $"no value in fold {fold}" : null;
            return score * predictions.Length;
        }
    }

    private sealed class Library(IBoostingLoss? loss = null) : IBoostingLibrary
    {
        public IBoostingLoss? Loss => loss;

        public (string Name, string TestedVersion) Identity => ("test", "1");

        public IReadOnlyList<double> Oddities { get; } = [0];

        public IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null) => new Booster();
    }

    private sealed class Booster : IBooster
    {
        public int TreeCount { get; private set; }

        public bool Update()
        {
            TreeCount++;
            return false;
        }

        public bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians) => throw new NotSupportedException();

        public void TrainingMargins(Span<double> margins) => throw new NotSupportedException();

        public void ValidationPredictions(Span<double> predictions) => predictions.Fill(TreeCount);

        public TreeEnsemble Trees(int rounds) => new(1, 1, [.. Enumerable.Repeat(TreeSamples.Leaf(1), rounds)]);

        public double[] Margins(ReadOnlySpan<double> values, int rows, int columns) => [.. Enumerable.Repeat((double)TreeCount, rows)];

        public void Dispose()
        {
        }
    }
}
