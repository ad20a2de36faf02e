using System.Globalization;
using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Training.LightGbm;

/// <summary>Settings of gradient boosting. Nothing that LightGBM derives from them depends on the number of rows.</summary>
internal sealed record BoostingOptions
{
    /// <summary>Most rounds (trees) to try. At least 1.</summary>
    public int MaxRounds { get; init; } = 500;

    /// <summary>Rounds without a better mean measure after which to stop. At least 1.</summary>
    public int Patience { get; init; } = 30;

    /// <summary>The held-out rows are measured every so many rounds. At least 1, at most the patience.</summary>
    public int Interval { get; init; } = 1;

    public RoundSearch Search => new(MaxRounds, Patience, Interval);

    /// <summary>Shrinkage per tree, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Most leaves of a tree, in [2, 131072].</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Fewest rows of a leaf. At least 1.</summary>
    public int MinDataInLeaf { get; init; } = 20;

    /// <summary>Least sum of second derivatives of a leaf (weights have mean 1). Not negative.</summary>
    public double MinHessianInLeaf { get; init; } = 1e-3;

    /// <summary>L2 penalty on leaf values (weights have mean 1). Not negative.</summary>
    public double Lambda { get; init; }

    /// <summary>Share of the features drawn for each tree, in (0, 1].</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>Share of the rows drawn for each tree, in (0, 1].</summary>
    public double BaggingFraction { get; init; } = 1;

    /// <summary>Most bins of a feature, in [2, 65535].</summary>
    public int MaxBin { get; init; } = 255;

    /// <summary>Smoothing of category statistics: with LightGBM's default of 10 categories of a hundred levels overfit.</summary>
    public double CatSmooth { get; init; } = 50;

    /// <summary>Extra L2 penalty on categorical splits.</summary>
    public double CatL2 { get; init; } = 50;

    /// <summary>Most categories on one side of a categorical split. At least 1.</summary>
    public int MaxCatThreshold { get; init; } = 16;

    /// <summary>Fewest rows on each side of a split by a set of categories, and fewest that a category adds. At least 1.</summary>
    public int MinDataPerGroup { get; init; } = 100;

    /// <summary>Of columns with at most so many categories (with one for missing) one is split off at a time, by the ordinary penalty. At least 1.</summary>
    public int MaxCatToOneHot { get; init; } = 4;

    /// <summary>Seed of the row and feature draws. Not negative.</summary>
    public int Seed { get; init; }

    /// <summary>What is predicted: decides the objective.</summary>
    public TargetKind Target { get; init; } = TargetKind.Probability;

    /// <summary>The caller's loss; null for LightGBM's own.</summary>
    public IBoostingLoss? Loss { get; init; }

    /// <summary>Per column 1 where predictions must not fall when its value rises, −1 where they must not rise, else 0; empty when no column is bound.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];

    /// <summary>Where the bin boundaries of a fold come from.</summary>
    public FoldBinning Binning { get; init; } = FoldBinning.PerFold;

    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range; the message names it.</exception>
    public void Validate()
    {
        AtLeast(MaxRounds, 1, nameof(MaxRounds));
        AtLeast(Patience, 1, nameof(Patience));
        Require(Interval >= 1 && Interval <= Patience, Interval, "at least 1 and at most the patience", nameof(Interval));
        AtLeast(MinDataInLeaf, 1, nameof(MinDataInLeaf));
        AtLeast(MaxCatThreshold, 1, nameof(MaxCatThreshold));
        AtLeast(MinDataPerGroup, 1, nameof(MinDataPerGroup));
        AtLeast(MaxCatToOneHot, 1, nameof(MaxCatToOneHot));
        AtLeast(Seed, 0, nameof(Seed));
        Require(Leaves is >= 2 and <= 131072, Leaves, "in [2, 131072]", nameof(Leaves));
        Require(MaxBin is >= 2 and <= 65535, MaxBin, "in [2, 65535]", nameof(MaxBin));
        Share(LearningRate, nameof(LearningRate));
        Share(FeatureFraction, nameof(FeatureFraction));
        Share(BaggingFraction, nameof(BaggingFraction));
        NotNegative(Lambda, nameof(Lambda));
        NotNegative(MinHessianInLeaf, nameof(MinHessianInLeaf));
        NotNegative(CatSmooth, nameof(CatSmooth));
        NotNegative(CatL2, nameof(CatL2));
    }

    private static void AtLeast(int value, int least, string name) =>
        Require(value >= least, value, string.Create(CultureInfo.InvariantCulture, $"at least {least}"), name);

    private static void Share(double value, string name) => Require(value is > 0 and <= 1, value, "in (0, 1]", name);

    private static void NotNegative(double value, string name) =>
        Require(value >= 0 && double.IsFinite(value), value, "finite and not negative", name);

    private static void Require(bool holds, IFormattable value, string range, string name)
    {
        if (!holds)
        {
            string got = value.ToString(null, CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(name, $"{name} must be {range}. Got {got}. Set a value in that range.");
        }
    }
}
