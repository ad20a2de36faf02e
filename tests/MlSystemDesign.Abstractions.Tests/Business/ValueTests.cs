namespace MlSystemDesign.Abstractions.Tests.Business;

public class ValueTests
{
    private static readonly FeatureTable Table = new FeatureTableBuilder(["a", "b", "c", "d"])
        .Number("fee", [10, double.NaN, -3, 0.1]).Category("plan", ["basic", null, "family", "basic"]).Build();

    [Fact]
    public void FromExperiment_AgreesWithAHandCalculation()
    {
        // 150 of 1000 treated and 200 of 1000 control: ratio 0.75; Katz: var log = 0.85/150 + 0.8/200; computed with Python's math.sqrt.
        EffectEstimate effect = EffectEstimate.FromExperiment(150, 1000, 200, 1000, "pilot");
        effect.RelativeReduction.Should().BeApproximately(0.25, 1e-15);
        effect.StandardError.Should().BeApproximately(0.07373940601876314, 1e-15);
        effect.Source.Should().Be("pilot");
        EffectEstimate.FromExperiment(220, 1000, 200, 1000, "harm").RelativeReduction.Should().BeApproximately(-0.1, 1e-15);
    }

    [Theory]
    [InlineData(0, 10, 5, 10)]
    [InlineData(5, 10, 0, 10)]
    [InlineData(11, 10, 5, 10)]
    [InlineData(5, 10, 11, 10)]
    public void FromExperiment_OfAnEmptyOrImpossibleArm_Refuses(int treatedOutcomes, int treated, int controlOutcomes, int control) =>
        FluentActions.Invoking(() => EffectEstimate.FromExperiment(treatedOutcomes, treated, controlOutcomes, control, "x")).Should().Throw<ArgumentException>()
            .WithMessage($"Both arms must have at least one outcome and no more outcomes than entities. Got {treatedOutcomes} of {treated} treated and {controlOutcomes} of {control} control. Run the experiment longer.");

