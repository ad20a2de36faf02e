using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;

namespace MlSystemDesign.Tests.Training.Boosting;

public class LossCurveTests
{
    [Theory]
    [InlineData(new[] { 5.0, 3, 4, 3, 2 }, 3, 5, false)]
    [InlineData(new[] { 5.0, 3, 4, 3, 3 }, 3, 2, true)]
    [InlineData(new[] { 1.0, 2 }, 1, 1, true)]
    [InlineData(new[] { 1.0, 1, 1 }, 3, 1, false)]
    public void Add_FindsTheFirstMinimum_AndStopsWhenPatienceIsUsedUp(double[] losses, int patience, int best, bool stop)
    {
        LossCurve curve = new(patience);
        bool stopped = false;
        foreach (double loss in losses)
        {
            stopped.Should().BeFalse();
            stopped = curve.Add(loss);
        }

        curve.BestRound.Should().Be(best);
        stopped.Should().Be(stop);
    }
}
