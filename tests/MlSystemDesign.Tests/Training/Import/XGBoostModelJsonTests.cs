using System.Globalization;
using System.Text;
using CsCheck;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Import;

public class XGBoostModelJsonTests
{
    [Theory]
    [InlineData("numeric", 10, TargetKind.Probability)]
    [InlineData("categorical", 8, TargetKind.Probability)]
    [InlineData("regression", 9, TargetKind.Value)]
    [InlineData("forest", 9, TargetKind.Probability)]
    public void Read_OfASavedModel_GivesXGBoostsMarginsToTheLastBit(string name, int trees, TargetKind target)
    {
        TreeModelFile file = ImportSamples.Model(name);

        file.Target.Should().Be(target);
        file.Ensemble.Trees.Should().HaveCount(trees);
        (double[] Values, float Margin)[] rows = ImportSamples.Rows(name);
        rows.Should().HaveCountGreaterThan(200);
        foreach ((double[] values, float margin) in rows)
        {
            BitConverter.SingleToInt32Bits((float)file.Ensemble.Margin(values)).Should().Be(BitConverter.SingleToInt32Bits(margin), "of {0}", string.Join(' ', values));
            file.Ensemble.Margin(values).Should().Be(margin, "the sum is a float");
        }
    }

    // −0.5 is no category for XGBoost, where LightGBM takes it for 0; −1e-50 is 0 in a float.
    [Fact]
    public void Margin_OfCodesThatAreNone_IsXGBoosts()
    {
        TreeEnsemble ensemble = ImportSamples.Model("categorical").Ensemble;
        (double[] Values, float Margin)[] rows = ImportSamples.Rows("categorical.codes");
        rows.Should().HaveCount(42);
        foreach ((double[] values, float margin) in rows)
        {
            ensemble.Margin(values).Should().Be(margin, "of {0}", string.Join(' ', values));
        }
    }

    [Fact]
    public void Read_OfASavedModel_KeepsNamesKindsAndHessians()
    {
        TreeModelFile file = ImportSamples.Model("categorical");

        file.Features.Should().Equal("spend", "plan", "age days", "region");
        file.Categorical.Should().Equal(false, true, false, true);
        file.Ensemble.Cover.Should().Be(CoverKind.Hessians);
        foreach (Tree tree in file.Ensemble.Trees)
        {
            tree.LeafValue.Should().OnlyContain(leaf => leaf == (float)leaf, "also with the start in them");
            tree.LeafCover.Sum().Should().BeApproximately(tree.NodeCover[0], tree.NodeCover[0] * 1e-5);
        }

        ImportSamples.Model("numeric").Features.Should().BeEmpty();
    }

    [Fact]
    public void Read_OfAFeatureCalledNaN_KeepsItsName()
    {
        string text = ImportSamples.Text("categorical").Replace("\"spend\"", "\"NaN \\\"NaN\"", StringComparison.Ordinal);

        XGBoostModelJson.Read(Encoding.UTF8.GetBytes(text)).Features.Should().Equal("NaN \"NaN", "plan", "age days", "region");
    }

    // Version 3.1 and later.
    [Fact]
    public void Read_OfABaseScoreInAList_StartsFromIt()
    {
        string text = ImportSamples.Text("categorical").Replace("\"base_score\":\"3.1E-1\"", "\"base_score\":\"[3.1E-1]\"", StringComparison.Ordinal)
            .Replace("\"version\":[1,7,4]", "\"version\":[3,4,1]", StringComparison.Ordinal);

        double[] row = ImportSamples.Rows("categorical")[0].Values;
        XGBoostModelJson.Read(Encoding.UTF8.GetBytes(text)).Ensemble.Margin(row).Should().Be(ImportSamples.Model("categorical").Ensemble.Margin(row));
    }

    [Fact]
    public void Read_OfAModelWithTheCategoriesOfADataFrame_Refuses()
    {
        string text = ImportSamples.Text("categorical").Replace("\"tree_info\":", "\"cats\":{\"enc\":[{}],\"feature_segments\":[]},\"tree_info\":", StringComparison.Ordinal);

        Action act = () => XGBoostModelJson.Read(Encoding.UTF8.GetBytes(text));

        act.Should().Throw<TreeFormatException>().WithMessage("An XGBoost model must split on category codes. Got a model that holds the categories of a data frame.*");
    }