    [Theory]
    [InlineData(1.01, "1.01")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void New_OfAnImpossibleEffect_Refuses(double reduction, string shown) => Cultures.In("nl-NL", () => FluentActions.Invoking(() => new EffectEstimate(reduction, 0.1, "x")).Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage($"The relative reduction must be a finite number of at most 1. Got {shown}. Pass the share of outcomes that the intervention prevents.*"));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void New_OfAnImpossibleStandardError_Refuses(double error) => FluentActions.Invoking(() => new EffectEstimate(0.1, error, "x")).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The standard error must be finite and not negative. Got *");

    [Fact]
    public void New_WithoutASource_Refuses() => FluentActions.Invoking(() => new EffectEstimate(0.1, 0.1, " ")).Should().Throw<ArgumentException>();

    [Fact]
    public void Amounts_PerRow_MultiplyAndKeepMissing()
    {
        MoneyColumn amounts = OutcomeValue.PerRow("fee", 6.5, Currency.Usd).Amounts(Table);
        amounts.Amounts.ToArray().Should().Equal(65, double.NaN, 0, 0.1 * 6.5);
        amounts.Currency.Should().Be(Currency.Usd);
        amounts.Count.Should().Be(4);
    }

    [Fact]
    public void Amounts_Fixed_AreTheSameInEveryRow() => OutcomeValue.Fixed(Money.Eur(120)).Amounts(Table).Amounts.ToArray().Should().Equal(120, 120, 120, 120);

    [Fact]
    public void Amounts_OfAnUnknownOrCategoryColumn_Refuse()
    {
        FluentActions.Invoking(() => OutcomeValue.PerRow("rent", 1, Currency.Eur).Amounts(Table)).Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'rent'. Use one of: fee, plan.*");
        FluentActions.Invoking(() => OutcomeValue.PerRow("plan", 1, Currency.Eur).Amounts(Table)).Should().Throw<ArgumentException>().WithMessage("The column must hold numbers. Got 'plan', which holds categories.*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void PerRow_OfAFactorWithoutMeaning_Refuses(double factor) => FluentActions.Invoking(() => OutcomeValue.PerRow("fee", factor, Currency.Eur)).Should().Throw<ArgumentOutOfRangeException>()
        .WithMessage("The factor of an outcome value must be finite and above zero. Got *. Pass margin share times periods.*");

    [Fact]
    public void Fixed_OfANegativeAmount_Refuses() => FluentActions.Invoking(() => OutcomeValue.Fixed(Money.Eur(-1))).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void KpiHash_IsPinned(string culture)
    {
        // Python: hashlib.sha256("kpi/1\nmargin kept\n<value>".encode()).hexdigest()[:16]
        Cultures.In(culture, () => new Kpi("margin kept", OutcomeValue.PerRow("monthly_fee", 6.5, Currency.Eur)).Hash).Should().Be("84fd3ce81d038e96");
        Cultures.In(culture, () => new Kpi("margin kept", OutcomeValue.Fixed(Money.Eur(120))).Hash).Should().Be("702e7d5a0f9e87d3");
        Cultures.In(culture, () => new Kpi("margin kept", OutcomeValue.Fixed(Money.Eur(0.0025m))).Hash).Should().Be("65a7a4b32cff5524");
    }

    [Fact]
    public void KpiHash_OfAnotherDefinition_Differs()
    {
        Kpi[] kpis =
        [
            new("a", OutcomeValue.Fixed(Money.Eur(1))), new("b", OutcomeValue.Fixed(Money.Eur(1))), new("a", OutcomeValue.Fixed(Money.Eur(2))), new("a", OutcomeValue.Fixed(new Money(1, Currency.Usd))),
            new("a", OutcomeValue.Fixed(Money.Eur(1.001m))), new("a", OutcomeValue.PerRow("fee", 1, Currency.Eur)), new("a", OutcomeValue.PerRow("fee", 1.5, Currency.Eur)), new("a", OutcomeValue.PerRow("fees", 1, Currency.Eur)),
        ];
        kpis.Select(k => k.Hash).Should().OnlyHaveUniqueItems();
        new Kpi("a", OutcomeValue.Fixed(Money.Eur(1.00m))).Hash.Should().Be(kpis[0].Hash, "equal amounts are equal, however many zeros they carry");
    }

    [Fact]
    public void Passes_OfNumberRules_IncludesTheLimitAndNeverMissing()
    {
        Rows(EligibilityRule.AtLeast("fee", 0.1)).Should().Equal(true, false, false, true);
        Rows(EligibilityRule.AtMost("fee", 0.1)).Should().Equal(false, false, true, true);
    }

    [Fact]
    public void Passes_OfCategoryRules_LetsMissingPassOnlyIsNot()
    {
        Rows(EligibilityRule.Is("plan", "basic")).Should().Equal(true, false, false, true);
        Rows(EligibilityRule.IsNot("plan", "basic")).Should().Equal(false, true, true, false);
        Rows(EligibilityRule.Is("plan", "BASIC")).Should().NotContain(true);
    }

    [Fact]
    public void Passes_OnAnUnknownColumn_NamesTheOthers() => FluentActions.Invoking(() => EligibilityRule.Is("city", "x").Passes(Table, 0)).Should().Throw<ArgumentException>()
        .WithMessage("The column must be one of the table. Got 'city'. Use one of: fee, plan.*");

    [Fact]
    public void ToString_OfARule_ReadsLikeASentence() => Cultures.In("nl-NL", () => new[]
    {
        EligibilityRule.AtLeast("fee", 2.5).ToString(), EligibilityRule.AtMost("fee", 2.5).ToString(), EligibilityRule.Is("plan", "basic").ToString(), EligibilityRule.IsNot("plan", "basic").ToString(),
    }).Should().Equal("fee at least 2.5", "fee at most 2.5", "plan is basic", "plan is not basic");

    private static bool[] Rows(EligibilityRule rule) => [.. Enumerable.Range(0, Table.RowCount).Select(r => rule.Passes(Table, r))];
}
