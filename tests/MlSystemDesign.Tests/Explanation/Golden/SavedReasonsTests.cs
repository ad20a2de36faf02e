using System.Globalization;
using MlSystemDesign.Explanation;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests.Explanation.Trees;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;
using Xunit.Abstractions;

namespace MlSystemDesign.Tests.Explanation.Golden;

/// <summary>Saved systems that must give the same SHAP values and the same sentences for ever: version 2 holds its words and its background, version 1 was written before they were saved.</summary>
/// <remarks>Trained on 3,000 generated customers; "trees" are 12 trees of LightGBM with a category and missing values, "line" is a logistic regression.</remarks>
public sealed class SavedReasonsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("trees")]
    [InlineData("line")]
    public void Load_OfASavedSystem_GivesTheSameValuesAndSentencesAsEver(string name)
    {
        TrainedSystem system = TrainedSystem.Load(PathOf($"{name}-2.mlsystem"));
        FeatureTable rows = Rows();

        AttributionTable attributions = system.Reasons!.ExplainerFor(system.Model).Explain(rows);
        IReadOnlyList<IReadOnlyList<Reason>> reasons = system.Reasons.Write(system.Model, rows);

        string[] expected = File.ReadAllLines(PathOf($"{name}.txt"));
        List<string> sentences = [];
        for (int i = 0; i < rows.RowCount; i++)
        {
            output.WriteLine(string.Join(' ', attributions.Row(i).ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
            output.WriteLine(string.Join(" | ", reasons[i].Select(r => r.Text)));
            double[] values = [.. expected[2 * i].Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            attributions.Row(i).ToArray().Should().HaveSameCount(values);
            for (int c = 0; c < values.Length; c++)
            {
                attributions[i, c].Should().BeApproximately(values[c], 1e-12, "in row {0}", i);
            }

            sentences.Add(string.Join(" | ", reasons[i].Select(r => r.Text)));
        }

        sentences.Should().Equal(expected.Where((_, line) => line % 2 == 1));
    }

    // The golden values are the library's own; the classic recursion says the same independently.
    [Fact]
    public void Load_OfSavedTrees_GivesTheValuesOfTheClassicRecursion()
    {
        TrainedSystem system = TrainedSystem.Load(PathOf("trees-2.mlsystem"));
        FeatureTable rows = Rows().AlignTo(system.Model.Schema);
        AttributionTable attributions = system.Reasons!.ExplainerFor(system.Model).Explain(rows);
        TreeEnsemble trees = ((TreePredictor)system.Model.Predictor).Ensemble;

        for (int i = 0; i < rows.RowCount; i++)
        {
            int row = i;
            double[] values = [.. Enumerable.Range(0, rows.Schema.Count).Select(c => rows.Schema[c].Kind == ColumnKind.Number ? rows.Numbers(c)[row] : rows.Codes(c)[row] is >= 0 and var code ? code : double.NaN)];
            double[] classic = ClassicTreeShap.Explain(trees, values);
            for (int c = 0; c < classic.Length; c++)
            {
                attributions[i, c].Should().BeApproximately(classic[c], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("trees")]
    [InlineData("line")]
    public void Load_OfAnOlderFile_HasNoReasonsAndScoresAsTheNewer(string name)
    {
        TrainedSystem older = TrainedSystem.Load(PathOf($"{name}-1.mlsystem")), newer = TrainedSystem.Load(PathOf($"{name}-2.mlsystem"));

        older.Reasons.Should().BeNull();
        newer.Reasons.Should().NotBeNull();
        older.Model.Predict(Rows()).Should().Equal(newer.Model.Predict(Rows()));
    }

    [Theory]
    [InlineData("trees")]
    [InlineData("line")]
    public void Save_OfALoadedSystem_GivesTheSameHash(string name)
    {
        (TrainedSystem system, string hash) = ArtifactFile.Load<TrainedSystem>(PathOf($"{name}-2.mlsystem"));

        ArtifactFile.HashOf(system).Should().Be(hash);
        ArtifactFile.HashOf(system with { Reasons = new ReasonSettings(system.Reasons!.Templates.ForFeature("plan", "another"), 3, system.Reasons.Background) }).Should().NotBe(hash);
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Explanation", "Golden", "Fixtures", file);

    private static FeatureTable Rows() => new FeatureTableBuilder(Enumerable.Range(0, 5).Select(i => new EntityKey((long)i)))
        .Number("recency", [47.5, 0.3, double.NaN, 5, 120], "d")
        .Number("count_30d", [0, 6, 0, 1, 0])
        .Number("amount_sum_90d", [12, 310.25, 0, 40, -5], "EUR")
        .Category("plan", ["basic", "premium", null, "never seen", "family"])
        .Build();
}
