using System.Globalization;
using CsCheck;
using MlSystemDesign.Decisions;
using static MlSystemDesign.Tests.Decisions.DecisionCases;

namespace MlSystemDesign.Tests.Decisions;

public sealed class BudgetedPolicyTests
{
    [Fact]
    public async Task Decide_OfOneCandidate_SaysWhoWhatWhenWhyAndHowMuch()
    {
        DecisionSet set = await Decide(Context(Case(100, null, Call(5, 0.2, 0.05, leadTime: TimeSpan.FromDays(2))), Table(310), 0.42));

        Decision decision = set.Decisions.Should().ContainSingle().Subject;
        decision.Entity.Should().Be(new EntityKey("c1"));
        decision.Intervention.Should().Be("call");
        decision.Cutoff.Should().Be(Cutoff);
        decision.NotBefore.Should().Be(Cutoff.AddDays(2));
        decision.NotAfter.Should().Be(Cutoff.AddDays(14));
        decision.ValueAtStake.Should().Be(Money.Eur(310));
        decision.Cost.Should().Be(Money.Eur(5));
        decision.Reasons.Should().Equal("call expected to bring 21.04 EUR net of 5.00 EUR", "probability 0.42 of the outcome", "310.00 EUR at stake");
        decision.ExpectedValue.Value.Should().Be(Money.Eur(21.04m)); // 0.42 x 0.2 x 310 - 5
        decision.ExpectedValue.Upper.Should().Be(Money.Eur(21.04m + 12.759366m)); // 1.959964 x 0.05 x 0.42 x 310
        set.ExpectedValue.Should().BeEquivalentTo(decision.ExpectedValue);
        set.Prices.Should().Equal(new ConstraintPrice("budget", 100, 5, Money.Eur(0)));
        set.OptimalityGap.Should().Be(Money.Eur(0));
    }

    [Fact]
    public async Task Decide_CountsWhyOthersGotNothing()
    {
        Intervention call = Call(5, 0.2, 0.05, 1, default, EligibilityRule.AtLeast("margin", 50));

        DecisionSet set = await Decide(Context(Case(null, null, call), Table(300, 200, 60, 40, double.NaN, 400), 0.5, 0.5, 0.1, 0.9, 0.9, double.NaN));

        set.Decisions.Select(d => d.Entity.ToString()).Should().Equal("c1");
        set.Candidates.Should().Be(6);
        set.NoAction.Should().Equal(
            new NoActionReason("capacity of call used up", 1),
            new NoActionReason("expected value not above zero", 1),
            new NoActionReason("not eligible: call needs margin at least 50", 1),
            new NoActionReason("probability unknown", 1),
            new NoActionReason("value unknown", 1));
        set.Prices.Should().ContainSingle().Which.Used.Should().Be(1);
    }

    [Fact]
    public async Task Decide_AtExactlyZero_TakesNoAction()
    {
        DecisionSet set = await Decide(Context(Case(null, null, Call(5, 0.25)), Table(40, 40.01), 0.5, 0.5));

        set.Decisions.Select(d => d.Entity.ToString()).Should().Equal("c2"); // 0.5 x 0.25 x 40 - 5 = 0
    }

    [Fact]
    public async Task Decide_ByBudget_ComparesInMinorUnitsExactly()
    {
        DecisionSet set = await Decide(Context(Case(0.30m, null, Call(0.10m)), Table(90, 90, 90, 90), 0.5, 0.5, 0.5, 0.5));

        set.Decisions.Should().HaveCount(3);
        set.Cost.Should().Be(Money.Eur(0.30m));
        set.NoAction.Should().Equal(new NoActionReason("budget used up", 1));
        set.Decisions.Select(d => d.Entity.ToString()).Should().Equal("c1", "c2", "c3"); // ties by key
        set.Prices[0].Price.Should().Be(Money.FromDouble(8.9 / 0.1, Currency.Eur)); // one more euro buys ten contacts of 8.90 each
    }

    [Fact]
    public async Task Decide_WithoutRoomForTheBest_SaysWhatItGaveUp()
    {
        DecisionSet set = await Decide(Context(Case(null, null, Action("mail", 1, 0.1), Call(5, 0.2, capacity: 1)), Table(300, 200), 0.5, 0.5));

        set.Decisions.Select(d => $"{d.Entity} {d.Intervention}").Should().Equal("c1 call", "c2 mail");
        set.Decisions[1].Reasons[3].Should().Be("call would bring 15.00 EUR, but is worth more elsewhere");
        set.Prices.Should().Equal(new ConstraintPrice("capacity of call", 1, 1, set.Prices[0].Price));
        set.Prices[0].Price.Amount.Should().BeInRange(6m, 11m); // the second call would bring 15 - 9 = 6; the first brings 25 - 14 = 11
    }

