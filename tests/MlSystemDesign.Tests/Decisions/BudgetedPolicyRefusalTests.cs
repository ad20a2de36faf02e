using MlSystemDesign.Decisions;
using MlSystemDesign.Lifecycle;
using static MlSystemDesign.Tests.Decisions.DecisionCases;

namespace MlSystemDesign.Tests.Decisions;

public sealed class BudgetedPolicyRefusalTests
{
    [Fact]
    public async Task Decide_WithSeveralFaults_NamesThemAll()
    {
        FeatureTable table = new FeatureTableBuilder(["a", "b", "a"]).Number("spend", [1, 2, 3]).Category("plan", ["x", "y", "x"]).Build();
        Intervention call = Call(5, 0.2, 0.05, null, TimeSpan.FromDays(20), EligibilityRule.AtLeast("plan", 1));

        PlanException refusal = (await FluentActions.Awaiting(() => Decide(Context(Case(null, null, call), table, 0.1, 0.2, 0.3))).Should().ThrowAsync<PlanException>()).Which;

        refusal.Faults.Should().Equal(
            "Every candidate must have a cutoff, the instant that its prediction was made for. Got a table without time. Build it over ObservationSet.At(entities, cutoff).",
            "An entity must be a candidate once per run. Got 1 of them more than once, such as 'a'. Decide one cutoff at a time, or keep each entity's latest row.",
            "Candidates must have the column 'margin', which KPI 'margin kept' reads. Got spend, plan. Add it to the features.",
            "Column 'plan' must be a Number, for rule 'plan at least 1' of 'call'. Got a Category. Use another column or another rule.",
            "An intervention must reach its entity within the frame's lead time (14.00:00:00). Got 20.00:00:00 for 'call': it would come too late. Lengthen the frame's lead time, or drop the intervention.");
        refusal.Message.Should().StartWith("Decisions of case 'churn' has 5 faults");
    }

    [Fact]
    public async Task Decide_WithZeroLeadTimes_ActsAtTheCutoff()
    {
        DecisionSet set = await Decide(Context(Case(null, null, Call()), Table(300), 0.5) with { LeadTime = TimeSpan.Zero });

        set.Decisions[0].NotBefore.Should().Be(Cutoff);
        set.Decisions[0].NotAfter.Should().Be(Cutoff);
    }

    [Fact]
    public async Task Decide_WithAMinimum_LeavesTheRestAlone()
    {
        BudgetedPolicy policy = new(new BudgetedPolicyOptions { MinimumExpectedValue = Money.Eur(20) });

        DecisionSet set = await policy.DecideAsync(Context(Case(null, null, Call()), Table(300, 249), 0.5, 0.5));

        set.Decisions.Should().ContainSingle(); // 25, and 19.90
        set.NoAction.Should().Equal(new NoActionReason("expected value below the minimum of 20.00 EUR", 1));
    }

    [Fact]
    public async Task Decide_WithAMinimumInAnotherCurrency_IsRefused()
    {
        BudgetedPolicy policy = new(new BudgetedPolicyOptions { MinimumExpectedValue = new Money(20, Currency.Usd) });

        await FluentActions.Awaiting(() => policy.DecideAsync(Context(Case(null, null, Call()), Table(300), 0.5)).AsTask()).Should().ThrowAsync<PlanException>()
            .WithMessage("*must be in the currency of the KPI. Got USD and EUR.*");
    }

    [Fact]
    public async Task Decide_OfAnAmountBeyondExactness_IsRefused() =>
        await FluentActions.Awaiting(() => Decide(Context(Case(null, null, Call()), Table(1e13), 0.5))).Should().ThrowAsync<PlanException>().WithMessage("*at most 1e12*");

    [Fact]
    public async Task Decide_OfAFaultyCase_IsRefused() =>
        await FluentActions.Awaiting(() => Decide(Context(Case(null, null), Table(300), 0.5))).Should().ThrowAsync<PlanException>().WithMessage("*A prediction must trigger an action.*");

    [Theory]
    [InlineData(1.2)]
    [InlineData(-0.1)]
    public async Task Decide_OfNoProbability_IsRefused(double probability) =>
        await FluentActions.Awaiting(() => Decide(Context(Case(null, null, Call()), Table(300), probability))).Should().ThrowAsync<ArgumentException>().WithMessage("A probability must lie in [0, 1].*");

    [Fact]
    public async Task Decide_OfTooFewProbabilities_IsRefused() =>
        await FluentActions.Awaiting(() => Decide(Context(Case(null, null, Call()), Table(300, 200), 0.5))).Should().ThrowAsync<ArgumentException>()
            .WithMessage("Each candidate must have one probability. Got 2 candidates and 1 probabilities.*");

    [Fact]
    public async Task Decide_OfNobody_IsAnEmptySet()
    {
        DecisionSet set = await Decide(Context(Case(100, 3, Call()), Table()));

        set.Decisions.Should().BeEmpty();
        set.ExpectedValue.Value.Should().Be(Money.Eur(0));
        set.Candidates.Should().Be(0);
    }

    [Fact]
    public void Policy_WithANegativeMinimum_IsRefused() =>
        FluentActions.Invoking(() => new BudgetedPolicy(new BudgetedPolicyOptions { MinimumExpectedValue = Money.Eur(-1) })).Should().Throw<ArgumentException>().WithMessage("*must not be negative. Got -1.00 EUR.*");

    [Fact]
    public void Policy_SavedAndLoaded_IsTheSame()
    {
        string path = Path.Combine(Path.GetTempPath(), $"policy-{Environment.ProcessId}.mlsd");
        try
        {
            BudgetedPolicy policy = new(new BudgetedPolicyOptions { MinimumExpectedValue = new Money(12.5m, new Currency("KWD", 3)) });
            string hash = ArtifactFile.Save(path, policy);

            (IDecisionPolicy loaded, string loadedHash) = ArtifactFile.Load<IDecisionPolicy>(path);

            ((BudgetedPolicy)loaded).Options.Should().Be(policy.Options);
            loadedHash.Should().Be(hash);
            ArtifactFile.HashOf(new BudgetedPolicy()).Should().NotBe(hash);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"minimumExpectedValue":{"amount":-1,"currency":"EUR","minorDigits":2}}""")]
    [InlineData("""{"minimumExpectedValue":{"amount":1,"currency":"euro","minorDigits":2}}""")]
    public void Codec_OfAMalformedPayload_SaysCorrupted(string json) =>
        FluentActions.Invoking(() => new BudgetedPolicyCodec().Read(new Payload(System.Text.Encoding.UTF8.GetBytes(json)))).Should().Throw<ArtifactException>()
            .Which.Fault.Should().Be(ArtifactFault.Corrupted);

    private static Task<DecisionSet> Decide(DecisionContext context) => new BudgetedPolicy().DecideAsync(context).AsTask();

    private sealed class Payload(byte[] bytes) : IArtifactReader
    {
        public int Version => 1;

        ReadOnlyMemory<byte> IArtifactReader.Payload => bytes;

        public TPart ReadPart<TPart>(string name)
            where TPart : IArtifactPart => throw new NotSupportedException();
    }
}
