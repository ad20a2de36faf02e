using System.Text;
using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Tests.Training.Trees;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Import;

public class TreeModelImportTests
{
    [Fact]
    public void FromXGBoostJson_WithItsSchema_PredictsProbabilitiesByLevel()
    {
        TrainedModel model = TreeModelImport.FromXGBoostJson(File.OpenRead(ImportSamples.Path("categorical.json")), ImportSamples.CategoricalSchema());

        model.TargetKind.Should().Be(TargetKind.Probability);
        model.Algorithm.Should().Be("XGBoost");
        model.Facts.Should().Contain("trees", "8").And.Contain("origin", "imported from XGBoost");
        (double[] Values, float Margin)[] rows = KnownLevels();
        double[] predicted = model.Predict(Table(rows));
        predicted.Should().HaveCount(rows.Length).And.Equal(rows.Select(row => 1 / (1 + Math.Exp(-row.Margin))), (p, expected) => Math.Abs(p - expected) < 1e-15);
    }

    [Fact]
    public void FromXGBoostJson_OfARegression_PredictsValues()
    {
        FeatureSchema schema = new([ImportSamples.Number("a"), ImportSamples.Number("b"), ImportSamples.Number("c")]);

        TrainedModel model = TreeModelImport.FromXGBoostJson(new MemoryStream(ImportSamples.Json("regression")), schema);

        (double[] Values, float Margin)[] rows = ImportSamples.Rows("regression");
        FeatureTableBuilder table = new(TrainingSamples.Keys(rows.Length));
        for (int c = 0; c < 3; c++)
        {
            table.Number(schema[c].Name, [.. rows.Select(row => row.Values[c])]);
        }

        model.TargetKind.Should().Be(TargetKind.Value);
        model.Predict(table.Build()).Should().Equal(rows.Select(row => (double)row.Margin));
    }

    [Fact]
    public void FromXGBoostJson_SavedAndLoaded_PredictsTheSameBits()
    {
        TrainedModel model = TreeModelImport.FromXGBoostJson(File.OpenRead(ImportSamples.Path("categorical.json")), ImportSamples.CategoricalSchema());
        FeatureTable table = Table(KnownLevels());

        TrainedModel loaded = TrainingSamples.RoundTrip(model);

        TrainingSamples.Bits(loaded.Predict(table)).Should().Equal(TrainingSamples.Bits(model.Predict(table)));
    }

    [Fact]
    public void FromXGBoostJson_OfAnotherColumn_NamesItAndBothNames() =>
        Refusal([ImportSamples.Number("spend"), ImportSamples.Category("tariff", 4), ImportSamples.Number("age days"), ImportSamples.Category("region", 40)])
            .Should().Be("Column 2 of the schema must be 'plan', as in the model. Got 'tariff'. Give the model's features in its order. (Parameter 'schema')");

    [Fact]
    public void FromXGBoostJson_OfAMissingColumn_NamesIt() =>
        Refusal([ImportSamples.Number("spend"), ImportSamples.Category("plan", 4), ImportSamples.Number("age days")])
            .Should().Be("The schema must have the 4 columns of the model. Got 3, without 'region'. Give the model's features in its order. (Parameter 'schema')");

    [Fact]
    public void FromXGBoostJson_OfOneColumnMore_NamesIt() =>
        Refusal([.. ImportSamples.CategoricalSchema(), ImportSamples.Number("more")])
            .Should().Be("The schema must have the 4 columns of the model. Got 5, with 'more' beyond them. Give the model's features in its order. (Parameter 'schema')");

    [Fact]
    public void FromXGBoostJson_OfAnotherKindOfColumn_NamesItAndBothKinds() =>
        Refusal([ImportSamples.Number("spend"), ImportSamples.Number("plan"), ImportSamples.Number("age days"), ImportSamples.Category("region", 40)])
            .Should().Be("Column 'plan' must be of kind Category, as in the model. Got Number. Give the features as the model was trained with.");

    [Fact]
    public void FromXGBoostJson_WithFewerLevelsThanCodes_NamesTheColumn() =>
        Refusal([.. ImportSamples.CategoricalSchema(regionLevels: 39)])
            .Should().StartWith("Column 'region' must have a level for every category code that the model splits on, up to 39. Got 39 levels.");

    [Fact]
    public void FromXGBoostJson_WithoutASchema_GivesThePredictor()
    {
        TreePredictor predictor = TreeModelImport.FromXGBoostJson(File.OpenRead(ImportSamples.Path("numeric.json")));

        predictor.TreeCount.Should().Be(10);
        predictor.ColumnCount.Should().Be(5);
    }

