using MlSystemDesign.Tests.Training.Trees;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Boosting;

public class FoldFitTests
{
    // A tree in rounds 1, 3 and 6 only: the model after round 4 has two trees, whatever is grown later.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(7, 3)]
    public void WriteMargins_WhereRoundsFoundNoSplit_TakesTheTreesOfThatRound(int round, int trees)
    {
        BoostingData data = new(new double[6], 1, [0, 1, 0, 1, 0, 1], null, []);
        FoldRows rows = FoldRows.Of(data, [0, 0, 0, 0, 1, 1]);
        using FoldFit fit = new(new Library([1, 3, 6]), data, rows, 1, new LossMeasure(data, rows), new RoundSearch(7, 3), keepsPredictions: false);
        double[] margins = [-1, -1, -1, -1, -1, -1];

        fit.AdvanceTo(7, CancellationToken.None);
        fit.WriteMargins(round, margins);

        margins.Should().Equal(-1, -1, -1, -1, trees, trees);
    }

    private sealed class Library(int[] growing) : IBoostingLibrary
    {
        public (string Name, string TestedVersion) Identity => ("test", "1");

        public IReadOnlyList<double> Oddities => [];

        public IBooster Start(BoostingData data, int[] trainRows, int[] validationRows, double? start = null) => new Booster(growing);
    }

    // Each tree is a leaf of 1.
    private sealed class Booster(int[] growing) : IBooster
    {
        private int _round;

        public int TreeCount { get; private set; }

        public bool Update()
        {
            TreeCount += growing.Contains(++_round) ? 1 : 0;
            return false;
        }

        public bool Update(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians) => throw new NotSupportedException();

        public void TrainingMargins(Span<double> margins) => throw new NotSupportedException();

        public void ValidationPredictions(Span<double> predictions) => predictions.Fill(0.5);

        public TreeEnsemble Trees(int rounds) => new(1, 1, [.. Enumerable.Repeat(TreeSamples.Leaf(1), Math.Min(rounds, TreeCount))]);

        public double[] Margins(ReadOnlySpan<double> values, int rows, int columns) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
