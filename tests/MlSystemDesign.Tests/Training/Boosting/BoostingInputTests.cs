using MlSystemDesign.Tests.Training.LightGbm;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;

namespace MlSystemDesign.Tests.Training.Boosting;

public class BoostingInputTests
{
    [Theory]
    [InlineData(double.PositiveInfinity, 1, 1, "Feature values must be finite, or NaN where missing. Got Infinity in row 1, column 0. Make it NaN, or fix the feature.*")]
    [InlineData(0, 0.5, 1, "Labels must be 0 or 1. Got 0.5 in row 1. Train on matured, encoded labels.*")]
    [InlineData(0, double.NaN, 1, "Labels must be 0 or 1. Got NaN in row 1.*")]
    [InlineData(0, 1, -1, "Weights must be positive and finite. Got -1 in row 1. Leave out rows that should not count.*")]
    [InlineData(0, 1, double.NaN, "Weights must be positive and finite. Got NaN in row 1.*")]
    public void Data_WithAValueThatCannotBeLearntFrom_NamesItsRow(double value, double label, double weight, string message)
    {
        Action act = () => _ = new BoostingData([1, 2, value, 4], 2, [0, label], [1, weight], []);

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Data_OfAnotherSize_NamesTheSizes()
    {
        Action matrix = () => _ = new BoostingData([1, 2, 3], 2, [0, 1], null, []);
        Action weights = () => _ = new BoostingData([1, 2], 1, [0, 1], [1], []);
        Action column = () => _ = new BoostingData([1, 2], 1, [0, 1], null, [1]);

        matrix.Should().Throw<ArgumentException>().WithMessage(
            "The matrix must hold one value per label and column, and at least one. Got 3 values for 2 labels × 2 columns. Pass the whole row-major matrix.*");
        weights.Should().Throw<ArgumentException>().WithMessage("Weights must be one per row. Got 1 for 2 rows. Pass all of them, or null.*");
        column.Should().Throw<ArgumentException>().WithMessage(
            "A categorical column must be a column of the matrix. Got 1 of 1. Count columns from 0.*");
    }

    [Fact]
    public void Options_OutsideTheirRange_AreNamed()
    {
        Refused(new BoostingOptions { MaxRounds = 0 }, "MaxRounds must be at least 1. Got 0. Set a value in that range.*");
        Refused(new BoostingOptions { Patience = 0 }, "Patience must be at least 1. Got 0.*");
        Refused(new BoostingOptions { LearningRate = 1.5 }, "LearningRate must be in (0, 1]. Got 1.5.*");
        Refused(new BoostingOptions { Leaves = 1 }, "Leaves must be in [2, 131072]. Got 1.*");
        Refused(new BoostingOptions { MaxBin = 70000 }, "MaxBin must be in [2, 65535]. Got 70000.*");
        Refused(new BoostingOptions { FeatureFraction = 0 }, "FeatureFraction must be in (0, 1]. Got 0.*");
        Refused(new BoostingOptions { BaggingFraction = double.NaN }, "BaggingFraction must be in (0, 1]. Got NaN.*");
        Refused(new BoostingOptions { Lambda = -1 }, "Lambda must be finite and not negative. Got -1.*");
        Refused(new BoostingOptions { Seed = -1 }, "Seed must be at least 0. Got -1.*");

        static void Refused(BoostingOptions options, string message)
        {
            Action act = options.Validate;
            act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
        }
    }

    // Nothing may be left to a default of the library or to the number of rows.
    [Theory]
    [InlineData("num_threads=1")]
    [InlineData("verbosity=-1")]
    [InlineData("deterministic=true")]
    [InlineData("force_col_wise=true")]
    [InlineData("feature_pre_filter=false")]
    [InlineData("boost_from_average=true")]
    [InlineData("enable_bundle=false")]
    [InlineData("bagging_freq=1")]
    [InlineData("bagging_seed=7")]
    [InlineData("feature_fraction_seed=7")]
    [InlineData("cat_smooth=50")]
    [InlineData("cat_l2=50")]
    [InlineData("max_cat_threshold=16")]
    [InlineData("learning_rate=1E-05")]
    [InlineData("categorical_feature=2,5")]
    public void Parameters_AreWrittenOut(string parameter) =>
        LightGbmParameters.ForTraining(new BoostingOptions { Seed = 7, BaggingFraction = 0.5, LearningRate = 1e-5 }, [2, 5], 1)
            .Split(' ').Should().Contain(parameter);

    [BoosterTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parameters_AreTakenByLightGbmAsWritten(bool regression)
    {
        (double[] values, double[] labels) = BoostingSamples.Mixed(200, 1);
        BoostingOptions options = new() { Seed = 7, BaggingFraction = 0.5, LearningRate = 1e-5, MaxBin = 63, Target = regression ? TargetKind.Value : TargetKind.Probability };
        using LightGbmBooster booster = BoostingSamples.Train(values, labels, BoostingSamples.Categorical, 1, options);

        string text = booster.ModelText(-1);

        foreach (string parameter in LightGbmParameters.ForTraining(options, BoostingSamples.Categorical, 1).Split(' '))
        {
            string name = parameter[..parameter.IndexOf('=', StringComparison.Ordinal)];
            string value = parameter[(name.Length + 1)..].Replace("true", "1", StringComparison.Ordinal).Replace("false", "0", StringComparison.Ordinal)
                .Replace("1E-05", "1e-05", StringComparison.Ordinal).Replace("none", "custom", StringComparison.Ordinal);

            text.Contains($"[{name}: {value}]", StringComparison.Ordinal).Should().BeTrue(parameter);
        }
    }
}
