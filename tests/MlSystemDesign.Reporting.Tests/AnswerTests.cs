namespace MlSystemDesign.Reporting.Tests;

public class AnswerTests
{
    private static readonly string Full = PageText.Of(SampleContent.Full);

    [Fact]
    public void Render_WithDecisions_SaysWhoWithWhatAtWhatCostForHowMuch()
    {
        Full.Should().Contain("Contact 418 of 5,210 customers : 268 with voucher and 150 with phone call. It costs 2,497 EUR and is expected to keep 8,506 EUR on top of that cost, with 95 % confidence between 2,297 and 14,206 EUR.");
    }

    [Fact]
    public void Render_WithDecisions_SaysNotBeforeAndNotAfterPerAction()
    {
        Full.Should().Contain("voucher 268 1,072 EUR 3,999 EUR 3 Mar 2026 16 Mar 2026").And.Contain("phone call 150 1,425 EUR 4,508 EUR 4 Mar 2026 16 Mar 2026");
    }

    [Fact]
    public void Render_WithAlternatives_ComparesInMoneyAndNamesOverlappingIntervals()
    {
        Full.Should().Contain("Against “recency rule”: 4,586 EUR more; the intervals overlap, so the difference is not certain.");
        Full.Should().Contain("Against “contact at random”: 9,419 EUR more. ");
        Full.Should().Contain("Against “do nothing”: 8,506 EUR more.");
        Full.Should().Contain("contact at random 418 −913 EUR −2,480 to 655 EUR (95 %) −1,184 EUR");
    }

    [Fact]
    public void Render_WithoutThisPlanAmongAlternatives_AddsItFromTheDecisions()
    {
        string text = PageText.Of(SampleContent.Full with { Alternatives = [PlanAlternative.Exact("do nothing", Money.Eur(0))] });
        text.Should().Contain("this plan 418 8,506 EUR 2,297 to 14,206 EUR (95 %)").And.Contain("do nothing 0 EUR exact").And.NotContain("True value");
    }

    [Fact]
    public void Render_WithUnknownAlternative_ShowsTheReasonAndNoNumber()
    {
        string text = PageText.Of(SampleContent.Full with { Alternatives = [PlanAlternative.Unknown("recency rule", "no purchase was ever recorded")] });
        text.Should().Contain("recency rule unknown: no purchase was ever recorded").And.NotContain("Against “recency rule”");
    }

    [Fact]
    public void Render_WithIntervalBelowZero_WarnsOfALoss()
    {
        DecisionSet risky = SampleContent.Decisions(3) with { ExpectedValue = SampleContent.Estimate(12, -5, 29) };
        PageText.Of(SampleContent.Full with { Decisions = risky }).Should().Contain("The interval includes a loss").And.Contain("between −5.00 and 29.00 EUR");
        Full.Should().NotContain("The interval includes a loss");
    }

    [Fact]
    public void Render_WithNobodyToContact_SaysSoAndWhy()
    {
        string text = PageText.Of(SampleContent.Full with { Decisions = SampleContent.Decisions(0), Alternatives = [] });
        text.Should().Contain("Contact nobody : among 5,210 customers there is none for whom an action is expected to pay.").And.Contain("Left alone: 4,210 (not expected to pay)").And.NotContain("Who comes first");
    }

    [Fact]
    public void Render_WithEntityName_UsesItInSentences() =>
        PageText.Of(SampleContent.Full with { EntityName = "shops" }).Should().Contain("418 of 5,210 shops").And.NotContain("5,210 customers");

    [Fact]
    public void Render_WithManyDecisions_ShowsTwentyAndSaysOfHowMany()
    {
        Full.Should().Contain("The first 20 of 418 decisions").And.Contain("C-10000 phone call 4 Mar 2026 16 Mar 2026 78.0 % 320 EUR 9.50 EUR 41.20 EUR 12.36 to 70.04 EUR no purchase for 40 days; spends a third of last quarter; fee was raised in January");
        Full.Should().Contain("shop-12/4711").And.Contain("C-72461").And.NotContain("C-80380", "it is the 21st");
    }

    [Fact]
    public void Render_WithConstraintPrices_SaysThemInWords()
    {
        Full.Should().Contain("Budget : 2,497 EUR of 2,500 EUR used. One more EUR of budget returns 2.01 EUR , net of cost.");
        Full.Should().Contain("Capacity of phone call : 150 of 150 used. One more contact of capacity of phone call returns 11.87 EUR , net of cost.");
        Full.Should().Contain("Capacity : 418 of 500 used. It does not hold the plan back: more of it returns nothing.");
        Full.Should().Contain("no other list is expected to bring more than 3.41 EUR above this one");
    }
}
