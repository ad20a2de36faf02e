using MlSystemDesign.Decisions;

namespace MlSystemDesign.Tests.Decisions;

public sealed class PlanValueTests
{
    private static readonly BusinessCase Case = new()
    {
        Name = "case",
        Decision = "whom",
        Kpi = new Kpi("kept", OutcomeValue.PerRow("fee", 1, Currency.Eur)),
        Interventions =
        [
            new Intervention { Name = "call", Cost = Money.Eur(10), Effect = new EffectEstimate(0.4, 0.1, "test") },
            new Intervention { Name = "letter", Cost = Money.Eur(1), Effect = new EffectEstimate(0.1, 0.05, "test") },
        ],
    };

    private static readonly DecisionContext Context = new()
    {
        Case = Case,
        Candidates = new FeatureTableBuilder(ObservationSet.At(["a", "b", "c"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))).Number("fee", [100, 200, double.NaN]).Build(),
        Probabilities = new[] { 0.5, 0.25, 0.9 },
        LeadTime = TimeSpan.FromDays(7),
    };

    [Fact]
    public void Of_AHandMadePlan_IsProbabilityTimesEffectTimesValueLessCost()
    {
        MoneyEstimate value = PlanValue.Of(Context, [new(0, "call"), new(1, "letter"), new(2, "letter")]);

        value.Value.Should().Be(Money.Eur((0.5m * 0.4m * 100) - 10 + (0.25m * 0.1m * 200) - 1 - 1));
        double half = 1.959963984540054 * Math.Sqrt(Math.Pow(0.1 * 50, 2) + Math.Pow(0.05 * 50, 2));
        ((double)(value.Upper.Amount - value.Value.Amount)).Should().BeApproximately(half, 1e-5);
    }

    [Fact]
    public async Task Of_ThePolicysOwnPlan_IsWhatThePolicySays()
    {
        DecisionSet decided = await new BudgetedPolicy().DecideAsync(Context);

        MoneyEstimate value = PlanValue.Of(Context, [.. decided.Decisions.Select(d => new PlannedContact(d.Entity == "a" ? 0 : 1, d.Intervention))]);

        value.Value.Rounded().Should().Be(decided.ExpectedValue.Value.Rounded());
        value.Lower.Rounded().Should().Be(decided.ExpectedValue.Lower.Rounded());
    }

    [Fact]
    public void Of_SharesOfContacts_AddUpLinearly() =>
        PlanValue.Of(Context, [new(0, "call", 0.5), new(1, "call", 0.5)]).Value.Should().Be(Money.Eur((0.5m * ((0.5m * 0.4m * 100) - 10)) + (0.5m * ((0.25m * 0.4m * 200) - 10))));

    [Theory]
    [InlineData(3, "call", 1)]
    [InlineData(0, "gift", 1)]
    [InlineData(0, "call", 1.5)]
    public void Of_AContactThatCannotBe_SaysWhatCame(int row, string intervention, double share)
    {
        Action value = () => PlanValue.Of(Context, [new(row, intervention, share)]);

        value.Should().Throw<ArgumentException>().WithMessage($"A planned contact must name one of 3 rows and one of: call, letter, with a share in [[]0, 1]. Got row {row}, '{intervention}', *".Replace("[[]", "[", StringComparison.Ordinal));
    }
}
