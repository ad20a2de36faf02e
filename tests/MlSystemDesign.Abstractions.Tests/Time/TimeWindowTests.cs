using CsCheck;

namespace MlSystemDesign.Abstractions.Tests.Time;

public class TimeWindowTests
{
    private static readonly DateTimeOffset Cutoff = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Tick = TimeSpan.FromTicks(1);
    private static readonly Gen<DateTimeOffset> Instant = Gen.Int[0, 20].Select(d => Cutoff.AddDays(d));
    private static readonly Gen<TimeWindow> Window = Gen.Select(Instant, Gen.Int[1, 10]).Select((start, days) => new TimeWindow(start, start.AddDays(days)));

    [Fact]
    public void Contains_AtTheEdges_TakesTheStartAndNotTheEnd()
    {
        TimeWindow window = new(Cutoff, Cutoff + Day);
        window.Contains(Cutoff).Should().BeTrue();
        window.Contains(Cutoff - Tick).Should().BeFalse();
        window.Contains(Cutoff + Day - Tick).Should().BeTrue();
        window.Contains(Cutoff + Day).Should().BeFalse();
        window.Length.Should().Be(Day);
    }

    [Fact]
    public void FeatureAndLabelWindows_OfOneCutoff_ShareNoInstant()
    {
        TimeWindow feature = TimeWindow.ForFeature(Cutoff, 30 * Day), label = TimeWindow.ForLabel(Cutoff, TimeSpan.Zero, 90 * Day);
        feature.End.Should().Be(label.Start);
        feature.Overlaps(label).Should().BeFalse();
        feature.Contains(Cutoff).Should().BeFalse();
        label.Contains(Cutoff).Should().BeTrue();
    }

    [Fact]
    public void ForLabel_WithLeadTime_StartsAfterIt()
    {
        TimeWindow label = TimeWindow.ForLabel(Cutoff, 14 * Day, 90 * Day);
        label.Should().Be(new TimeWindow(Cutoff.AddDays(14), Cutoff.AddDays(104)));
    }

    [Fact]
    public void New_OfNoLength_SaysBothEnds()
    {
        FluentActions.Invoking(() => new TimeWindow(Cutoff, Cutoff)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("A window must end after it starts. Got start 2026-03-01T00:00:00Z and end 2026-03-01T00:00:00Z. Give the window a positive length.*");
        FluentActions.Invoking(() => new TimeWindow(Cutoff, Cutoff - Tick)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TimeWindow.ForFeature(Cutoff, TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TimeWindow.ForLabel(Cutoff, Day, TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void ForLabel_WithNegativeLeadTime_Refuses() => FluentActions.Invoking(() => TimeWindow.ForLabel(Cutoff, -Tick, Day)).Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("The lead time must not be negative. Got -00:00:00.0000001. A label window that starts before its cutoff would hold facts that features use.*");

    [Fact]
    public void New_OfOtherOffsets_KeepsUtc()
    {
        TimeWindow window = new(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        window.Start.Offset.Should().Be(TimeSpan.Zero);
        window.Start.Should().Be(Cutoff);
        window.Length.Should().Be(TimeSpan.FromHours(2));
    }

    [Fact]
    public void ForFeature_BeforeTheBeginningOfTime_StartsThere()
    {
        TimeWindow.ForFeature(Cutoff, TimeSpan.MaxValue).Should().Be(new TimeWindow(DateTimeOffset.MinValue, Cutoff));
        TimeWindow.ForFeature(DateTimeOffset.MinValue + Day, Day).Start.Should().Be(DateTimeOffset.MinValue);
        TimeWindow.ForFeature(DateTimeOffset.MinValue + Day, 2 * Day).Start.Should().Be(DateTimeOffset.MinValue);
        DateTimeOffset early = new(1, 1, 1, 5, 0, 0, TimeSpan.FromHours(-5));
        TimeWindow.ForFeature(early, TimeSpan.FromHours(7)).Start.Should().Be(early.ToUniversalTime() - TimeSpan.FromHours(7), "the local clock must not run out before UTC does");
    }

    [Fact]
    public void ForLabel_BeyondTheEndOfTime_EndsThere()
    {
        TimeWindow.ForLabel(Cutoff, Day, TimeSpan.MaxValue).Should().Be(new TimeWindow(Cutoff + Day, DateTimeOffset.MaxValue));
        TimeWindow.ForLabel(DateTimeOffset.MaxValue - (2 * Day), Day, 5 * Day).End.Should().Be(DateTimeOffset.MaxValue);
        DateTimeOffset late = new(9999, 12, 31, 20, 0, 0, TimeSpan.FromHours(5));
        TimeWindow.ForLabel(late, TimeSpan.Zero, TimeSpan.FromHours(6)).End.Should().Be(late.ToUniversalTime() + TimeSpan.FromHours(6));
    }

    [Fact]
    public void Overlaps_IsSymmetricAndMeansASharedInstant() => Gen.Select(Window, Window).Sample((a, b) =>
    {
        bool shared = Enumerable.Range(0, 40).Select(d => Cutoff.AddDays(d)).Any(i => a.Contains(i) && b.Contains(i));
        return a.Overlaps(b) == shared && b.Overlaps(a) == shared && a.Overlaps(a);
    });

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("nl-NL")]
    public void ToString_InAnyCulture_IsTheSame(string culture) =>
        Cultures.In(culture, () => new TimeWindow(Cutoff, Cutoff + Day + TimeSpan.FromMilliseconds(1500)).ToString()).Should().Be("[2026-03-01T00:00:00Z, 2026-03-02T00:00:01.5Z)");
}
