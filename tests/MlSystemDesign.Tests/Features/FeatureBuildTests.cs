using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>Long builds can be watched and stopped, on the columnar and on the general path.</summary>
public sealed class FeatureBuildTests
{
    public static TheoryData<int, bool> Ways => new() { { 1, false }, { 2, false }, { 8, false }, { 1, true }, { 8, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Build_WithProgress_NeverFallsAndEndsAtOne(int threads, bool foreign)
    {
        List<double> told = [];
        new BatchFeatureBuilder(Plans.Full, threads).Build(History(foreign), Rows(3000), new Sink(told.Add));

        told.Should().BeInAscendingOrder().And.OnlyContain(share => share > 0 && share <= 1);
        told.Should().HaveCountGreaterThan(3);
        told[^1].Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Build_CancelledOnTheWay_Stops(int threads, bool foreign)
    {
        using CancellationTokenSource source = new();
        List<double> told = [];
        Sink cancelling = new(share =>
        {
            told.Add(share);
            source.Cancel();
        });

        FluentActions.Invoking(() => new BatchFeatureBuilder(Plans.Full, threads).Build(History(foreign), Rows(100_000), cancelling, source.Token))
            .Should().Throw<OperationCanceledException>();
        told[^1].Should().BeLessThan(1, "otherwise it came too late to stop anything");
    }

    private static IHistory History(bool foreign)
    {
        World world = new([.. Enumerable.Range(0, 500).Select(i => new Activity($"p{i % 100}", World.At(i % 19).UtcTicks, World.At(i % 19).UtcTicks, i, "ticket", i))], []);
        return foreign ? new ForeignHistory(world.History()) : world.History();
    }

    private static ObservationSet Rows(int count) => ObservationSet.At(Enumerable.Range(0, count).Select(i => (EntityKey)$"p{i}"), World.At(20));

    private sealed class Sink(Action<double> report) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (this)
            {
                report(value);
            }
        }
    }
}
