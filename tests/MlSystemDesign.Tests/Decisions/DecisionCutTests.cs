using MlSystemDesign.Decisions;

namespace MlSystemDesign.Tests.Decisions;

/// <summary>The cut is where the decision turns: a little above it the action is still chosen, a little below it is not.</summary>
public sealed class DecisionCutTests
{
    [Theory]
    [InlineData(1, null)]
    [InlineData(2, 6)] // a capacity
    [InlineData(3, 3)]
    public async Task Decide_WithTheProbabilityMovedAcrossTheCut_TurnsThere(int seed, int? capacity)
    {
        BusinessCase @case = DecisionCases.Case(
            capacity: capacity, interventions: [DecisionCases.Action("call", 12, 0.3), DecisionCases.Action("letter", 2, 0.1)]);
        (FeatureTable candidates, double[] probabilities) = Draw(seed);
        DecisionSet decisions = await new BudgetedPolicy().DecideAsync(DecisionCases.Context(@case, candidates, probabilities));
        decisions.Decisions.Should().NotBeEmpty();

        foreach (Decision decision in decisions.Decisions)
        {
            DecisionCut cut = decision.Cut!;
            cut.ExpectedValue.Should().BeLessThanOrEqualTo(decision.ExpectedValue.Value);
            int row = candidates.Observations.Entities.IndexOf(decision.Entity);
            (await Choice(@case, candidates, probabilities, row, cut.Probability * 1.0001)).Should().Be(decision.Intervention);
            (await Choice(@case, candidates, probabilities, row, cut.Probability * 0.9999)).Should().NotBe(decision.Intervention);
        }
    }

    [Fact]
    public async Task Decide_WithAMinimum_DrawsTheCutThere()
    {
        BusinessCase @case = DecisionCases.Case(interventions: DecisionCases.Call());
        DecisionSet decisions = await new BudgetedPolicy(new BudgetedPolicyOptions { MinimumExpectedValue = Money.Eur(3) })
            .DecideAsync(DecisionCases.Context(@case, DecisionCases.Table(200, 100), 0.5, 0.5));

        DecisionCut cut = decisions.Decisions[0].Cut!;
        cut.ExpectedValue.Should().Be(Money.Eur(3), "the minimum itself, to the last digit");
        cut.Probability.Should().BeApproximately((3 + 5) / (0.2 * 200), 1e-6);
    }

    [Fact]
    public async Task Decide_WithABudget_PutsEveryCutBelowWhatIsExpectedOrWithinTheGap()
    {
        (FeatureTable candidates, double[] probabilities) = Draw(5);
        BusinessCase @case = DecisionCases.Case(budget: 60, interventions: [DecisionCases.Action("call", 12, 0.3), DecisionCases.Action("letter", 2, 0.1)]);

        DecisionSet decisions = await new BudgetedPolicy().DecideAsync(DecisionCases.Context(@case, candidates, probabilities));

        Money price = decisions.Prices.Single(p => p.Constraint == "budget").Price;
        price.Amount.Should().BePositive();
        foreach (Decision decision in decisions.Decisions)
        {
            decision.Cut!.ExpectedValue.Should().BeLessThanOrEqualTo(decision.ExpectedValue.Value);
            decision.Cut.Probability.Should().BeInRange(0, decision.Probability);
            decision.Cut.ExpectedValue.Amount.Should().BeGreaterThanOrEqualTo(Math.Min(price.Amount * decision.Cost.Amount, decision.ExpectedValue.Value.Amount) - 0.01m, "the money would bring that elsewhere");
        }
    }

    [Fact]
    public async Task Decide_WithABudget_NeverPutsACutTooLowAndSeldomFarTooHigh()
    {
        BusinessCase @case = DecisionCases.Case(budget: 60, interventions: [DecisionCases.Action("call", 12, 0.3), DecisionCases.Action("letter", 2, 0.1)]);
        for (int seed = 1; seed <= 4; seed++)
        {
            (FeatureTable candidates, double[] probabilities) = Draw(seed);
            DecisionSet decisions = await new BudgetedPolicy().DecideAsync(DecisionCases.Context(@case, candidates, probabilities));
            foreach (Decision decision in decisions.Decisions)
            {
                int row = candidates.Observations.Entities.IndexOf(decision.Entity);
                double stated = decision.Cut!.Probability;
                (await Choice(@case, candidates, probabilities, row, stated * 1.0001)).Should().Be(decision.Intervention, "what the sentence says must hold");

                // The true cut, by deciding again: what is freed may buy nothing, so the action may be kept further down, but its share is worth no more than one contact.
                double low = 0, high = stated * 1.0001;
                for (int step = 0; step < 25; step++)
                {
                    double middle = (low + high) / 2;
                    (low, high) = await Choice(@case, candidates, probabilities, row, middle) == decision.Intervention ? (low, middle) : (middle, high);
                }

                double gross = (double)(decision.ExpectedValue.Value + decision.Cost).Amount / decision.Probability;
                ((stated - high) * gross).Should().BeInRange(-0.01, (double)decisions.Decisions.Max(d => d.ExpectedValue.Value.Amount));
            }
        }
    }

    private static (FeatureTable Candidates, double[] Probabilities) Draw(int seed)
    {
        Random random = new(seed);
        return (DecisionCases.Table([.. Enumerable.Range(0, 30).Select(_ => 20 + (200 * random.NextDouble()))]), [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() * 0.8)]);
    }

    private static async Task<string?> Choice(BusinessCase @case, FeatureTable candidates, double[] probabilities, int row, double probability)
    {
        double[] moved = [.. probabilities];
        moved[row] = probability;
        DecisionSet decisions = await new BudgetedPolicy().DecideAsync(DecisionCases.Context(@case, candidates, moved));
        return decisions.Decisions.FirstOrDefault(d => d.Entity == candidates.Observations.Entities[row])?.Intervention;
    }
}