    [Fact]
    public void FromXGBoostJson_OfMoreBytesThanAllowed_RefusesBeforeReadingAll()
    {
        byte[] json = ImportSamples.Json("numeric");
        Action act = () => TreeModelImport.FromXGBoostJson(new MemoryStream(json), json.Length - 1);

        act.Should().Throw<TreeFormatException>().WithMessage($"A model file must have at most {json.Length - 1} bytes. Got more. Raise maxBytes if the file comes from where you trust.");
        TreeModelImport.FromXGBoostJson(new MemoryStream(json), json.Length).TreeCount.Should().Be(10);
    }

    [BoosterFact]
    public void FromLightGbmText_WithItsSchema_GivesLightGbmsMargins()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(3000, 12);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 20);
        FeatureSchema schema = new(Enumerable.Range(0, BoostingSamples.Columns).Select(c => BoostingSamples.Categorical.Contains(c)
            ? ImportSamples.Category($"c{c}", 40) : ImportSamples.Number($"c{c}")));
        using MemoryStream text = new(Encoding.UTF8.GetBytes(booster.ModelText(-1)));

        TrainedModel model = TreeModelImport.FromLightGbmText(text, schema);

        double[] margins = new double[3000];
        ((TreePredictor)model.Predictor).Ensemble.Margins(values, margins);
        margins.Should().Equal(booster.Margins(values, 3000, BoostingSamples.Columns));
        model.TargetKind.Should().Be(TargetKind.Probability);
        model.Calibrator.Calibrate(0).Should().Be(0.5);
    }

    // LightGBM writes 'age days' as 'age_days'.
    [Fact]
    public void FromLightGbmText_OfANameWithASpace_FindsItsColumn()
    {
        string text = LightGbmModelTextTests.Text.Replace("feature_names=a b", "feature_names=age_days b", StringComparison.Ordinal);
        FeatureSchema schema = new([ImportSamples.Number("age days"), ImportSamples.Category("b", 40)]), other = new([ImportSamples.Number("age.days"), ImportSamples.Category("b", 40)]);

        TrainedModel model = TreeModelImport.FromLightGbmText(new MemoryStream(Encoding.UTF8.GetBytes(text)), schema);
        Action act = () => TreeModelImport.FromLightGbmText(new MemoryStream(Encoding.UTF8.GetBytes(text)), other);

        model.Facts.Should().Contain("origin", "imported from LightGBM");
        act.Should().Throw<ArgumentException>().WithMessage("Column 1 of the schema must be 'age_days', as in the model. Got 'age.days'.*");
    }

    [BoosterFact]
    public void FromLightGbmText_OfNumbersWhereItSplitsByCategory_NamesTheColumn()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(3000, 12);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 20);
        FeatureSchema schema = new(Enumerable.Range(0, BoostingSamples.Columns).Select(c => ImportSamples.Number($"c{c}")));

        Action act = () => TreeModelImport.FromLightGbmText(new MemoryStream(Encoding.UTF8.GetBytes(booster.ModelText(-1))), schema);

        act.Should().Throw<ArgumentException>().WithMessage("Column 'c4' must be of kind Category, as in the model. Got Number.*");
    }

    private static string Refusal(IEnumerable<FeatureColumn> columns)
    {
        Action act = () => TreeModelImport.FromXGBoostJson(new MemoryStream(ImportSamples.Json("categorical")), new FeatureSchema(columns));

        return act.Should().Throw<ArgumentException>().Which.Message;
    }

    private static (double[] Values, float Margin)[] KnownLevels() =>
        [.. ImportSamples.Rows("categorical").Where(row => !(row.Values[1] >= 4 || row.Values[3] >= 40))];

    // Columns and codes of the table are in another order than the model's: texts decide.
    private static FeatureTable Table((double[] Values, float Margin)[] rows)
    {
        FeatureTableBuilder table = new(TrainingSamples.Keys(rows.Length));
        FeatureSchema schema = ImportSamples.CategoricalSchema();
        for (int c = schema.Count - 1; c >= 0; c--)
        {
            double[] values = [.. rows.Select(row => row.Values[c])];
            _ = schema[c].Kind == ColumnKind.Number
                ? table.Number(schema[c].Name, values)
                : table.Category(schema[c].Name, [.. values.Select(code => double.IsNaN(code) ? null : schema[c].Levels[(int)code])]);
        }

        return table.Build();
    }
}
