using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Training.Import;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostExplanationTests
{
    // XGBoost computes its contributions in 32 bits; ours are in 64.
    private const double Native = 2e-5;

    [XGBoostTheory]
    [InlineData("numeric", new int[0])]
    [InlineData("categorical", new[] { 1, 3 })]
    [InlineData("regression", new int[0])]
    public void Explain_OfASavedModel_GivesTheNativeContributions(string name, int[] categorical)
    {
        byte[] json = ImportSamples.Json(name);
        (double[] Values, float Margin)[] rows = ImportSamples.Rows(name);
        TreeEnsemble ensemble = XGBoostModelJson.Read(json).Ensemble;
        int columns = ensemble.FeatureCount;
        using XGBoostBooster booster = XGBoostBooster.Load(json, categorical);
        double[] native = booster.Contributions([.. rows.SelectMany(r => r.Values)], rows.Length, columns);

        AttributionTable ours = Explain(ensemble, rows);

        ours.Cover.Should().Be(CoverKind.Hessians);
        double largest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            ours.BaseValue.Should().BeApproximately(native[(i * (columns + 1)) + columns], Native);
            for (int c = 0; c < columns; c++)
            {
                ours.Row(i)[c].Should().BeApproximately(native[(i * (columns + 1)) + c], Native, $"column {c} of row {i}");
                largest = Math.Max(largest, Math.Abs(ours.Row(i)[c]));
            }
        }

        largest.Should().BeGreaterThan(100 * Native);
    }

    [Theory]
    [InlineData("numeric")]
    [InlineData("categorical")]
    [InlineData("regression")]
    [InlineData("forest")]
    public void Explain_OfTreesThatAddUpIn32Bits_AllowsForThatAndNoMore(string name)
    {
        TreeEnsemble ensemble = ImportSamples.Model(name).Ensemble;
        (double[] Values, float Margin)[] rows = ImportSamples.Rows(name);

        AttributionTable ours = Explain(ensemble, rows);

        ours.Scores.ToArray().Should().Equal(rows.Select(r => (double)r.Margin));
        ModelExplainer.PathDependent(Model(ensemble)).AdditivityBound.Should().BeLessThan(1e-3);
    }

    private static AttributionTable Explain(TreeEnsemble ensemble, (double[] Values, float Margin)[] rows)
    {
        TrainedModel model = Model(ensemble);
        ReadOnlyMemory<double>[] numbers = [.. Enumerable.Range(0, ensemble.FeatureCount).Select(c => (ReadOnlyMemory<double>)rows.Select(r => r.Values[c]).ToArray())];
        ObservationSet keys = ObservationSet.WithoutTime(Enumerable.Range(0, rows.Length).Select(i => new EntityKey(i)));
        return ModelExplainer.PathDependent(model).Explain(new FeatureTable(keys, model.Schema, numbers, new ReadOnlyMemory<int>[ensemble.FeatureCount]));
    }

    // Categories as the numbers of their codes, which is how trees read them.
    private static TrainedModel Model(TreeEnsemble ensemble)
    {
        FeatureSchema schema = new(Enumerable.Range(0, ensemble.FeatureCount).Select(c => new FeatureColumn { Name = $"f{c}", Kind = ColumnKind.Number }));
        return new TrainedModel("XGBoost", TargetKind.Probability, schema, new TreePredictor(ensemble), new SigmoidCalibrator());
    }
}
