using MlSystemDesign.Leakage;
using static MlSystemDesign.Tests.Leakage.CellBuilder;

namespace MlSystemDesign.Tests.Leakage;

public sealed class PoisonTheFutureTests
{
    private const string Check = "poison the future";

    private static readonly (string, Func<IHistory, EntityKey, DateTimeOffset, object?>)[] Honest =
    [
        ("spent_30d", (h, e, t) => Sum(h.AsOf(e, t)["purchases"], i => h.AsOf(e, t)["purchases"].EventTime(i) >= t.AddDays(-30))),
        ("recency", (h, e, t) => h.AsOf(e, t)["purchases"] is { Count: > 0 } p ? (t - p.EventTime(0)).TotalDays : null),
        ("complaints", (h, e, t) => (double)h.AsOf(e, t)["complaints"].Count),
        ("weight", (h, e, t) => Sum(h.AsOf(e, t)["deliveries"])),
        ("plan", (h, e, t) => h.AsOf(e, t)["plans"] is { Count: > 0 } p ? p.Levels[0]![p.Codes(0)[0]] : "none"),
    ];

    [Fact]
    public async Task Inspect_HonestBuilder_IsCleanWithEveryColumnTested()
    {
        LeakageReport report = await Inspect(Honest);
        report.Findings.Should().BeEmpty();
        report.Verdict.Should().Be(LeakageVerdict.Clean);
        report.Checks[0].Status.Should().Be(CheckStatus.Run);
        report.Checks[0].Detail.Should().EndWith("at 3 cutoff(s); facts changed, deleted and invented; the control moved 5 of 5 columns");
        report.ThrowIfLeaking().Should().BeSameAs(report);
    }

    public static TheoryData<string, string> Leaks => new()
    {
        { "look-ahead sum", "sum over everything recorded" },
        { "next purchase", "days until the next purchase" },
        { "at the cutoff", "the event at the cutoff is inside" },
        { "event time only", "complaints by event time, though known later" },
        { "known time only", "announced events that have not happened" },
        { "delay ignored", "deliveries by event time, though known three days later" },
        { "global mean", "amount over the mean of everybody at any time" },
        { "entity count", "number of customers ever seen" },
        { "last plan", "the plan of today, not of then" },
    };

    [Theory]
    [MemberData(nameof(Leaks))]
    public async Task Inspect_LeakingColumn_ProvesItAndOnlyIt(string leak, string why)
    {
        LeakageReport report = await Inspect([.. Honest, (leak, Leaking(leak))]);
        report.Verdict.Should().Be(LeakageVerdict.Leaking, why);
        LeakageFinding finding = report.Findings.Should().ContainSingle().Which;
        finding.Column.Should().Be(leak);
        finding.Severity.Should().Be(LeakageSeverity.Proven);
        finding.Evidence.Should().MatchRegex($"^'{leak}' knows the future: for entity 'customer ..' at cutoff 2026-0.-..T00:00:00Z it went from .+ to .+ when facts not visible at the cutoff were (changed|deleted|invented)\\. [0-9]+ value\\(s\\) moved in all\\.$");
        Action act = () => report.ThrowIfLeaking();
        act.Should().Throw<LeakageException>().Which.Report.Should().BeSameAs(report);
    }

    [Fact]
    public async Task Inspect_BuilderThatReadsNothing_IsNotTestedNeverClean()
    {
        LeakageReport report = await Inspect([("constant", (_, _, _) => 1.0), ("length of the name", (_, e, _) => (double)e.ToString().Length)]);
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Checks[0].Should().Be(new CheckOutcome(Check, CheckStatus.Undefined, "no column moved when the past was poisoned: the builder reads nothing of these entities"));
    }

    [Fact]
    public async Task Inspect_OneConstantColumnAmongOthers_NamesItAsUntested()
    {
        LeakageReport report = await Inspect([.. Honest, ("constant", (_, _, _) => 1.0)]);
        report.Verdict.Should().Be(LeakageVerdict.Clean);
        report.Checks[0].Detail.Should().EndWith("the control moved 5 of 6 columns; constant in the control, so untested: constant");
    }

