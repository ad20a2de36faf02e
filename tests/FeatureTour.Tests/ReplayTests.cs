using MlSystemDesign;
using MlSystemDesign.Features;

namespace FeatureTour.Tests;

/// <summary>Online and batch give the same values all along a stream.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Replay_SimulatedShop_EveryValueIsIdentical()
    {
        StringWriter output = new();

        (long compared, long different) = await Replay.RunAsync(SimulatedShop.Create(), output);

        different.Should().Be(0);
        compared.Should().Be(3_534_600);
        output.ToString().Should().Contain("16,549 facts added online").And.Contain("3,534,600 values compared bit for bit: every one is identical");
    }

    [Fact]
    public async Task AfterOneOrder_ReadAtOnce_CountsIt()
    {
        Tour tour = SimulatedShop.Create();
        HistorySchema schema = (await tour.Sources.BuildAsync()).History.Schema;
        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(1).Count().Sum("euros"));

        LiveFeatures.AfterOneOrder(plan, schema, new DateTimeOffset(2025, 1, 5, 12, 0, 0, TimeSpan.Zero)).Should().Equal(1, 19.99);
    }
}
