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
}
