using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.LightGbm.Native;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

/// <summary>Our scorer against LightGBM's own: the same bits.</summary>
public class ScoringParityTests
{
    private static readonly double[] Odd =
    [
        double.NaN, 0.0, -0.0, 1e-36, -1e-36, 1e-35f, -1e-35f, double.Epsilon, 1e300, -1e300, double.PositiveInfinity,
        double.NegativeInfinity, double.MaxValue, -0.5, -0.99, -1, -7, 0.5, 2.9, 39, 40, 41.7, 1e9, 2147483647, 2147483648, 1e18,
    ];

    [BoosterTheory]
    [InlineData("NaN is missing", "zero_as_missing=false", "zero_as_missing=false")]
    [InlineData("zero is missing too", "zero_as_missing=false", "zero_as_missing=true")]
    [InlineData("nothing is missing", "use_missing=true", "use_missing=false")]
    [InlineData("start from zero", "boost_from_average=true", "boost_from_average=false")]
    [InlineData("one category against the rest", "max_cat_to_onehot=4", "max_cat_to_onehot=100")]
    public void Margin_OfTrainingAndOddRows_HasTheBitsOfTheNativePredictor(string situation, string from, string to)
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(3000, 1);
        using LightGbmBooster booster = BoostingSamples.Train(
            values, labels, BoostingSamples.Categorical, 40, edit: p => p.Replace(from, to, StringComparison.Ordinal));
        TreeEnsemble ensemble = booster.Ensemble();
        ensemble.Trees.SelectMany(t => t.Kind).Should().Contain(NodeKind.Categorical, situation);

        AssertSameBits(booster, ensemble, values);
        AssertSameBits(booster, ensemble, WithOddities(values));
    }

    [BoosterFact]
    public void Margin_OfNaN_WhereTrainingHadNone_HasTheBitsOfTheNativePredictor()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(3000, 2);
        double[] whole = [.. values.Select(v => double.IsNaN(v) ? 9 : v)];
        using LightGbmBooster booster = BoostingSamples.Train(whole, labels, BoostingSamples.Categorical, 40);

        AssertSameBits(booster, booster.Ensemble(), values);
        AssertSameBits(booster, booster.Ensemble(), WithOddities(values));
    }

    [BoosterFact]
    public void Margin_OnAndBesideEveryThreshold_HasTheBitsOfTheNativePredictor()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(2000, 3);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 20);
        TreeEnsemble ensemble = booster.Ensemble();
        List<double> rows = [];
        foreach (Tree tree in ensemble.Trees)
        {
            for (int i = 0; i < tree.Feature.Length; i++)
            {
                double t = tree.Threshold[i];
                foreach (double value in new[] { Math.BitDecrement(t), t, Math.BitIncrement(t) })
                {
                    double[] row = values.AsSpan(i * BoostingSamples.Columns, BoostingSamples.Columns).ToArray();
                    row[tree.Feature[i]] = value;
                    rows.AddRange(row);
                }
            }
        }

        AssertSameBits(booster, ensemble, [.. rows]);
    }

    // The trap of ML.NET's converter: it sends the missing rows of such a feature the other way, and gives them 0.32.
    [BoosterTheory]
    [InlineData(0.20)]
    [InlineData(0.05)]
    public void Probability_OfMissingValues_IsTheirRate(double missingShare)
    {
        Random random = new(11);
        double[] values = new double[20_000];
        double[] labels = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            bool missing = random.NextDouble() < missingShare;
            values[i] = missing ? double.NaN : BoostingSamples.Normal(random);
            labels[i] = random.NextDouble() < (missing ? 0.8 : 0.2) ? 1 : 0;
        }

        using LightGbmBooster booster = BoostingSamples.Train(values, labels, [], 30);
        TreeEnsemble ensemble = booster.Ensemble();

        ensemble.Probability([double.NaN]).Should().BeInRange(0.75, 0.85);
        ensemble.Probability([0.0]).Should().BeInRange(0.1, 0.3);
        ensemble.Trees[0].Threshold.Should().Contain(double.PositiveInfinity, "LightGBM splits missing from the rest at infinity");
    }

    [BoosterFact]
    public void Margin_OfConstantFeatures_IsTheLogOddsOfTheLabels()
    {
        double[] values = new double[100];
        double[] labels = [.. Enumerable.Range(0, 100).Select(i => i < 25 ? 1.0 : 0.0)];
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, [], 3);
        TreeEnsemble ensemble = booster.Ensemble();

        ensemble.Trees[0].LeafValue.Should().ContainSingle();
        ensemble.Margin([5.0]).Should().BeApproximately(Math.Log(25.0 / 75.0), 1e-7);
        AssertSameBits(booster, ensemble, [5.0, double.NaN]);
    }

    [BoosterFact]
    public void ParityCheck_OfAnotherModel_ShowsBothMargins()
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(500, 1);
        BoostingData data = new(values, BoostingSamples.Columns, labels, null, BoostingSamples.Categorical);
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 5);
        TreeEnsemble shorter = LightGbmModelText.Read(booster.ModelText(4));

        using LightGbmLibrary library = new(new BoostingOptions(), data);
        Action same = () => ParityCheck.Run(library, booster, booster.Ensemble(), data);
        Action other = () => ParityCheck.Run(library, booster, shorter, data);

        same.Should().NotThrow();
        other.Should().Throw<BoostingException>().WithMessage(
            "The managed scorer must give LightGBM's own margin. Got * for * on probe row 0 of *. " +
            "Use the LightGBM version that this library was tested with (4.7), and report the case.");
    }

    private static double[] WithOddities(double[] values)
    {
        Random random = new(4);
        return [.. values.Select(v => random.Next(3) == 0 ? Odd[random.Next(Odd.Length)] : v)];
    }

    private static void AssertSameBits(LightGbmBooster booster, TreeEnsemble ensemble, double[] rows)
    {
        int count = rows.Length / ensemble.FeatureCount;
        double[] native = booster.Margins(rows, count, ensemble.FeatureCount);
        double[] managed = new double[count];
        ensemble.Margins(rows, managed);

        managed.Select(BitConverter.DoubleToInt64Bits).Should().Equal(native.Select(BitConverter.DoubleToInt64Bits));
        native.Distinct().Count().Should().BeGreaterThanOrEqualTo(Math.Min(count, ensemble.Trees.Sum(t => t.LeafValue.Length)) > 10 ? 10 : 1);
    }
}