    [Fact]
    public async Task ExpectedValue_OfAList_AddsCommonErrorsBeforeSquaringThem()
    {
        // Two calls with p v = 50 and 100 (effect 0.2 +- 0.05), one mail with p v = 30 (0.1 +- 0.02); probabilities off by 10 %.
        BusinessCase @case = Case(null, null, Call(1, 0.2, 0.05, 2), Action("mail", 0.5m, 0.1, 0.02));
        DecisionContext context = Context(@case, Table(100, 200, 60), 0.5, 0.5, 0.5) with { CalibrationError = 0.1, Confidence = 0.9 };

        DecisionSet set = await Decide(context);

        double effects = Math.Pow(0.05 * 150, 2) + Math.Pow(0.02 * 30, 2), gross = (0.2 * 150) + (0.1 * 30);
        double half = 1.6448536269514722 * Math.Sqrt((1.01 * effects) + (0.01 * gross * gross)); // scipy.stats.norm.ppf(0.95)
        set.ExpectedValue.Value.Should().Be(Money.Eur(30.5m)); // 9 + 19 + 2.5
        ((double)(set.ExpectedValue.Upper - set.ExpectedValue.Value).Amount).Should().BeApproximately(half, 1e-5);
        set.ExpectedValue.Method.Should().Contain("effects' standard errors").And.Contain("error of the probabilities").And.NotContain("unknown");
    }

    [Fact]
    public async Task ExpectedValue_Interval95_HoldsTheTruthInAbout95OfHundredDraws()
    {
        Random random = new(7);
        double[] margins = [.. Enumerable.Range(0, 100).Select(_ => 50 + (100 * random.NextDouble()))], truths = [.. margins.Select(_ => 0.2 + (0.4 * random.NextDouble()))];
        int held = 0;
        for (int r = 0; r < 400; r++)
        {
            double call = 0.3 + (0.04 * Gaussian(random)), mail = 0.15 + (0.03 * Gaussian(random)), off = 1 + (0.08 * Gaussian(random));
            BusinessCase @case = Case(null, 60, Call(2, call, 0.04, 30), Action("mail", 0.5m, mail, 0.03));
            DecisionSet set = await Decide(Context(@case, Table(margins), [.. truths.Select(p => p * off)]) with { CalibrationError = 0.08 });
            double truth = set.Decisions.Sum(d =>
            {
                int row = int.Parse(d.Entity.ToString()[1..], CultureInfo.InvariantCulture) - 1;
                return (truths[row] * margins[row] * (d.Intervention == "call" ? 0.3 : 0.15)) - (double)d.Cost.Amount;
            });
            held += set.ExpectedValue.Contains(Money.FromDouble(truth, Currency.Eur)) ? 1 : 0;
        }

        (held / 400.0).Should().BeInRange(0.92, 0.98);
    }

    [Fact]
    public void Decide_OfCandidatesInAnyOrder_DecidesTheSame() => Gen.Select(Candidates, Gen.Int).Sample((rows, seed) =>
    {
        (int, double, double)[] shuffled = [.. rows];
        new Random(seed).Shuffle(shuffled);

        Text(Decide(ContextOf(shuffled, 20)).Result).Should().Be(Text(Decide(ContextOf(rows, 20)).Result));
    });

    [Fact]
    public void Decide_WithMoreBudget_NeverExpectsLess() => Candidates.Sample(rows =>
    {
        Money last = Money.Eur(0);
        foreach (decimal budget in new[] { 5m, 7.25m, 9, 10, 11.4m, 15, 20, 40, 80 })
        {
            DecisionSet set = Decide(ContextOf(rows, budget)).Result;
            set.ExpectedValue.Value.Should().BeGreaterThanOrEqualTo(last);
            set.Cost.Fits(Money.Eur(budget)).Should().BeTrue();
            last = set.ExpectedValue.Value;
        }
    });

    [Fact]
    public void Decide_WithAllMoneyTimesTen_ExpectsTenTimesAsMuch() => Candidates.Sample(rows =>
    {
        DecisionSet one = Decide(ContextOf(rows, 20)).Result, ten = Decide(ContextOf(rows, 20, 10)).Result;

        ((double)ten.ExpectedValue.Value.Amount).Should().BeApproximately(10 * (double)one.ExpectedValue.Value.Amount, 1e-4);
        ((double)ten.ExpectedValue.Upper.Amount).Should().BeApproximately(10 * (double)one.ExpectedValue.Upper.Amount, 1e-4);
    });

    private static readonly Gen<(int Key, double Margin, double P)[]> Candidates =
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 10], (m, p) => (m * 25.0, p / 10.0)).Array[1, 30].Select(rows => rows.Select((r, i) => (i, r.Item1, r.Item2)).ToArray());

    private static Task<DecisionSet> Decide(DecisionContext context) => new BudgetedPolicy().DecideAsync(context).AsTask();

    private static DecisionContext ContextOf((int Key, double Margin, double P)[] rows, decimal budget, int scale = 1) => Context(
        Case(budget * scale, 12, Action("mail", 0.75m * scale, 0.1), Call(5 * scale, 0.25, 0.05, 4), Action("note", 0, 0.02, 0.01, 2)),
        Table([.. rows.Select(r => (EntityKey)(long)r.Key)], [.. rows.Select(r => r.Margin * scale)]),
        [.. rows.Select(r => r.P)]);

    private static string Text(DecisionSet set) => string.Join(
        '\n',
        [
            .. set.Decisions.Select(d => $"{d.Entity} {d.Intervention} {d.Probability:R} {d.ExpectedValue.Lower.Amount} {d.ExpectedValue.Upper.Amount} {string.Join('|', d.Reasons)}"),
            .. set.NoAction.Select(n => n.ToString()),
            .. set.Prices.Select(p => p.ToString()),
            $"{set.ExpectedValue.Lower.Amount} {set.ExpectedValue.Upper.Amount} {set.OptimalityGap.Amount} {set.Cost.Amount}",
        ]);

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
