using System.Text;
using System.Text.RegularExpressions;

namespace MlSystemDesign.Reporting.Tests;

public partial class PageTests
{
    private const string Attack = "<script>alert('x')</script>\"&\u0001\u202E\uFFFE";
    private static readonly string Full = DecisionReport.Render(SampleContent.Full);

    [Fact]
    public void Render_WithMarkupInEveryText_EscapesAllOfIt()
    {
        Decision first = SampleContent.Decisions(1).Decisions[0] with { Entity = Attack, Intervention = Attack, Reasons = [Attack] };
        DecisionReportContent hostile = SampleContent.Full with
        {
            Title = Attack,
            Case = SampleContent.Case with { Name = Attack, Decision = Attack },
            EntityName = Attack,
            Frame = new FrameDescription(Attack, TimeSpan.FromDays(1), TimeSpan.Zero),
            Decisions = SampleContent.Decisions(400) with { Decisions = [first], NoAction = [new NoActionReason(Attack, 1)], Prices = [new ConstraintPrice(Attack, 1, 1, Money.Eur(1))] },
            Alternatives = [PlanAlternative.Exact(Attack, Money.Eur(3)), PlanAlternative.Exact("b", Money.Eur(2)), PlanAlternative.Unknown("c", Attack)],
            Leakage = SampleContent.Leakage with { Findings = [new LeakageFinding(Attack, LeakageSeverity.Proven, Attack, Attack, Attack)], Checks = [new CheckOutcome(Attack, CheckStatus.Run, Attack)] },
            Drift = SampleContent.Drift with { Columns = [SampleContent.Drift.Columns[0] with { Column = Attack, Reason = Attack, Statistics = [Metric.Undefined(Attack, Attack)] }] },
            Evaluation = SampleContent.Evaluation(9) with { Metrics = [Metric.Of(Attack, 1, 1, interval: new Interval(0, 1, 0.9, Attack), unit: Attack)] },
            Explanation = SampleContent.Explain(new FeatureSchema([.. SampleContent.Schema.Select((c, i) => c with { Name = Attack + i, Group = Attack + i, Unit = Attack, Levels = c.Levels.Count == 0 ? [] : [Attack, "b", "c"] })]), 40),
            ReasonDrift = SampleContent.Drift with { Columns = [SampleContent.Drift.Columns[0] with { Column = Attack, Reason = Attack }] },
            TrainingRemarks = [Attack],
            DataRemarks = [Attack],
            Limits = [Attack],
            SystemHash = Attack,
            PolicyHash = Attack,
        };
        string html = DecisionReport.Render(hostile);
        html.Should().NotContainEquivalentOf("<script").And.NotContain("\u0001").And.NotContain("\u202E").And.NotContain("\uFFFE");
        html.Should().Contain("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;\uFFFD\uFFFD\uFFFD");
        UnbalancedTag(html).Should().BeNull();
    }

    [Fact]
    public void Render_Always_RefersToNothingOutside()
    {
        string page = Full.Replace(" xmlns=\"http://www.w3.org/2000/svg\"", string.Empty, StringComparison.Ordinal);
        page.Should().NotContain("http:").And.NotContain("https:").And.NotContainEquivalentOf("<script").And.NotContain("<link").And.NotContain("<img").And.NotContain("src=").And.NotContain("@import").And.NotContain("javascript:");
        References().Matches(page).Select(m => m.Value).Should().OnlyContain(v => v.EndsWith('#'), "links and urls stay inside the page");
    }

    [Fact]
    public void Render_Always_HasUniqueIdsAndEveryReferenceHasItsTarget()
    {
        string[] ids = [.. Ids().Matches(Full).Select(m => m.Groups[1].Value)];
        ids.Should().OnlyHaveUniqueItems().And.Contain(i => i.StartsWith("roc-", StringComparison.Ordinal));
        Targets().Matches(Full).Select(m => m.Groups[1].Value).Should().NotBeEmpty().And.BeSubsetOf(ids);
    }

    [Fact]
    public void Render_Always_ClosesEveryTag() => UnbalancedTag(Full).Should().BeNull();

    [Fact]
    public void Render_Always_HasHeadingsInOrderAndTextForEveryPlot()
    {
        string[] headings = ["The answer", "Who comes first", "What holds it back", "How much is enough", "How good the predictions are", "What moves the predictions", "What was checked", "Has the world moved", "How it was made", "Limits"];
        Headings().Matches(Full).Select(m => m.Groups[1].Value).Should().Equal(headings);
        Regex.Count(Full, "<svg ").Should().Be(4).And.Be(Regex.Count(Full, "<svg class=\"plot\" role=\"img\" aria-label=\"[^\"]{20,}\""));
        Regex.Count(Full, "<table>").Should().Be(Regex.Count(Full, "<table><caption>[^<]+</caption><thead><tr><th scope=\"col\""));
    }

