using MlSystemDesign.Decisions;
using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Decisions;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Explanation;

public sealed class DecisionReasonsTests
{
    [Fact]
    public async Task WithModelReasons_OfARun_AddsWhatMovedEachPredictionInMoney()
    {
        (DecisionSet decisions, FeatureTable candidates, TrainedModel model) = await Run();
        ModelExplainer explainer = ModelExplainer.Interventional(model, candidates);

        DecisionSet explained = decisions.WithModelReasons(candidates, explainer, new ReasonWriter(model, most: 1));

        explained.Decisions.Should().HaveCountGreaterThan(3);
        AttributionTable all = explainer.Explain(candidates);
        for (int i = 0; i < explained.Decisions.Count; i++)
        {
            Decision decision = explained.Decisions[i];
            decision.Reasons.SkipLast(2).Should().Equal(decisions.Decisions[i].Reasons, "the policy's own stand first");
            int row = candidates.Observations.Entities.IndexOf(decision.Entity);
            double score = all.Scores[row], change = model.Calibrator.Calibrate(score) - model.Calibrator.Calibrate(score - all[row, 0]);
            Money expected = Money.FromDouble(change * 0.2 * (double)decision.ValueAtStake.Amount, Currency.Eur); // a call prevents 20 %
            decision.Reasons[^2].Should().Contain("margin is").And.EndWith($"{(change < 0 ? string.Empty : "+")}{expected} expected)");
            double lowest = 5 / (0.2 * (double)decision.ValueAtStake.Amount); // where a call of 5 EUR pays for itself
            decision.Reasons[^1].Should().Be(
                FormattableString.Invariant($"{decision.ExpectedValue.Value} above the cut of 0.00 EUR; still chosen if the probability were {Percent(lowest)}"));
        }

        (explained with { Decisions = decisions.Decisions }).Should().Be(decisions, "nothing else changes");
    }

    [Fact]
    public async Task WithModelReasons_OfCandidatesOfAnotherRun_NamesTheOneThatIsMissing()
    {
        (DecisionSet decisions, FeatureTable candidates, TrainedModel model) = await Run();
        FeatureTable others = candidates.SelectRows([0]);

        Action act = () => decisions.WithModelReasons(others, ModelExplainer.Interventional(model, candidates), new ReasonWriter(model));

        act.Should().Throw<ArgumentException>().WithMessage("Every decision must be for one of the candidates. Got one for '*' at 2025-03-01T00:00:00.0000000+00:00. Pass the candidates of the same run.*");
    }

    [Theory]
    [InlineData(1e-40)] // no decimal is as small
    [InlineData(double.Epsilon)]
    public async Task WithModelReasons_OfATinyProbability_DoesNotDivideByZero(double probability)
    {
        (DecisionSet decisions, FeatureTable candidates, TrainedModel model) = await Run();
        DecisionSet tiny = decisions with { Decisions = [.. decisions.Decisions.Select(d => d with { Probability = probability })] };

        DecisionSet explained = tiny.WithModelReasons(candidates, ModelExplainer.Interventional(model, candidates), new ReasonWriter(model, most: 1));

        explained.Decisions.Should().OnlyContain(d => d.Reasons.Any(r => r.Contains("margin is")));
    }

    private static string Percent(double share) => (share * 100).ToString(share >= 0.1 ? "0" : "0.#", System.Globalization.CultureInfo.InvariantCulture) + " %";

    // Forty customers, likelier to leave the larger their margin; the policy calls those for whom it pays.
    private static async Task<(DecisionSet Decisions, FeatureTable Candidates, TrainedModel Model)> Run()
    {
        double[] margins = [.. Enumerable.Range(0, 40).Select(i => 10.0 + (i * 5))], draws = TrainingSamples.Uniform(40, 3);
        FeatureTable candidates = DecisionCases.Table(margins);
        TrainingSet training = new(candidates, [.. draws.Select((u, i) => u < (i + 5) / 50.0 ? 1.0 : 0.0)]);
        TrainedModel model = (await new LogisticTrainer().TrainAsync(training, TrainingSamples.Context())).Model;
        DecisionContext context = DecisionCases.Context(DecisionCases.Case(interventions: DecisionCases.Call()), candidates, model.Predict(candidates));
        return (await new BudgetedPolicy().DecideAsync(context), candidates, model);
    }
}
