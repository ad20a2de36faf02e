using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The reference itself, against values from other software.</summary>
public sealed class ReferenceTests
{
    private static readonly long Cutoff = World.At(20).UtcTicks;

    public static TheoryData<string> Series => [.. IndependentSeries.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Series))]
    public void Number_OfSeries_IsWhatOtherSoftwareSays(string name)
    {
        IndependentSeries series = IndependentSeries.All.Single(s => s.Name == name);
        ReferenceFeatures reference = new(series.World(Cutoff));
        foreach ((FeatureDefinition feature, double expected) in series.Expected())
        {
            double got = reference.Number(feature, "anna", Cutoff).Value;
            if (double.IsNaN(expected))
            {
                got.Should().Be(double.NaN, feature.Name);
            }
            else
            {
                got.Should().BeApproximately(expected, 1e-14 * Math.Abs(expected), feature.Name);
            }
        }
    }

    // pandas 1.5.3: Timestamp(cutoff).tz_convert(zone).tz_localize(None) - DateOffset(months=m) - DateOffset(days=d), then
    // .tz_localize(zone, ambiguous=False, nonexistent=Timedelta("1h")).tz_convert("UTC"). In both zones the gap is one hour.
    [Theory]
    [InlineData("2026-03-31T10:00:00Z", "Europe/Amsterdam", 1, 0, "2026-02-28T11:00:00Z")]
    [InlineData("2026-04-29T00:30:00Z", "Europe/Amsterdam", 1, 0, "2026-03-29T01:30:00Z")]
    [InlineData("2026-04-29T00:00:00Z", "Europe/Amsterdam", 1, 0, "2026-03-29T01:00:00Z")]
    [InlineData("2026-04-29T01:00:00Z", "Europe/Amsterdam", 1, 0, "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-30T00:30:00Z", "Europe/Amsterdam", 0, 1, "2026-03-29T01:30:00Z")]
    [InlineData("2026-11-25T01:30:00Z", "Europe/Amsterdam", 1, 0, "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-26T01:30:00Z", "Europe/Amsterdam", 0, 1, "2026-10-25T01:30:00Z")]
    [InlineData("2026-10-25T01:30:00Z", "Europe/Amsterdam", 0, 1, "2026-10-24T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "Europe/Amsterdam", 0, 7, "2026-10-18T00:30:00Z")]
    [InlineData("2026-03-29T12:00:00Z", "Europe/Amsterdam", 0, 1, "2026-03-28T13:00:00Z")]
    [InlineData("2024-03-31T12:00:00Z", "UTC", 1, 0, "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T05:00:00Z", "Europe/Amsterdam", 12, 0, "2023-02-28T05:00:00Z")]
    [InlineData("2026-05-31T22:30:00Z", "Europe/Amsterdam", 3, 1, "2026-02-27T23:30:00Z")]
    [InlineData("2026-03-09T06:30:00Z", "America/New_York", 0, 1, "2026-03-08T07:30:00Z")]
    [InlineData("2026-12-01T06:30:00Z", "America/New_York", 1, 0, "2026-11-01T06:30:00Z")]
    [InlineData("2026-11-02T06:30:00Z", "America/New_York", 0, 1, "2026-11-01T06:30:00Z")]
    [InlineData("2026-04-08T07:30:00Z", "America/New_York", 1, 0, "2026-03-08T07:30:00Z")]
    [InlineData("2026-01-01T04:59:59.999Z", "America/New_York", 0, 1, "2025-12-31T04:59:59.999Z")]
    [InlineData("2026-07-15T00:00:00Z", "America/New_York", 6, 30, "2025-12-16T01:00:00Z")]
    [InlineData("2026-03-08T07:00:00Z", "America/New_York", 0, 1, "2026-03-07T08:00:00Z")]
    [InlineData("2026-11-01T05:30:00Z", "America/New_York", 12, 0, "2025-11-01T05:30:00Z")]    public void CalendarStart_ThroughClockChanges_IsWhatPandasSays(string cutoff, string zone, int months, int days, string start)
    {
        Int128 got = ReferenceWindow.CalendarStart(Instant(cutoff).UtcTicks, months, days, TimeZoneInfo.FindSystemTimeZoneById(zone));

        new DateTimeOffset((long)got, TimeSpan.Zero).Should().Be(Instant(start));
    }

    [Fact]
    public void Facts_RevisedAndRetracted_HoldUntilTheNextVersionWasKnown()
    {
        RawFact[] facts = RawVersions.Facts(
        [
            (new RawFact("anna", 5, 30, 0, 3.0), "a", false), (new RawFact("anna", 5, 10, 0, 1.0), "a", false), (new RawFact("anna", 6, 20, 0, 2.0), "a", false),
            (new RawFact("anna", 0, 40, 0, 0.0), "a", true), (new RawFact("ben", 5, 10, 1, 9.0), "b", false), (new RawFact("ben", 5, 10, 2, 8.0), "b", false),
        ]);

        Held("anna").Should().Be("11: 1, 20: 1, 21: 2, 30: 2, 31: 3, 40: 3, 41: none");
        Held("ben").Should().Be("11: 8, 20: 8, 21: 8, 30: 8, 31: 8, 40: 8, 41: 8", "of versions known together the greater sequence holds");

        string Held(string who) => string.Join(", ", new long[] { 11, 20, 21, 30, 31, 40, 41 }.Select(cutoff =>
            $"{cutoff}: {facts.SingleOrDefault(f => f.Who == who && f.VisibleAt(cutoff))?.Values[0] ?? "none"}"));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
