using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Explanation.Trees;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Explanation;

public sealed class LinearTests
{
    private static readonly string?[] Plans = ["a", "b", null, "a", "c", "b", "a", null, "b", "a", "a", "b"];

    [Fact]
    public void Explain_OfALogisticRegression_EqualsTheSumOverAllSubsetsOfInputColumns()
    {
        TrainedModel model = Model();
        FeatureTable rows = Table([3, double.NaN, -2, 50], [1, 2, double.NaN, 4], ["b", null, "a", "unseen"]);
        FeatureTable background = Table([1, double.NaN, 7], [5, 2, 3], ["a", "c", null]);

        AttributionTable explained = ModelExplainer.Interventional(model, background).Explain(rows);

        for (int i = 0; i < rows.RowCount; i++)
        {
            int row = i;
            double[] game = [.. Enumerable.Range(0, 8).Select(known => Mixed(model, rows, row, background, known))];
            double[] expected = SubsetShap.Values(game);
            explained.BaseValue.Should().BeApproximately(game[0], 1e-12);
            explained.Scores[i].Should().BeApproximately(game[7], 1e-12);
            for (int c = 0; c < 3; c++)
            {
                explained[i, c].Should().BeApproximately(expected[c], 1e-12, "of column {0} in row {1}", c, i);
            }
        }
    }

    [Fact]
    public void Explain_OfARowFarOutsideTheBackground_StillAddsUp()
    {
        TrainedModel model = Model();
        FeatureTable background = Table([1, double.NaN, 7], [5, 2, 3], ["a", "c", null]);
        double[] far = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, i / 3.0) * 1.234567)];

        AttributionTable explained = ModelExplainer.Interventional(model, background).Explain(Table(far, [.. far.Select(x => -x / 3)], [.. far.Select(_ => "b")]));

        Math.Abs(explained.Scores[39]).Should().BeGreaterThan(1e6);
    }

    // Two terms of a billion that cancel out: the score is far smaller than what was rounded.
    [Fact]
    public void Explain_OfTermsThatCancelOut_AllowsForTheirRounding()
    {
        FeatureSchema schema = new(new[] { "x", "y" }.Select(name => new FeatureColumn { Name = name, Kind = ColumnKind.Number }));
        FittedStandardTransform transform = new(schema, [new NumberStep(0, false, 0, 1, false), new NumberStep(1, false, 0, 1, false)], []);
        TrainedModel model = new("line", TargetKind.Probability, schema, new LinearPredictor(transform, 0, [1, -1.0 / 3]), new SigmoidCalibrator());
        double[] x = [1e9 + 0.1, 3e9 + 0.7, 2e9 + 0.3];
        FeatureTable background = Pairs(x), row = Pairs([x.Average()]);

        AttributionTable explained = ModelExplainer.Interventional(model, background).Explain(row);

        explained.Scores[0].Should().BeApproximately(0, 1e-5);

        FeatureTable Pairs(double[] values) => new FeatureTableBuilder(TrainingSamples.Keys(values.Length)).Number("x", values).Number("y", [.. values.Select(v => 3 * v)]).Build();
    }

    [Fact]
    public void PathDependent_OfALinearModel_NamesTheOtherWay()
    {
        Action act = () => ModelExplainer.PathDependent(Model());

        act.Should().Throw<ExplanationException>().WithMessage("*Got a predictor of kind 'predictor.linear'.*ModelExplainer.Interventional.");
    }

    private static TrainedModel Model()
    {
        double[] x = [1, 2, double.NaN, 4, 5, 60, 7, double.NaN, 9, 1, 3, 2], y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
        FeatureTable table = Table(x, y, Plans);
        IFittedTransform transform = new StandardTransform(new StandardTransformOptions { MinCategoryCount = 1 })
            .Fit(new TrainingSet(table, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]));
        double[] coefficients = [.. transform.Output.Select((_, i) => Math.Sin(i + 1))];
        return new TrainedModel("logistic", TargetKind.Probability, table.Schema, new LinearPredictor(transform, -0.3, coefficients), new SigmoidCalibrator());
    }

    private static FeatureTable Table(double[] x, double[] y, string?[] plan) =>
        new FeatureTableBuilder(TrainingSamples.Keys(x.Length)).Number("x", x).Number("y", y).Category("plan", plan).Build();

    // The mean score when the known columns come from the row and the others from the background.
    private static double Mixed(TrainedModel model, FeatureTable rows, int row, FeatureTable background, int known)
    {
        double sum = 0;
        for (int b = 0; b < background.RowCount; b++)
        {
            FeatureTable mixed = Table(
                [(known & 1) != 0 ? rows.Numbers("x")[row] : background.Numbers("x")[b]], [(known & 2) != 0 ? rows.Numbers("y")[row] : background.Numbers("y")[b]],
                [(known & 4) != 0 ? rows.CategoryAt("plan", row) : background.CategoryAt("plan", b)]);
            double[] score = new double[1];
            model.Predictor.Score(mixed.AlignTo(model.Schema), score);
            sum += score[0] / background.RowCount;
        }

        return sum;
    }
}
