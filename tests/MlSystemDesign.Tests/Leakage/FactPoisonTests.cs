using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.Leakage;

namespace MlSystemDesign.Tests.Leakage;

public sealed class FactPoisonTests
{
    public static TheoryData<string> Kinds => ["None", "Changed", "Deleted", "Invented"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PoisonFuture_LeavesWhatIsVisibleAlone(string kind)
    {
        FactPoison poison = new(Shop.History, Shop.Customers);
        foreach (DateTimeOffset cutoff in Shop.Cutoffs)
        {
            IHistory poisoned = poison.PoisonFuture(Shop.History, cutoff.UtcTicks, Enum.Parse<PoisonKind>(kind));
            Visible(poisoned, cutoff).Should().Equal(Visible(Shop.History, cutoff));
            poisoned.EntitiesKnownBefore(cutoff).Should().Equal(Shop.History.EntitiesKnownBefore(cutoff));
        }
    }

    [Theory]
    [InlineData("Changed")]
    [InlineData("Deleted")]
    public void PoisonFuture_LeavesNoHiddenFactAsItWas(string kind)
    {
        // Late-known complaints and delayed deliveries, which happened before the cutoff, are among them.
        FactPoison poison = new(Shop.History, Shop.Customers);
        foreach (DateTimeOffset cutoff in Shop.Cutoffs)
        {
            HashSet<string> visible = [.. Visible(Shop.History, cutoff)];
            HashSet<string> after = [.. Everything(poison.PoisonFuture(Shop.History, cutoff.UtcTicks, Enum.Parse<PoisonKind>(kind)))];
            string[] hidden = [.. Everything(Shop.History).Where(f => !visible.Contains(f))];
            hidden.Should().NotBeEmpty().And.NotIntersectWith(after);
        }
    }

    [Fact]
    public void PoisonFuture_Invented_AddsHiddenFactsToEverySourceAndAnEntityFirstSeenLater()
    {
        FactPoison poison = new(Shop.History, Shop.Customers);
        DateTimeOffset cutoff = Shop.Cutoffs[1];
        IHistory poisoned = poison.PoisonFuture(Shop.History, cutoff.UtcTicks, PoisonKind.Invented);
        poisoned.EntityCount.Should().Be(Shop.History.EntityCount + 1);
        foreach (EntityKey customer in Shop.Customers)
        {
            EntityFacts facts = poisoned.LookAhead.ReadAll(customer), before = Shop.History.LookAhead.ReadAll(customer);
            facts.Sources.Zip(before.Sources).Should().OnlyContain(p => p.First.Count > p.Second.Count);
            facts.Sources.Should().OnlyContain(t => t.EventTicks.ToArray().Contains(cutoff.UtcTicks), "the cutoff itself is where windows go wrong");
            Late(facts["complaints"], cutoff).Should().BeGreaterThan(Late(before["complaints"], cutoff));
            Late(facts["deliveries"], cutoff).Should().BeGreaterThan(Late(before["deliveries"], cutoff));
        }
    }

    [Fact]
    public void PoisonPast_LeavesWhatIsHiddenAlone()
    {
        FactPoison poison = new(Shop.History, Shop.Customers);
        DateTimeOffset cutoff = Shop.Cutoffs[1];
        HashSet<string> visible = [.. Visible(Shop.History, cutoff)];
        string[] hidden = [.. Everything(Shop.History).Where(f => !visible.Contains(f))];
        foreach (PoisonKind kind in new[] { PoisonKind.Changed, PoisonKind.Deleted, PoisonKind.Invented })
        {
            IHistory poisoned = poison.PoisonPast(Shop.History, cutoff.UtcTicks, kind);
            Everything(poisoned).Should().Contain(hidden);
            Visible(poisoned, cutoff).Should().NotEqual(Visible(Shop.History, cutoff));
        }
    }

    [Fact]
    public async Task Inspect_TheRealEngineAndFrame_IsCleanWithEveryColumnTested()
    {
        FeaturePlan plan = FeaturePlan
            .For("purchases", f => f.Over(TimeSpan.FromDays(30), TimeSpan.FromDays(60)).Count().Sum("amount").Mean("amount").Max("amount").Std("amount").Slope("amount").Recency())
            .And("complaints", f => f.Over(TimeSpan.FromDays(60)).Count())
            .And("deliveries", f => f.Over(TimeSpan.FromDays(60)).Sum("weight"))
            .And("plans", f => f.Category("plan"));
        EventFrame frame = EventFrame.Absence("churn", "purchases", TimeSpan.FromDays(30)).ActiveWithin(TimeSpan.FromDays(60)).On(CutoffGrid.At(Shop.Cutoffs));
        LeakageReport report = await new LeakageGuard().InspectAsync(new LeakageContext { History = Shop.History, Features = new BatchFeatureBuilder(plan), Frame = frame });
        report.Findings.Should().BeEmpty();
        report.Verdict.Should().Be(LeakageVerdict.Clean);
        report.Checks[0].Detail.Should().MatchRegex("the control moved ([0-9]+) of \\1 columns$");
        report.Checks[1].Status.Should().Be(CheckStatus.Run);
    }

    private static int Late(FactTable facts, DateTimeOffset cutoff) =>
        Enumerable.Range(0, facts.Count).Count(i => facts.EventTime(i) < cutoff && facts.KnownTime(i) >= cutoff);

    private static string[] Visible(IHistory history, DateTimeOffset cutoff) => [.. Shop.Customers.SelectMany(c => Lines(history.AsOf(c, cutoff)))];

    private static string[] Everything(IHistory history) => [.. Shop.Customers.SelectMany(c => Lines(history.LookAhead.ReadAll(c)))];

    private static IEnumerable<string> Lines(EntityFacts facts) => facts.Sources.SelectMany(t => Enumerable.Range(0, t.Count).Select(i =>
        $"{facts.Entity} {t.Schema.Name} {t.EventTicks.Span[i]} {t.KnownTickAt(i)} {string.Join(',', t.Schema.Columns.Select((c, k) => c.Kind == ColumnKind.Number ? $"{t.Numbers(k)[i]:R}" : $"{t.Codes(k)[i]}"))}"));
}