    [Fact]
    public async Task Inspect_UnrepeatableColumn_IsNotTestedNeverCleanAndNamed()
    {
        Random random = new(1);
        LeakageReport report = await Inspect([.. Honest, ("constant", (_, _, _) => 1.0), ("noise", (_, _, _) => random.NextDouble())]);
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Findings.Should().BeEmpty();
        report.Checks[0].Status.Should().Be(CheckStatus.Undefined);
        report.Checks[0].Detail.Should()
            .StartWith("1 of 7 columns give other values for equal facts, so a leak in them cannot be told from noise: noise. Make the builder deterministic. Of the rest: ")
            .And.EndWith("the control moved 5 of 7 columns; constant in the control, so untested: constant");

        LeakageReport alone = await Inspect([("noise", (_, _, _) => random.NextDouble())]);
        alone.Verdict.Should().Be(LeakageVerdict.NotTested);
        alone.Checks[0].Status.Should().Be(CheckStatus.Undefined);
        alone.Checks[0].Detail.Should().StartWith("1 of 1 columns give other values for equal facts").And.EndWith("the control moved 0 of 1 columns");
    }

    [Fact]
    public async Task Inspect_LeakBehindNoise_IsNotClean()
    {
        Random random = new(1);
        Func<IHistory, EntityKey, DateTimeOffset, object?> leak = Leaking("look-ahead sum");
        LeakageReport report = await Inspect([.. Honest, ("noisy leak", (h, e, t) => (double)leak(h, e, t)! + (random.NextDouble() * 1e-6))]);
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Checks[0].Detail.Should().Contain("noisy leak");
    }

    [Fact]
    public async Task Inspect_LeakBesideAnUnrepeatableColumn_IsStillProven()
    {
        Random random = new(1);
        LeakageReport report = await Inspect([.. Honest, ("leak", Leaking("look-ahead sum")), ("noise", (_, _, _) => random.NextDouble())]);
        report.Verdict.Should().Be(LeakageVerdict.Leaking);
        report.Findings.Should().ContainSingle().Which.Column.Should().Be("leak");
        report.Checks[0].Status.Should().Be(CheckStatus.Undefined);
    }

    [Fact]
    public async Task Inspect_ColumnThatRepeatsAtTheFirstCutoffOnly_DoesNotCountAsControlled()
    {
        Random random = new(1);
        LeakageReport report = await Inspect(
            [.. Honest, ("late noise", (h, e, t) => h.AsOf(e, t)["purchases"].Count + (t == Shop.Cutoffs[0] ? 0 : random.NextDouble()))]);
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Checks[0].Detail.Should().Contain("late noise").And.EndWith("the control moved 5 of 6 columns");
    }

    [Fact]
    public async Task Inspect_BuilderThatFails_SaysSoAndIsNotClean()
    {
        LeakageReport report = await Inspect([("boom", (_, _, _) => throw new InvalidOperationException("no table"))]);
        report.Verdict.Should().Be(LeakageVerdict.NotTested);
        report.Checks[0].Should().Be(new CheckOutcome(Check, CheckStatus.Undefined, "it could not be finished: InvalidOperationException: no table"));

        LeakageReport future = await Inspect(
            [.. Honest, ("picky", (h, e, t) => h.LookAhead.ReadAll(e)["purchases"].Numbers(0) is var n && n.Length > 0 && n.ToArray().Max() > 1000 ? throw new InvalidOperationException("odd") : 1.0)]);
        future.Verdict.Should().Be(LeakageVerdict.NotTested);
        future.Checks[0].Detail.Should().StartWith("the builder failed when only facts not visible at the cutoff were ");
    }

    [Fact]
    public async Task Inspect_WithoutHistoryOrBuilderOrObservations_IsNotRun()
    {
        LeakageReport nothing = await new LeakageGuard().InspectAsync(new LeakageContext());
        nothing.Verdict.Should().Be(LeakageVerdict.NotTested);
        nothing.Checks.Should().OnlyContain(c => c.Status == CheckStatus.NotRun);
        nothing.Checks[0].Detail.Should().Be("there is no history and no feature builder");
        (await new LeakageGuard().InspectAsync(new LeakageContext { History = Shop.History, Features = new CellBuilder(Honest) })).Checks[0].Detail
            .Should().Be("there are no observations: pass labels, a training set or a frame");
    }

