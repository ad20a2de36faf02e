using System.Globalization;
using CsCheck;
using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Trees;

public class LightGbmModelTextTests
{
    // A tree of three leaves in LightGBM's own notation: node 0 is numeric with NaN left, node 1 categorical over {1, 33}.
    internal const string Text = """
        tree
        version=v4
        num_class=1
        num_tree_per_iteration=1
        label_index=0
        max_feature_idx=1
        objective=binary sigmoid:1
        feature_names=a b
        feature_infos=[0:9] 0:1:33
        tree_sizes=400

        Tree=0
        num_leaves=3
        num_cat=1
        split_feature=0 1
        split_gain=1 1
        threshold=inf 0
        decision_type=8 1
        left_child=1 -1
        right_child=-3 -2
        leaf_value=0.10000000000000001 -0.20000000000000001 0.29999999999999999
        leaf_weight=1 1 1
        leaf_count=25 35 40
        internal_value=0 0
        internal_weight=0 0
        internal_count=100 60
        cat_boundaries=0 2
        cat_threshold=2 2
        is_linear=0
        shrinkage=0.1


        end of trees

        feature_importances:
        a=1
        b=1
        """;

    private static readonly string RealText = Real();

    [Theory]
    [InlineData(1e308, 33, 0.1)]
    [InlineData(0, 2, -0.2)]
    [InlineData(double.NaN, 1, 0.3)]
    public void Read_OfATreeWithAnInfiniteThreshold_ScoresByItsMissingDirection(double first, double second, double expected) =>
        LightGbmModelText.Read(Text).Margin([first, second]).Should().Be(expected);

    [Fact]
    public void Read_KeepsTheRowCountsForExplanation()
    {
        Tree tree = LightGbmModelText.Read(Text).Trees[0];

        tree.NodeCover.Should().Equal(100, 60);
        tree.LeafCover.Should().Equal(25, 35, 40);
    }

    [BoosterFact]
    public void Read_OfARealModel_CountsEveryTrainingRowOnce()
    {
        foreach (Tree tree in LightGbmModelText.Read(RealText).Trees)
        {
            tree.LeafCover.Sum().Should().Be(2000);
            tree.NodeCover[0].Should().Be(2000);
        }
    }

    [Theory]
    [InlineData("is_linear=0", "is_linear=1", "Only binary and regression models of plain trees can be scored. Got linear trees. Train with linear_tree=false.")]
    [InlineData("num_class=1", "num_class=3", "Only binary and regression models of plain trees can be scored. Got a model of several classes. Train with one class.")]
    [InlineData("objective=binary sigmoid:1", "objective=regression sqrt", "Only binary and regression models of plain trees can be scored. Got objective 'regression sqrt'. Train with objective=binary or regression.")]
    [InlineData("label_index=0", "average_output", "Only binary and regression models of plain trees can be scored. Got an averaged model (random forest). Train with boosting=gbdt.")]
    [InlineData("version=v4", "version=v5", "A LightGBM model text must be of version v3 or v4. Got 'v5'.*")]
    [InlineData("feature_names=a b", "feature_names=a", "'feature_names' of a LightGBM model text must hold one name per feature, 2. Got 1.*")]
    [InlineData("end of trees", "", "A LightGBM model text must close its trees with 'end of trees'. Got '' after 1 trees.*")]
    [InlineData("left_child=1 -1", "left_child=1", "'left_child' of Tree=0 of a LightGBM model text must hold 2 values. Got 1.*")]
    [InlineData("threshold=inf 0", "threshold=inf 7", "A categorical split of a LightGBM model must name a category set of its tree. Got set 7.*")]
    [InlineData("cat_boundaries=0 2", "cat_boundaries=0 3", "A categorical split of a LightGBM model must name a category set of its tree. Got set 0.*")]
    [InlineData("leaf_value=0.1", "leaf_value=x0.1", "'leaf_value' of a LightGBM model text must hold numbers. Got 'x0.1*")]
    [InlineData("leaf_count=25 35 40\n", "", "A LightGBM model text must have 'leaf_count' in Tree=0. Got none.*")]
    [InlineData("decision_type=8", "decision_type=12", "A LightGBM decision type must be below 12. Got 12.*")]
    [InlineData("threshold=inf", "threshold=nan", "Tree 0 of the model must split at numbers, and have covers of 0 or more. Got NaN of cover 100 in node 0.*")]
    [InlineData(" sigmoid:1", "", "A binary LightGBM model must state its sigmoid. Got none.*")]
    public void Read_OfUnsupportedOrBrokenText_SaysWhatAndWhatToDo(string from, string to, string message)
    {
        Text.Should().Contain(from);

        Action act = () => LightGbmModelText.Read(Text.Replace(from, to, StringComparison.Ordinal));

        act.Should().Throw<TreeFormatException>().WithMessage(message);
    }

    [BoosterFact]
    public void Read_InAnotherCulture_GivesTheSameModel()
    {
        CultureInfo before = Thread.CurrentThread.CurrentCulture;
        try
        {
            byte[] here = TreeEnsembleFormat.Write(LightGbmModelText.Read(RealText));
            Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo("nl-NL");
            TreeEnsembleFormat.Write(LightGbmModelText.Read(Real())).Should().Equal(here);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [BoosterFact]
    public void Read_OfTextWithAnyCharacterChanged_RefusesOrScores() =>
        Gen.Select(Gen.Int[0, RealText.Length - 1], Gen.Char["09-= \nx.e"]).Sample(
            (at, character) =>
            {
                try
                {
                    TreeEnsemble ensemble = LightGbmModelText.Read(string.Concat(RealText.AsSpan(0, at), [character], RealText.AsSpan(at + 1)));
                    _ = ensemble.Margin(new double[ensemble.FeatureCount]);
                }
                catch (TreeFormatException)
                {
                    // The typed refusal.
                }
            },
            iter: 500);

    private static string Real()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(2000, 5);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 5);
        return booster.ModelText(-1);
    }
}
