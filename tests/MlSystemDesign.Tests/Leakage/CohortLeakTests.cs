using MlSystemDesign.Leakage;

namespace MlSystemDesign.Tests.Leakage;

public sealed class CohortLeakTests
{
    [Fact]
    public async Task Inspect_HonestCohort_Passes()
    {
        LeakageReport report = await Inspect((h, t) => h.EntitiesKnownBefore(t));
        report.Verdict.Should().Be(LeakageVerdict.Clean);
        report.Checks.Single(c => c.Check == "cohort under a poisoned future").Status.Should().Be(CheckStatus.Run);
    }

    [Fact]
    public async Task Inspect_CohortOfThoseWhoCameBack_IsProven()
    {
        LeakageReport report = await Inspect((h, t) =>
            h.EntitiesKnownBefore(t).Where(e => h.LookAhead.Read(e, "purchases", new TimeWindow(t, t.AddDays(60))).Count > 0));
        report.Verdict.Should().Be(LeakageVerdict.Leaking);
        LeakageFinding finding = report.Findings.Should().ContainSingle().Which;
        finding.Check.Should().Be("cohort under a poisoned future");
        finding.Evidence.Should().MatchRegex("^The cohort at 2026-0.-..T00:00:00Z went from [0-9]+ to [0-9]+ of the sampled entities when facts not visible");
    }

    [Fact]
    public async Task Inspect_CohortOfEverybodyEverSeen_IsProven()
    {
        // Everybody known at the end of time: customers first seen after the cutoff are rows at it.
        LeakageReport report = await Inspect((h, _) => h.EntitiesKnownBefore(DateTimeOffset.MaxValue));
        report.Findings.Should().Contain(f => f.Check == "cohort under a poisoned future");
    }

    [Fact]
    public async Task Inspect_FixedCohort_IsUndefined()
    {
        LeakageReport report = await Inspect((_, _) => Shop.Customers.Take(5));
        report.Checks.Should().Contain(new CheckOutcome("cohort under a poisoned future", CheckStatus.Undefined, "the cohort did not react to a poisoned past either"));
    }

    private static async Task<LeakageReport> Inspect(Func<IHistory, DateTimeOffset, IEnumerable<EntityKey>> cohort) => await new LeakageGuard().InspectAsync(new LeakageContext
    {
        History = Shop.History,
        Features = new CellBuilder(("purchases", (h, e, t) => (double)h.AsOf(e, t)["purchases"].Count)),
        Frame = new Frame(cohort),
    });

    private sealed class Frame(Func<IHistory, DateTimeOffset, IEnumerable<EntityKey>> cohort) : IProblemFrame
    {
        public string Kind => "test.frame";

        public string Name => "test";

        public TimeSpan LeadTime => TimeSpan.Zero;

        public TimeSpan Horizon => TimeSpan.FromDays(30);

        public IReadOnlyList<DateTimeOffset> Cutoffs(IHistory history) => Shop.Cutoffs;

        public ObservationSet Cohort(IHistory history, DateTimeOffset cutoff) => ObservationSet.At(cohort(history, cutoff), cutoff);

        public LabelledObservations Label(IHistory history, ObservationSet observations) => throw new NotSupportedException();
    }
}