    [Fact]
    public async Task Inspect_OfEqualContexts_GivesEqualReports()
    {
        (string, Func<IHistory, EntityKey, DateTimeOffset, object?>)[] columns = [.. Honest, ("leak", Leaking("global mean"))];
        LeakageReport a = await Inspect(columns, 3), b = await Inspect(columns, 3);
        b.Findings.Should().Equal(a.Findings);
        b.Checks.Should().Equal(a.Checks);
    }

    [Fact]
    public async Task Inspect_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        int calls = 0;
        CellBuilder builder = new(("x", (_, _, _) =>
        {
            if (++calls == 100)
            {
                source.Cancel();
            }

            return 1.0;
        }));
        Func<Task> act = async () => await new LeakageGuard().InspectAsync(new LeakageContext { History = Shop.History, Features = builder, Labels = Shop.Labels }, source.Token);
        await act.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Inspect_ReportsProgressUpToOne()
    {
        List<double> shares = [];
        await new LeakageGuard().InspectAsync(new LeakageContext
        {
            History = Shop.History, Features = new CellBuilder(Honest), Labels = Shop.Labels, Progress = new Recorder(shares),
        });
        shares.Should().BeInAscendingOrder().And.HaveCount(4);
        shares[^1].Should().Be(1);
    }

    [Fact]
    public void Options_OutsideTheirRanges_AreAllNamed()
    {
        Action act = () => _ = new LeakageGuard(new LeakageGuardOptions { MaximumCutoffs = 0, SuspiciousAuc = 0.5 });
        act.Should().Throw<PlanException>().WithMessage(
            "Leakage guard options has 2 faults: (1) MaximumCutoffs must be in [1, 1000]. Got 0. Use 6 unless you know better. " +
            "(2) SuspiciousAuc must be in (0.5, 1]. Got 0.5. Use 0.95 unless you know better.");
    }

    private static Func<IHistory, EntityKey, DateTimeOffset, object?> Leaking(string leak) => leak switch
    {
        "look-ahead sum" => (h, e, _) => Sum(h.LookAhead.ReadAll(e)["purchases"]),
        "next purchase" => (h, e, t) => h.LookAhead.Read(e, "purchases", new TimeWindow(t, t.AddDays(400))) is { Count: > 0 } p ? (p.EventTime(p.Count - 1) - t).TotalDays : null,
        "at the cutoff" => (h, e, t) => (double)h.AsOf(e, t.AddTicks(1))["purchases"].Count,
        "event time only" => (h, e, t) => (double)h.LookAhead.Read(e, "complaints", new TimeWindow(t.AddDays(-50), t)).Count,
        "known time only" => (h, e, t) => Known(h.LookAhead.ReadAll(e)["complaints"], t),
        "delay ignored" => (h, e, t) => (double)h.LookAhead.Read(e, "deliveries", new TimeWindow(t.AddDays(-50), t)).Count,
        "global mean" => (h, e, t) => Sum(h.AsOf(e, t)["purchases"]) / (1 + h.EntitiesKnownBefore(t).Sum(other => Sum(h.LookAhead.ReadAll(other)["purchases"]))),
        "entity count" => (h, _, _) => (double)h.EntityCount,
        _ => (h, e, _) => h.LookAhead.ReadAll(e)["plans"] is { Count: > 0 } p ? p.Levels[0]![p.Codes(0)[0]] : "none",
    };

    private static double Known(FactTable facts, DateTimeOffset cutoff) => Enumerable.Range(0, facts.Count).Count(i => facts.KnownTime(i) < cutoff);

    private static async Task<LeakageReport> Inspect((string, Func<IHistory, EntityKey, DateTimeOffset, object?>)[] columns, int seed = 1) =>
        await new LeakageGuard(new LeakageGuardOptions { ObservationsPerCutoff = 12 })
            .InspectAsync(new LeakageContext { History = Shop.History, Features = new CellBuilder(columns), Labels = Shop.Labels, Seed = seed });

    private sealed class Recorder(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