    [Fact]
    public void Read_OfAModelWithoutTrees_PredictsItsBaseScore()
    {
        string text = ImportSamples.Text("regression");
        int from = text.IndexOf("\"tree_info\":", StringComparison.Ordinal), to = text.IndexOf("},\"name\":\"gbtree\"", StringComparison.Ordinal);

        TreeEnsemble ensemble = XGBoostModelJson.Read(Encoding.UTF8.GetBytes(text[..from] + "\"tree_info\":[],\"trees\":[]" + text[to..])).Ensemble;

        ensemble.Margin([1, 2, 3]).Should().Be(12.5);
    }

    [Theory]
    [InlineData("dart", "An XGBoost model must be of booster 'gbtree'. Got 'dart'. Train with booster=gbtree.")]
    [InlineData("gblinear", "An XGBoost model must be of booster 'gbtree'. Got 'gblinear'. Train with booster=gbtree, or use logistic regression.")]
    [InlineData("poisson", "The objective of an XGBoost model must be one of binary:logistic,*Got 'count:poisson'. Train with one of these.")]
    [InlineData("multiclass", "The objective of an XGBoost model must be one of binary:logistic,*Got 'multi:softprob'. Train with one of these.")]
    public void Read_OfAnotherKindOfModel_SaysWhichAndWhatToDo(string name, string message)
    {
        Action act = () => ImportSamples.Model(name);

        act.Should().Throw<TreeFormatException>().WithMessage(message);
    }

    [Fact]
    public void Read_OfUbjson_NamesIt()
    {
        Action act = () => XGBoostModelJson.Read(File.ReadAllBytes(ImportSamples.Path("binary.ubj")));

        act.Should().Throw<TreeFormatException>().WithMessage("An XGBoost model must be JSON. Got UBJSON,*Save the model again with save_model(\"model.json\").");
    }

    [Theory]
    [InlineData("\"version\":[1,7,4]", "\"version\":[4,0,0]", "An XGBoost model must be of version 1.3 to 3.x. Got 4.0.0.*")]
    [InlineData("\"version\":[1,7,4]", "\"version\":[1,2,1]", "An XGBoost model must be of version 1.3 to 3.x. Got 1.2.1.*")]
    [InlineData("\"version\":[1,7,4]", "\"release\":1", "An XGBoost model must have 'version' in the model. Got none.*")]
    [InlineData("\"num_class\":\"0\"", "\"num_class\":\"3\"", "An XGBoost model must have one output. Got 3 classes and 1 targets.*")]
    [InlineData("\"num_target\":\"1\"", "\"num_target\":\"2\"", "An XGBoost model must have one output. Got 0 classes and 2 targets.*")]
    [InlineData("\"num_feature\":\"4\",\"num_target\"", "\"num_feature\":\"2000000000\",\"num_target\"", "An XGBoost model must have 1 to 1000000 features. Got 2000000000.*")]
    [InlineData("\"base_score\":\"3.1E-1\"", "\"base_score\":\"1\"", "The base_score of an XGBoost model must be a number in (0, 1). Got '1'.*")]
    [InlineData("\"base_score\":\"3.1E-1\"", "\"base_score\":\"nan\"", "The base_score of an XGBoost model must be a number in (0, 1). Got 'nan'.*")]
    [InlineData("\"feature_names\":[\"spend\",", "\"feature_names\":[", "'feature_names' of the learner must have 4 values. Got 3.*")]
    [InlineData("\"split_conditions\":[", "\"split_conditions\":[NaN,", "'split_conditions' of tree 0 must have * values. Got *")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[0,", "An XGBoost model must, in tree 0, lead from every node to two nodes of its own. Got node 0 of * twice.*")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[-1,", "An XGBoost model must, in tree 0, lead from every node to two nodes of its own. Got node -1 of *")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[2000000,", "An XGBoost model must, in tree 0, lead from every node to two nodes of its own. Got node 2000000 of *")]
    [InlineData("\"left_children\":[1,", "\"left_children\":[1.5,", "'left_children' of tree 0 must hold numbers. Got 1.5.*")]
    [InlineData("\"categories\":[", "\"categories\":[20000000,", "The category codes of an XGBoost model must be 0 to 16777215. Got 20000000 in tree 0.*")]
    [InlineData("\"categories_sizes\":[", "\"categories_sizes\":[9999,", "'categories_sizes' of tree 0 must have * values.*")]
    [InlineData("\"categories_segments\":[0", "\"categories_segments\":[2000000000", "An XGBoost model must, in tree 0, have category sets that lie within its categories. Got *")]
    [InlineData("\"split_type\":[", "\"split_tape\":[", "An XGBoost model must, in tree 0, split at finite numbers. Got NaN in node *")]
    [InlineData("\"size_leaf_vector\":\"0\"}}]", "\"size_leaf_vector\":\"3\"}}]", "The leaves of an XGBoost model must be single numbers. Got leaf vectors in tree 7.*")]
    [InlineData("\"categories_nodes\":[", "\"categories_nodes\":[-7,", "'categories_segments' of tree 0 must have * values.*")]
    [InlineData("\"tree_info\":[0,", "\"tree_info\":[1,", "All trees of an XGBoost model must be of group 0. Got group 1.*")]
    public void Read_OfADamagedOrOtherField_SaysWhatAndWhatToDo(string from, string to, string message)
    {
        string text = ImportSamples.Text("categorical");
        text.Should().Contain(from);
        int at = text.IndexOf(from, StringComparison.Ordinal);

        Action act = () => XGBoostModelJson.Read(Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]));

        act.Should().Throw<TreeFormatException>().WithMessage(message);
    }

