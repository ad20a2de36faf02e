using MlSystemDesign.Features;
using MlSystemDesign.Framing;

namespace MlSystemDesign.Tests.Features;

/// <summary>Tests that change the zone of the process run alone.</summary>
[CollectionDefinition(nameof(FeatureZoneTests), DisableParallelization = true)]
[Collection(nameof(FeatureZoneTests))]
public sealed class FeatureZoneTests
{
    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/New_York")]
    public void BuildAndFrame_OnAMachineInAnotherZone_ChangeNoBit(string zone)
    {
        EventFrame frame = EventFrame.Absence("silence", "activities", TimeSpan.FromDays(5)).On(CutoffGrid.Monthly().After(TimeSpan.Zero));
        World[] worlds = [.. Enumerable.Range(0, 10).Select(i => new World([Activity("anna", i), Activity("ben", 3 * i), Activity("anna", 2 * i + 0.3)], []))];
        string[] before = [.. worlds.Select(w => Everything(frame, w))];
        string? was = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
            TimeZoneInfo.Local.Id.Should().Be(zone, "otherwise the test tests nothing");

            worlds.Select(w => Everything(frame, w)).Should().Equal(before);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", was);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private static FeaturePlan Calendar { get; } = new(
        new[] { FeatureWindow.OfMonths(1, "Europe/Amsterdam"), FeatureWindow.OfCalendarDays(7, "America/New_York"), FeatureWindow.OfCalendarDays(1, "Pacific/Kiritimati") }
            .Select((window, i) => new FeatureDefinition { Name = $"f{i}", Source = "activities", Aggregate = FeatureAggregate.Sum, Column = "amount", Window = window }));

    private static Activity Activity(string who, double day) => new(who, World.At(day).UtcTicks, World.At(day).UtcTicks, day + 0.1, "ticket", 0);

    private static string Everything(EventFrame frame, World world)
    {
        LabelledObservations labels = frame.LabelHistory(world.History());
        return string.Join(';', labels.Observations.Select(o => o.Cutoff!.Value.UtcTicks)) + string.Join(';', labels.Status.ToArray())
            + string.Join('\n', Plans.Bits(Plans.Build(Plans.Full, world.History(), labels.Observations)).Values)
            + string.Join('\n', Plans.Bits(Plans.Build(Calendar, world.History(), labels.Observations)).Values);
    }
}
