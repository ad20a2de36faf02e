using MlSystemDesign.Tests.Training.Import;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.XGBoost.Tests;

public class XGBoostParityTests
{
    private const int Rows = 20_000;

    [XGBoostTheory]
    [InlineData("numeric", new int[0])]
    [InlineData("categorical", new[] { 1, 3 })]
    [InlineData("regression", new int[0])]
    [InlineData("forest", new int[0])]
    public void Margins_OfASavedModel_AreTheNativeOnesToTheLastBit(string name, int[] categorical)
    {
        byte[] json = ImportSamples.Json(name);
        using XGBoostBooster booster = XGBoostBooster.Load(json, categorical);
        TreeEnsemble ensemble = XGBoostModelJson.Read(json).Ensemble;
        double[] values = Values(ensemble.FeatureCount, categorical, 8);
        double[] managed = new double[Rows];

        ensemble.Margins(values, managed);

        managed.Should().Equal(booster.Margins(values, Rows, ensemble.FeatureCount));
        managed.Distinct().Count().Should().BeGreaterThan(50);
    }

    [XGBoostFact]
    public void Margins_OfATrainedModel_AreTheNativeOnesToTheLastBit()
    {
        int[] categorical = [2, 5];
        double[] values = Values(6, categorical, 9);
        double[] labels = [.. Enumerable.Range(0, Rows).Select(i => (values[i * 6] > 0) ^ (values[(i * 6) + 2] % 3 == 1) ? 1.0 : 0.0)];
        BoostingData data = new(values, 6, labels, null, categorical);
        XGBoostLibrary library = new(new XGBoostOptions(), 5);
        using IBooster booster = library.Start(data, [.. Enumerable.Range(0, 5000)], []);
        for (int i = 0; i < 40; i++)
        {
            booster.Update();
        }

        double[] managed = new double[Rows];
        TreeEnsemble ensemble = booster.Trees(40);
        ensemble.Margins(values, managed);
        ensemble.Trees.SelectMany(tree => tree.Kind).Should().Contain([NodeKind.None, NodeKind.MissingLeft])
            .And.Contain(kind => kind >= NodeKind.Categorical, "columns 2 and 5 hold categories");

        managed.Should().Equal(booster.Margins(values, Rows, 6));
    }

    [XGBoostFact]
    public void Start_WithWeights_LearnsAsIfRowsWereRepeated()
    {
        double[] x = [.. Enumerable.Range(0, 120).Select(i => (double)(i % 24))], y = [.. Enumerable.Range(0, 120).Select(i => i * 7 % 24 > 11 ? 1.0 : 0.0)];
        int[] times = [.. Enumerable.Range(0, 120).Select(i => 1 + (i % 3))];
        int[] repeated = [.. Enumerable.Range(0, 120).SelectMany(i => Enumerable.Repeat(i, times[i]))];
        XGBoostLibrary library = new(new XGBoostOptions { L2 = 0, MinChildWeight = 0, ColumnFraction = 1 }, 1);
        double[] Margins(BoostingData data, int[] rows)
        {
            using IBooster booster = library.Start(data, rows, []);
            for (int i = 0; i < 10; i++)
            {
                booster.Update();
            }

            return booster.Margins(x, 120, 1);
        }

        double[] weighted = Margins(new BoostingData(x, 1, y, [.. times.Select(t => (double)t)], []), [.. Enumerable.Range(0, 120)]);
        double[] plain = Margins(new BoostingData(x, 1, y, null, []), [.. Enumerable.Range(0, 120)]), twice = Margins(new BoostingData(x, 1, y, null, []), repeated);

        weighted.Should().Equal(twice, (a, b) => Math.Abs(a - b) < 1e-4);
        weighted.Zip(plain, (a, b) => Math.Abs(a - b)).Max().Should().BeGreaterThan(0.01);
    }

    [XGBoostFact]
    public void ParityCheck_OfAnotherModel_ShowsBothMargins()
    {
        double[] values = Values(3, [], 4);
        BoostingData data = new(values, 3, [.. Enumerable.Range(0, Rows).Select(i => values[i * 3] > 0 ? 1.0 : 0.0)], null, []);
        XGBoostLibrary library = new(new XGBoostOptions(), 5);
        using IBooster booster = library.Start(data, [.. Enumerable.Range(0, 2000)], []);
        for (int i = 0; i < 5; i++)
        {
            booster.Update();
        }

        Action same = () => ParityCheck.Run(library, booster, booster.Trees(5), data);
        Action other = () => ParityCheck.Run(library, booster, booster.Trees(4), data);

        same.Should().NotThrow();
        other.Should().Throw<BoostingException>().WithMessage(
            "The managed scorer must give XGBoost's own margin. Got * for * on probe row 0 of *. Use the XGBoost version that this library was tested with (1.7.4), and report the case.");
    }

    [XGBoostFact]
    public void Contributions_OfEveryRow_SumToTheMargin()
    {
        using XGBoostBooster booster = XGBoostBooster.Load(ImportSamples.Json("categorical"), [1, 3]);
        double[] values = Values(4, [1, 3], 7)[..400];

        double[] contributions = booster.Contributions(values, 100, 4);

        contributions.Should().HaveCount(500);
        double[] margins = booster.Margins(values, 100, 4);
        for (int i = 0; i < 100; i++)
        {
            contributions.AsSpan(i * 5, 5).ToArray().Sum().Should().BeApproximately(margins[i], 1e-5);
        }
    }

    /// <summary>Numbers with three decimals, a tenth of them missing; codes 0 to 42 in categorical columns.</summary>
    private static double[] Values(int columns, int[] categorical, int seed)
    {
        Random random = new(seed);
        double[] values = new double[Rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextDouble() < 0.1 ? double.NaN
                : categorical.Contains(i % columns) ? random.Next(43)
                : Math.Round((random.NextDouble() * 12) - 6, 3);
        }

        return values;
    }
}