    [Fact]
    public void Read_OfTruncatedJson_Refuses()
    {
        byte[] whole = ImportSamples.Json("categorical");
        for (int length = 0; length < whole.Length; length += length < 400 ? 1 : 101)
        {
            Action act = () => XGBoostModelJson.Read(whole.AsMemory(0, length));

            act.Should().Throw<TreeFormatException>($"{length} bytes are not all");
        }
    }

    [Theory]
    [InlineData("categorical")]
    [InlineData("regression")]
    public void Read_OfBytesChangedAnywhere_RefusesOrScores(string name)
    {
        byte[] whole = ImportSamples.Json(name);
        int refused = 0, scored = 0;
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.OneOf(Gen.Byte, Gen.Char["0123456789-.,[]{}\":eEN"].Select(c => (byte)c))).Array[1, 3].Sample(
            edits =>
            {
                byte[] bytes = [.. whole];
                foreach ((int at, byte value) in edits)
                {
                    bytes[at] = value;
                }

                Interlocked.Increment(ref ReadsAndScores(bytes) ? ref scored : ref refused);
            },
            iter: 1000);
        refused.Should().BePositive();
        scored.Should().BePositive("a changed leaf value is still a leaf value");
    }

    [Fact]
    public void Read_InAnotherCulture_GivesTheSameModel()
    {
        CultureInfo before = Thread.CurrentThread.CurrentCulture;
        byte[] here = TreeEnsembleFormat.Write(ImportSamples.Model("regression").Ensemble);
        try
        {
            Thread.CurrentThread.CurrentCulture = CultureInfo.GetCultureInfo("nl-NL");
            TreeEnsembleFormat.Write(ImportSamples.Model("regression").Ensemble).Should().Equal(here);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static bool ReadsAndScores(byte[] bytes)
    {
        try
        {
            TreeEnsemble ensemble = XGBoostModelJson.Read(bytes).Ensemble;
            foreach (double value in new[] { 0, 1.5, -3, 1e300, double.NaN, double.PositiveInfinity, 33 })
            {
                double[] row = new double[ensemble.FeatureCount];
                Array.Fill(row, value);
                _ = ensemble.Margin(row);
            }

            return true;
        }
        catch (TreeFormatException)
        {
            return false;
        }
    }
}
