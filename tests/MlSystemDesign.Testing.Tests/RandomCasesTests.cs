using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Tests;

/// <summary>What an engine is asked: the random histories hold everything that hurts, and nothing that was not asked for.</summary>
public sealed class RandomCasesTests
{
    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2027, 12, 31, 0, 0, 0, TimeSpan.Zero);

    // Amsterdam and New York, in spring and autumn.
    private static readonly DateTimeOffset[] ClockChanges =
    [
        new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero),
    ];

    [Fact]
    public async Task CheckCasesAsync_Cases_HoldEverythingThatHurts()
    {
        List<FeatureConformanceCase> cases = await Asked(new() { Cases = 150 });

        Share(r => r.Zip(r.Skip(1)).Any(p => Dated(p.First) && p.First.Time == p.Second.Time && p.First.Entity == p.Second.Entity)).Should().BeGreaterThan(0.5, "ties");
        Share(r => r.Any(a => a.Source == "activities" && a.KnownTime > a.Time)).Should().BeGreaterThan(0.5, "late facts");
        Share(r => r.Any(a => a.Source == "activities" && a.KnownTime < a.Time)).Should().BeGreaterThan(0.3, "announcements");
        Share(r => r.Any(a => a.IsRetraction)).Should().BeInRange(0.15, 0.45, "retractions");
        Share(r => r.Where(a => a.EventKey != default).GroupBy(a => a.EventKey).Any(g => g.Count(a => !a.IsRetraction) > 1)).Should().BeInRange(0.15, 0.45, "revisions");
        Share(r => r.Any(a => a.Numbers.Any(n => Math.Abs(n) > 1e299))).Should().BeGreaterThan(0.05, "values at the ends of the range");
        Share(r => r.Any(a => a.Numbers.Any(double.IsNaN))).Should().BeGreaterThan(0.5, "missing values");
        Share(r => r.Any(a => a.Time == DateTimeOffset.MaxValue) && r.Any(a => Dated(a) && a.Time.Ticks < 4)).Should().BeInRange(0.05, 0.25, "the ends of the calendar");
        Share(r => r.Any(a => ClockChanges.Any(change => (a.Time - change).Duration() <= TimeSpan.FromHours(1)))).Should().BeGreaterThan(0.2, "hours that a zone skips or repeats");
        Share(r => !r.Any(a => a.Entity == "ben")).Should().BeGreaterThan(0.02, "silent entities");
        cases.SelectMany(c => c.Plan.Features).Select(f => f.Aggregate).Distinct().Should().BeEquivalentTo(Enum.GetValues<FeatureAggregate>().Where(a => a != FeatureAggregate.Expression));
        cases.SelectMany(c => c.Plan.Features).Select(f => f.Window?.Kind).OfType<WindowKind>().Distinct().Should().BeEquivalentTo(Enum.GetValues<WindowKind>());
        cases.SelectMany(c => c.Plan.Features).Should().Contain(f => f.Window != null && f.Window.Lag > TimeSpan.Zero).And.Contain(f => f.Where.Count > 0);

        double Share(Func<Arrival[], bool> holds) => cases.Count(c => holds([.. c.Arrivals.OrderBy(a => (a.Source, a.Entity, a.Time))])) / (double)cases.Count;

        static bool Dated(Arrival row) => row.Source is "activities" or "visits";
    }

    [Fact]
    public async Task CheckCasesAsync_WithoutRevisionsAndEdges_HasNone()
    {
        List<FeatureConformanceCase> cases = await Asked(new() { Cases = 150, Revisions = false, EdgesOfTime = false });

        Arrival[] rows = [.. cases.SelectMany(c => c.Arrivals)];
        rows.Should().OnlyContain(a => a.EventKey == default && !a.IsRetraction);
        rows.Should().OnlyContain(a => a.Source == "profiles" || (a.Time > Earliest && a.Time < Latest));
    }

    [Fact]
    public async Task CheckCasesAsync_AsKnown_GivesVersionsInTheirOrder()
    {
        List<FeatureConformanceCase> cases = await Asked(new() { Cases = 30, ArriveAsKnown = true, EdgesOfTime = false });

        foreach (FeatureConformanceCase @case in cases)
        {
            @case.Arrivals.Where(a => a.Source is "activities" or "people").Select(a => a.KnownTime).Should().BeInAscendingOrder();
            @case.Arrivals.Where(a => a.Source == "visits").Select(a => a.Time).Should().BeInAscendingOrder();
        }

        (await Asked(new() { Cases = 30 })).Count(c => c.Arrivals.Zip(c.Arrivals.Skip(1)).Any(p => p.First.KnownTime > p.Second.KnownTime)).Should().BeGreaterThan(25, "else any order is tried");
    }

    [Fact]
    public async Task CheckCasesAsync_OfOneSeed_AsksTheSame_AndOfAnother_Another()
    {
        string[] first = await Texts(1), again = await Texts(1), other = await Texts(2);

        again.Should().Equal(first);
        other.Intersect(first).Should().BeEmpty("neighbouring seeds must not share cases");
        first.Should().OnlyHaveUniqueItems();

        static async Task<string[]> Texts(int seed) => [.. (await Asked(new() { Cases = 60, Seed = seed })).Select(c => c.Plan.ToJson() + string.Join(';', c.Arrivals.Select(a => a.ToString() + string.Join(',', a.Numbers))))];
    }

    private static async Task<List<FeatureConformanceCase>> Asked(FeatureConformanceOptions options)
    {
        List<FeatureConformanceCase> cases = [];
        await FeatureBuilderConformance.CheckCasesAsync(
            c =>
            {
                cases.Add(c);
                return new BatchFeatureBuilder(c.Plan, 1);
            },
            options);
        return cases;
    }
}
