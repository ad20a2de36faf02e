namespace MlSystemDesign.Abstractions.Tests.Business;

public class BusinessCaseTests
{
    private static readonly EffectEstimate Effect = new(0.2, 0.05, "pilot");

    private static readonly Intervention Call = new() { Name = "call", Cost = Money.Eur(9.5m), Effect = Effect };

    private static readonly BusinessCase Sound = new()
    {
        Name = "churn",
        Decision = "whom we call",
        Kpi = new Kpi("margin kept", OutcomeValue.Fixed(Money.Eur(120))),
        Interventions = [Call, new Intervention { Name = "voucher", Cost = Money.Eur(4), Effect = Effect, LeadTime = TimeSpan.FromDays(1), Capacity = 10 }],
        Budget = Money.Eur(100),
        Capacity = 20,
    };

    public static TheoryData<BusinessCase, string> Faults => new()
    {
        { Sound with { Name = " " }, "A business case must have a name. Got none. Set Name to what the team calls it." },
        { Sound with { Decision = "" }, "A business case must say which decision changes. Got none. Set Decision to a sentence." },
        {
            Sound with { Interventions = [] },
            "A prediction must trigger an action. Got no intervention. Add at least one Intervention, or do not build a model: a prediction that changes nothing is worth nothing."
        },
        { Sound with { Budget = Money.Eur(-1) }, "The budget must not be negative. Got -1.00 EUR. Set Budget to what one run may spend." },
        { Sound with { Capacity = -1 }, "The capacity must not be negative. Got -1. Set Capacity to how many entities one run can reach." },
        { Sound with { Budget = new Money(5, Currency.Usd) }, "The budget must be in the currency of the KPI. Got USD and EUR. State both in one currency." },
        { With(Call with { Name = "" }), "An intervention must have a name. Got none. Set Name." },
        { With(Call with { Cost = Money.Eur(-2) }), "The cost of 'call' must not be negative. Got -2.00 EUR. Set Cost to what one contact costs." },
        { With(Call with { Cost = new Money(2, Currency.Gbp) }), "The cost of 'call' must be in the currency of the KPI. Got GBP and EUR. State both in one currency." },
        { With(Call with { LeadTime = TimeSpan.FromHours(-1) }), "The lead time of 'call' must not be negative. Got -01:00:00. Set LeadTime." },
        { With(Call with { Capacity = -3 }), "The capacity of 'call' must not be negative. Got -3. Set Capacity." },
        { With(Call, Call, Call), "Interventions must have different names. Got 'call' 3 times. Rename them." },
    };

    public static TheoryData<BusinessCase> Idle => new(
        Sound with { Capacity = 0 },
        Sound with { Budget = Money.Eur(3.99m) },
        With(Call with { Capacity = 0 }),
        With(Call with { Effect = new EffectEstimate(0, 0.1, "no effect") }),
        With(Call with { Effect = new EffectEstimate(-0.3, 0.1, "harm") }));

    [Fact]
    public void Validate_OfASoundCase_ReturnsIt() => Sound.Validate().Should().BeSameAs(Sound);

    [Fact]
    public void Validate_WithoutLimits_IsSound() => (Sound with { Budget = null, Capacity = null }).Invoking(c => c.Validate()).Should().NotThrow();

    [Fact]
    public void Validate_WithJustEnoughForOneContact_IsSound() =>
        (With(Call with { Capacity = 1 }) with { Budget = Money.Eur(9.5m), Capacity = 1 }).Invoking(c => c.Validate()).Should().NotThrow();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Validate_OfOneFault_NamesIt(BusinessCase faulty, string fault)
    {
        foreach (string culture in (string[])["en-US", "sv-SE", "tr-TR"])
        {
            PlanException thrown = Cultures.In(culture, () => faulty.Invoking(c => c.Validate()).Should().Throw<PlanException>().Which);
            thrown.Faults.Should().Equal(fault);
            thrown.Message.Should().Be($"Business case '{faulty.Name}': {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Idle))]
    public void Validate_OfACaseInWhichNothingCanHappen_RefusesIt(BusinessCase idle) => idle.Invoking(c => c.Validate()).Should().Throw<PlanException>().Which.Faults.Should().Equal(
        "A prediction must trigger an action. Got interventions of which none can ever happen: no capacity, no budget for one contact, or no positive effect. Raise the capacity or the budget, or drop the case.");

    [Fact]
    public void Validate_OfSeveralFaults_NamesAllOfThem()
    {
        BusinessCase faulty = With(Call with { Capacity = -3 }, Call) with { Name = "", Budget = new Money(-5, Currency.Usd) };
        PlanException thrown = faulty.Invoking(c => c.Validate()).Should().Throw<PlanException>().Which;
        thrown.Faults.Should().HaveCount(5);
        thrown.Message.Should().StartWith("Business case '' has 5 faults: (1) A business case must have a name.").And.Contain("(2) The budget must not be negative. Got -5.00 USD.")
            .And.Contain("(3) The budget must be in the currency of the KPI.").And.Contain("(4) The capacity of 'call'").And.Contain("(5) Interventions must have different names. Got 'call' 2 times.");
    }

    private static BusinessCase With(params Intervention[] interventions) => Sound with { Interventions = interventions };
}
