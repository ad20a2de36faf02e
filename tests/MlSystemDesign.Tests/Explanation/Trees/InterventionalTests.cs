using CsCheck;
using MlSystemDesign.Explanation;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation.Trees;

public sealed class InterventionalTests
{
    [Fact]
    public void Explain_OfRandomTrees_EqualsTheSumOverAllSubsets() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        TreeEnsemble ensemble = RandomTrees.Ensemble(seed, leaves: 12, cover: CoverKind.None);
        Random random = new(seed);
        double[][] background = [.. Enumerable.Range(0, 1 + random.Next(7)).Select(_ => RandomTrees.Row(random, 5))];
        double[][] rows = [.. Enumerable.Range(0, 3).Select(_ => RandomTrees.Row(random, 5))];

        AttributionTable explained = Explainer(ensemble, background).Explain(RandomTrees.Table(5, rows));

        for (int i = 0; i < rows.Length; i++)
        {
            double[] game = SubsetShap.BackgroundGame(ensemble, rows[i], background), expected = SubsetShap.Values(game);
            explained.BaseValue.Should().BeApproximately(game[0], 1e-14);
            for (int c = 0; c < 5; c++)
            {
                explained[i, c].Should().BeApproximately(expected[c], 1e-13);
            }
        }
    }, iter: 200);

    [Fact]
    public void Explain_AgainstTheRowItself_GivesNothingToAnyFeature()
    {
        double[] row = RandomTrees.Row(new Random(2), 5);

        AttributionTable explained = Explainer(RandomTrees.Ensemble(2), row).Explain(RandomTrees.Table(5, row));

        explained.Row(0).ToArray().Should().OnlyContain(v => v == 0);
        explained.BaseValue.Should().BeApproximately(explained.Scores[0], 1e-14);
    }

    [Fact]
    public void Explain_OnManyThreads_GivesTheSameBits()
    {
        Random random = new(4);
        double[][] rows = [.. Enumerable.Range(0, 600).Select(_ => RandomTrees.Row(random, 8))];
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(4, 8, 10, 20));
        FeatureTable table = RandomTrees.Table(8, rows), background = RandomTrees.Table(8, rows[..50]);

        AttributionTable one = ModelExplainer.Interventional(model, background).Explain(table);
        AttributionTable four = ModelExplainer.Interventional(model, background, 4).Explain(table.SelectRows([.. Enumerable.Range(0, 600).Reverse()]));

        for (int i = 0; i < 600; i++)
        {
            four.Row(599 - i).ToArray().Should().Equal(one.Row(i).ToArray());
        }
    }

    private static ModelExplainer Explainer(TreeEnsemble ensemble, params double[][] background) =>
        ModelExplainer.Interventional(RandomTrees.Model(ensemble), RandomTrees.Table(ensemble.FeatureCount, background));
}
