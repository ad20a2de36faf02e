using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;

namespace MlSystemDesign.Tests.Training.Boosting;

public class RoundCurveTests
{
    [Theory]
    [InlineData(new[] { 5.0, 3, 4, 3, 2 }, 3, 5, false)]
    [InlineData(new[] { 5.0, 3, 4, 3, 3 }, 3, 2, true)]
    [InlineData(new[] { 1.0, 2 }, 1, 1, true)]
    [InlineData(new[] { 1.0, 1, 1 }, 3, 1, false)]
    [InlineData(new[] { 1.0, 3, 2, 3, 1 }, 3, 2, true, true)]
    [InlineData(new[] { double.NaN, 3, double.NaN, 2, double.NaN }, 3, 4, false)]
    [InlineData(new[] { double.NaN, -3, double.NaN, -2, double.NaN }, 3, 4, false, true)]
    [InlineData(new[] { double.NaN, double.NaN }, 2, 0, true)]
    [InlineData(new[] { double.PositiveInfinity, double.NaN, 4 }, 3, 3, false)]
    public void Add_FindsTheFirstBest_AndStopsWhenPatienceIsUsedUp(double[] values, int patience, int best, bool stop, bool higherIsBetter = false)
    {
        RoundCurve curve = new(patience, higherIsBetter);
        bool stopped = false;
        foreach (double value in values)
        {
            stopped.Should().BeFalse();
            stopped = curve.Add(value, value);
        }

        curve.BestRound.Should().Be(best);
        stopped.Should().Be(stop);
    }

    [Fact]
    public void Add_AfterAFlatStart_CountsPatienceFromWhereTheMeasureMoves()
    {
        RoundCurve curve = new(patience: 4, higherIsBetter: true);
        double[] losses = [9, 8, 7, 6, 5, 6, 7]; // the measure is 0 after each; the least loss is that of round 5
        foreach (double loss in losses)
        {
            curve.Add(0, loss).Should().BeFalse();
        }

        bool[] stops = [.. Enumerable.Range(0, 4).Select(_ => curve.Add(-1, 9))];

        stops.Should().Equal(false, false, false, true);
        curve.BestRound.Should().Be(5);
        curve.ChosenByLoss.Should().Be(7);
    }
}
