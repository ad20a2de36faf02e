using MlSystemDesign.Features;
using MlSystemDesign.Testing.Features;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A case is told so that a person can work it out on paper.</summary>
public sealed class CaseTextTests
{
    [Fact]
    public void Of_ACaseWithEverything_TellsFeaturesCutoffsAndFacts()
    {
        World world = new(
            [
                new("anna", World.At(2).UtcTicks, World.At(3.5).UtcTicks, 19.99, "order", 4) { Key = "key 1" },
                new("anna", World.At(2).UtcTicks, World.At(2).UtcTicks, double.NaN, null, 5) { Key = "key 1", IsRetraction = true },
            ],
            [new("ben", World.At(1).UtcTicks + 1, 7, "gold")])
        {
            IsRevised = true, Visits = [new("ben", World.At(4).UtcTicks, 1, "start", 2.5, null)], Profiles = [new("ben", 3, "new")],
        };
        FeaturePlan plan = new(
            new FeatureDefinition { Name = "f0", Source = "activities", Aggregate = FeatureAggregate.Quantile, Column = "amount", Window = FeatureWindow.Of(TimeSpan.FromDays(30)).LaggedBy(TimeSpan.FromDays(7)), Parameter = 0.25, Where = [EventFilter.Is("kind", "order"), EventFilter.Above("amount", -0.5)] },
            new FeatureDefinition { Name = "f1", Source = "visits", Aggregate = FeatureAggregate.DecayedCount, Window = FeatureWindow.OfMonths(1, "Europe/Amsterdam"), Period = TimeSpan.FromHours(12) },
            new FeatureDefinition { Name = "f2", Source = "people", Aggregate = FeatureAggregate.Age });

        new FeatureCase(world, plan, [World.At(5).UtcTicks, World.At(6).UtcTicks + 10]).ToString().Should().Be(
            """
              feature f0: Quantile of activities.amount over 30 d lagged 7 d, parameter 0.25, where kind is order and amount above -0.5
              feature f1: DecayedCount of visits over 1 mo in Europe/Amsterdam, period 12:00:00
              feature f2: Age of people
              cutoff 2026-01-06T00:00:00Z and 2026-01-07T00:00:00.000001Z
              fact activities: anna at 2026-01-03T00:00:00Z, known 2026-01-04T12:00:00Z, a version of event 'key 1', amount 19.99, kind order, sequence 4
              fact activities: anna at 2026-01-03T00:00:00Z, retracts event 'key 1', amount missing, kind missing, sequence 5
              fact people: ben at 2026-01-02T00:00:00.0000001Z, fee 7, plan gold
              fact visits: ben at 2026-01-05T00:00:00Z, pages 1, seconds 2.5, page start, device missing
              fact profiles: ben, score 3, segment new
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ToString_OfAnArrival_CanBeRead() =>
        Arrivals.Of(new World([new("anna", World.At(2).UtcTicks, World.At(2).UtcTicks, 1, "order", 4)], [])).Single().ToString().Should().Contain("anna").And.Contain("Sequence = 4");
}