    [Fact]
    public void Render_Always_LetsThePageChooseThePlotColours()
    {
        string plots = string.Concat(Plots().Matches(Full).Select(m => m.Value));
        plots.Should().Contain("var(--ink)").And.Contain("var(--bar)").And.NotContain("rgb(");
    }

    [Fact]
    public void Render_WithAnExplanation_KeepsTheSameRules()
    {
        string page = DecisionReport.Render(SampleContent.Explained);

        Ids().Matches(page).Select(m => m.Groups[1].Value).Should().OnlyHaveUniqueItems().And.Contain(i => i.StartsWith("dependence-4-", StringComparison.Ordinal));
        Targets().Matches(page).Select(m => m.Groups[1].Value).Should().BeSubsetOf(Ids().Matches(page).Select(m => m.Groups[1].Value));
        UnbalancedTag(page).Should().BeNull();
        Regex.Count(page, "<svg ").Should().Be(9).And.Be(Regex.Count(page, "<svg class=\"plot\" role=\"img\" aria-label=\"[^\"]{20,}\""));
        page.Should().NotContain("rgb(").And.NotContain("NaN").And.NotContain("<ellipse");
        PageText.In("nl-NL", () => DecisionReport.Render(SampleContent.Explained)).Should().Be(page);
    }

    [Fact]
    public void Render_OfVeryMuch_StaysWellUnderOneMegabyte()
    {
        FeatureColumn[] columns = [.. Enumerable.Range(0, 600).Select(i => new FeatureColumn { Name = $"amount_sum_{i}d", Kind = ColumnKind.Number, Unit = "EUR", Lineage = $"sum of amount over {i} d of purchases" })];
        DecisionReportContent large = SampleContent.Full with
        {
            Decisions = SampleContent.Decisions(20_000),
            Evaluation = SampleContent.Evaluation(2000),
            Drift = SampleContent.Drift with { Columns = [.. columns.Select(c => SampleContent.Drift.Columns[0] with { Column = c.Name })] },
            Model = new TrainedModel("m", TargetKind.Probability, new FeatureSchema(columns), SampleContent.Full.Model!.Predictor, SampleContent.Full.Model.Calibrator),
        };
        Encoding.UTF8.GetByteCount(DecisionReport.Render(large)).Should().BeLessThan(400_000);
        Encoding.UTF8.GetByteCount(DecisionReport.Render(large with { Explanation = SampleContent.Explain(new FeatureSchema(columns), 400) })).Should().BeLessThan(700_000);
        Encoding.UTF8.GetByteCount(Full).Should().BeLessThan(100_000);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    public void Render_InAnyCulture_GivesEqualText(string culture) => PageText.In(culture, () => DecisionReport.Render(SampleContent.Full)).Should().Be(Full);

    [Fact]
    public void Render_OnManyThreads_GivesEqualText()
    {
        string[] pages = new string[8];
        Parallel.For(0, pages.Length, i => pages[i] = DecisionReport.Render(SampleContent.Full));
        pages.Should().OnlyContain(p => p == Full);
        Full.Should().NotContain("\r");
    }

    [Fact]
    public void Render_WithAnotherCurrency_NamesWhereItStands()
    {
        DecisionReportContent mixed = SampleContent.Full with { Alternatives = [PlanAlternative.Exact("do nothing", new Money(0, Currency.Usd))] };
        FluentActions.Invoking(() => DecisionReport.Render(mixed)).Should().Throw<ArgumentException>()
            .WithMessage("Every amount of a report must be in the currency of the KPI, EUR. Got USD in the alternative 'do nothing'. State all in one currency.*");
    }

    /// <summary>The first tag that is closed out of order, or never.</summary>
    private static string? UnbalancedTag(string html)
    {
        string[] voids = ["meta", "br"];
        Stack<string> open = new();
        foreach (Match tag in AnyTag().Matches(html))
        {
            string name = tag.Groups[2].Value;
            if (tag.Groups[1].Value == "/")
            {
                if (open.Count == 0 || open.Pop() != name)
                {
                    return tag.Value;
                }
            }
            else if (tag.Groups[3].Value != "/" && !voids.Contains(name))
            {
                open.Push(name);
            }
        }

        return open.Count == 0 ? null : open.Peek();
    }

    [GeneratedRegex("(?:href=\"|url\\()[^)\"]?")]
    private static partial Regex References();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("(?:href=\"|url\\()#([^)\"]+)")]
    private static partial Regex Targets();

    [GeneratedRegex("<h2[^>]*>([^<]*)</h2>")]
    private static partial Regex Headings();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Plots();

    [GeneratedRegex("<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\\s[^>]*?)?(/?)>")]
    private static partial Regex AnyTag();
}
