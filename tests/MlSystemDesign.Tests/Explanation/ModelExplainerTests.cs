using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Explanation.Trees;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation;

public sealed class ModelExplainerTests
{
    [Fact]
    public void Explain_OfEveryRow_AddsUpToTheScoreThatTheModelGives()
    {
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(1, 6, 40, 30));
        Random random = new(1);
        FeatureTable table = RandomTrees.Table(6, [.. Enumerable.Range(0, 300).Select(_ => RandomTrees.Row(random, 6))]);
        ModelExplainer explainer = ModelExplainer.PathDependent(model);
        double[] scores = new double[300];
        model.Predictor.Score(table, scores);

        AttributionTable explained = explainer.Explain(table);

        explained.Scores.ToArray().Should().Equal(scores);
        for (int i = 0; i < 300; i++)
        {
            (explained.BaseValue + explained.Row(i).ToArray().Sum()).Should().BeApproximately(scores[i], explainer.AdditivityBound);
        }
    }

    [Fact]
    public void Explain_OfAKernelThatDoesNotAddUp_Throws()
    {
        ModelExplainer explainer = new(RandomTrees.Model(RandomTrees.Ensemble(1, 2)), new WrongKernel(), 1);

        Action act = () => explainer.Explain(RandomTrees.Table(2, [0, 0], [1, 1]));

        act.Should().Throw<ExplanationException>()
            .WithMessage("The base value and the attributions of a row must add up to its score within 1E-12. Got 1.000000001 for 1 in row 2. Use no reason from this call, and report the model.");
    }

    [Fact]
    public void PathDependent_WithoutCovers_NamesTheOtherWay()
    {
        Action act = () => ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(8, leaves: 20, trees: 9, cover: CoverKind.None)));

        act.Should().Throw<ExplanationException>().WithMessage("*Got trees without covers. Explain against a background table instead: ModelExplainer.Interventional.");
    }

    [Fact]
    public void PathDependent_WithASplitThatNoRowReached_Throws()
    {
        Tree tree = TreeSamplesWithCover(0);

        Action act = () => ModelExplainer.PathDependent(RandomTrees.Model(new TreeEnsemble(2, 1, [tree])));

        act.Should().Throw<ExplanationException>().WithMessage("Every split must have a cover above 0*tree 0.*ModelExplainer.Interventional.");
    }

    [Fact]
    public void PathDependent_NotesTheKindOfCover()
    {
        ModelExplainer explainer = ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(1, cover: CoverKind.Hessians)));

        AttributionTable explained = explainer.Explain(RandomTrees.Table(5, new double[5]));

        (explained.Cover, explained.Method).Should().Be((CoverKind.Hessians, AttributionMethod.PathDependent));
    }

    [Theory]
    [InlineData(CoverKind.Counts, AttributionMethod.PathDependent)]
    [InlineData(CoverKind.None, AttributionMethod.Interventional)]
    public void For_OfTrees_UsesWhatTheyRememberOfTheirRows(CoverKind cover, AttributionMethod expected)
    {
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(1, cover: cover));

        ModelExplainer.For(model, RandomTrees.Table(5, new double[5])).Method.Should().Be(expected);
    }

    [Fact]
    public void Interventional_WithoutBackground_SaysWhatToPass()
    {
        Action act = () => ModelExplainer.Interventional(RandomTrees.Model(RandomTrees.Ensemble(1)), RandomTrees.Table(5));

        act.Should().Throw<ArgumentException>().WithMessage("A background must have at least one row. Got none. Pass some hundred typical rows, such as a sample of the training set.*");
    }

    [Fact]
    public void Explain_OfATableWithoutAColumn_NamesIt()
    {
        Action act = () => ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(1))).Explain(RandomTrees.Table(4, new double[4]));

        act.Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'f4'.*");
    }

    [Fact]
    public void Explain_OfNoRows_GivesNone() =>
        ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(1))).Explain(RandomTrees.Table(5)).RowCount.Should().Be(0);

    [Fact]
    public void Explain_WhenCancelled_Stops()
    {
        Action act = () => ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(1))).Explain(RandomTrees.Table(5, new double[5]), new CancellationToken(true));

        act.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void ByGroup_AddsTheColumnsOfABusinessFeature()
    {
        AttributionTable columns = ModelExplainer.PathDependent(RandomTrees.Model(RandomTrees.Ensemble(1))).Explain(RandomTrees.Table(5, [1, 2, 3, 0, 0.5]));

        AttributionTable groups = columns.ByGroup();

        groups.Columns.Should().Equal("even", "odd");
        groups[0, 0].Should().Be(columns[0, 0] + columns[0, 2] + columns[0, 4]);
        groups[0, 1].Should().Be(columns[0, 1] + columns[0, 3]);
    }

    private static Tree TreeSamplesWithCover(double cover) => new()
    {
        Feature = [0, 1], Threshold = [0, 0], Kind = [NodeKind.None, NodeKind.None], Left = [~0, ~1], Right = [1, ~2], NodeCover = [4, cover],
        Categories = [null, null], LeafValue = [1, 2, 3], LeafCover = [4, 0, 0],
    };

    private sealed class WrongKernel : IAttributionKernel
    {
        public double BaseValue => 0.5;

        public double Scale => 1;

        public double Rounding => 0;

        public AttributionMethod Method => AttributionMethod.Interventional;

        public CoverKind Cover => CoverKind.None;

        public void Explain(FeatureTable table, int first, Span<double> scores, Span<double> values)
        {
            scores.Fill(1);
            values.Fill(0.25);
            values[3] += 1e-9;
        }
    }
}
