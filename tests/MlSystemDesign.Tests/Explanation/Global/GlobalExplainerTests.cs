using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Explanation.Trees;

namespace MlSystemDesign.Tests.Explanation.Global;

public sealed class GlobalExplainerTests
{
    private static readonly TrainedModel Model = RandomTrees.Model(RandomTrees.Ensemble(1, 6, 30, 20));
    private static readonly FeatureTable Rows = Draw();

    [Fact]
    public void Explain_OfATree_GivesTheMeansOfItsAttributions()
    {
        ModelExplainer explainer = ModelExplainer.PathDependent(Model);
        AttributionTable grouped = explainer.Explain(Rows).ByGroup();

        GlobalExplanation explanation = new GlobalExplainer(Model, explainer).Explain(Rows);

        for (int g = 0; g < 2; g++)
        {
            FeatureImportance feature = explanation.Features.Single(f => f.Feature == grouped.Columns[g]);
            int group = g;
            feature.MeanAbsolute.Value.Should().BeApproximately(Enumerable.Range(0, Rows.RowCount).Average(i => Math.Abs(grouped[i, group])), 1e-12);
            feature.Mean.Value.Should().BeApproximately(Enumerable.Range(0, Rows.RowCount).Average(i => grouped[i, group]), 1e-12);
        }

        explanation.BaseValue.Should().Be(explainer.BaseValue);
        explanation.NoInteractionsReason.Should().Be("interactions were not asked for: set InteractionRows");
    }

    [Fact]
    public void Explain_WithInteractions_GivesTheMeansOfBothHalves()
    {
        ModelExplainer explainer = ModelExplainer.PathDependent(Model);
        InteractionTable table = explainer.ExplainInteractions(Rows);
        double[] both = [.. Enumerable.Range(0, Rows.RowCount).Select(i => 2 * (from even in new[] { 0, 2, 4 } from odd in new[] { 1, 3, 5 } select table[i, even, odd]).Sum())];

        FeatureInteraction pair = new GlobalExplainer(Model, explainer, new GlobalExplainerOptions { InteractionRows = 1000 }).Explain(Rows).Interactions.Single();

        (pair.First, pair.Second).Should().Be(("even", "odd"));
        pair.MeanAbsolute.Value.Should().BeApproximately(both.Average(Math.Abs), 1e-12);
        pair.Mean.Value.Should().BeApproximately(both.Average(), 1e-12);
        pair.MeanAbsolute.Count.Should().Be(Rows.RowCount);
        pair.Mean.Interval!.Contains(both.Average()).Should().BeTrue();
    }

    [Fact]
    public void Explain_WithFewInteractionRows_TakesThatMany() =>
        new GlobalExplainer(Model, ModelExplainer.PathDependent(Model), new GlobalExplainerOptions { InteractionRows = 40 }).Explain(Rows).Interactions[0].Mean.Count.Should().Be(40);

    [Fact]
    public void Explain_WithAnInterventionalExplainer_SaysWhyThereAreNoInteractions() =>
        new GlobalExplainer(Model, ModelExplainer.Interventional(Model, Rows.SelectRows([0, 1, 2])), new GlobalExplainerOptions { InteractionRows = 40 })
            .Explain(Rows.SelectRows([4, 5])).NoInteractionsReason.Should().Be("interactions need a path-dependent explainer of boosted trees");

    [Fact]
    public void Explain_OnManyThreads_GivesTheSameBits()
    {
        GlobalExplainerOptions options = new() { InteractionRows = 50 };

        new GlobalExplainer(Model, ModelExplainer.PathDependent(Model, 8), options).Explain(Rows)
            .Should().BeEquivalentTo(new GlobalExplainer(Model, ModelExplainer.PathDependent(Model), options).Explain(Rows), o => o.WithStrictOrdering());
    }

    [Fact]
    public void Explain_TellsProgressAndObeysItsToken()
    {
        List<double> shares = [];
        using CancellationTokenSource stop = new();
        GlobalExplainer explainer = new(Model, ModelExplainer.PathDependent(Model), new GlobalExplainerOptions { InteractionRows = 9 });

        explainer.Explain(Rows, new Shares(shares.Add), stop.Token);
        stop.Cancel();
        Action act = () => explainer.Explain(Rows, cancellationToken: stop.Token);

        shares.Should().BeInAscendingOrder().And.EndWith(1);
        act.Should().Throw<OperationCanceledException>();
    }

    private static FeatureTable Draw()
    {
        Random random = new(7);
        return RandomTrees.Table(6, [.. Enumerable.Range(0, 300).Select(_ => RandomTrees.Row(random, 6))]);
    }

    private sealed class Shares(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
