using MlSystemDesign.Training.LightGbm;

namespace MlSystemDesign.Training;

/// <summary>Settings of <see cref="LightGbmTrainer"/>. The defaults suit some hundreds to some ten thousands of rows. Only <see cref="Leaves"/> and <see cref="CategorySmoothing"/> look at the number of rows, where they are left open.</summary>
public sealed record LightGbmOptions
{
    /// <summary>Gets the most rounds (trees). The number used is the round with the best mean over the folds of what <see cref="EarlyStoppingMetric"/> says, by default the least loss of the rows that they hold out.</summary>
    /// <value>At least 1. The default is 400.</value>
    public int MaxRounds { get; init; } = 400;

    /// <summary>Gets how many rounds without a better mean end the search.</summary>
    /// <value>At least 1. The default is 30.</value>
    public int EarlyStoppingRounds { get; init; } = 30;

    /// <summary>Gets the loss that the trees are grown by.</summary>
    /// <value>The default is <see langword="null"/>: log loss for probabilities, squared error for values.</value>
    public IBoostingLoss? Loss { get; init; }

    /// <summary>Gets what decides the number of rounds.</summary>
    /// <value>The default is <see cref="EarlyStoppingMetric.Loss"/>.</value>
    public EarlyStoppingMetric EarlyStoppingMetric { get; init; }

    /// <summary>Gets after every how many rounds the held-out rows are measured; only these rounds, and the last one, can be chosen. Raise it where the objective is slow.</summary>
    /// <value>In [1, <see cref="EarlyStoppingRounds"/>]. The default is 1.</value>
    public int EarlyStoppingInterval { get; init; } = 1;

    /// <summary>Gets the share of each tree's correction that is used.</summary>
    /// <value>In (0, 1]. The default is 0.05.</value>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Gets the most leaves of a tree.</summary>
    /// <value>In [2, 131072]. The default, <see langword="null"/>, is a four-hundredth of the training rows, within [6, 15]: six leaves to 2,799 rows, fifteen from 6,000. On few rows larger trees learn what is true of
    /// these rows only. The folds use the number that all rows give.</value>
    public int? Leaves { get; init; }

    /// <summary>Gets the fewest training rows of a leaf, and of each side of a split by several categories, among the rows that are drawn for the tree (<see cref="BaggingFraction"/>).</summary>
    /// <value>At least 1. The default is 40, which is 50 of all rows where 0.8 of them are drawn.</value>
    public int MinDataInLeaf { get; init; } = 40;

    /// <summary>Gets the share of the columns drawn for each tree.</summary>
    /// <value>In (0, 1]. The default is 0.8.</value>
    public double FeatureFraction { get; init; } = 0.8;

    /// <summary>Gets the share of the rows drawn for each tree, without replacement. Trees of other rows each make other mistakes (Friedman, Stochastic Gradient Boosting, 2002).</summary>
    /// <value>In (0, 1]. The default is 0.8; 1 is all of them.</value>
    public double BaggingFraction { get; init; } = 0.8;

    /// <summary>Gets the L2 penalty on leaf values, for rows that weigh 1 on average.</summary>
    /// <value>At least 0. The default is 1.</value>
    public double L2 { get; init; } = 1;

    /// <summary>Gets the most bins that the values of a column are sorted into before training.</summary>
    /// <value>In [2, 65535]. The default is 255.</value>
    public int MaxBins { get; init; } = 255;

    /// <summary>Gets where the bin boundaries of each fold come from. On <see cref="FoldBinning.Shared"/> folds differ from strict ones by their bins, and by the columns drawn where a column is constant but for the rows of a fold; the model on all rows differs only by
    /// the number of rounds, where that comes out differently.</summary>
    /// <value>The default is <see cref="FoldBinning.PerFold"/>: out-of-fold predictions owe nothing to the rows predicted.</value>
    public FoldBinning Binning { get; init; }

    /// <summary>Gets the pseudo-count that smooths the statistics of a category, and the extra L2 penalty on splits by category.</summary>
    /// <value>At least 0. The default, <see langword="null"/>, is a four-hundredth of the training rows, within [10, 50]: LightGBM leaves categories with fewer rows than this out of a split, so that 50 of 1,000 rows
    /// leave little to split by, while its own 10 overfits categories of a hundred levels on tens of thousands of rows. The folds use the number that all rows give.</value>
    public double? CategorySmoothing { get; init; }

    /// <summary>Gets the number columns along which predictions may move one way only, by name: what an expert knows, or a regulator asks for.</summary>
    /// <value>The default is empty. A missing value is outside of the order. A name that is no number column of the rows is refused at training.</value>
    public IReadOnlyDictionary<string, MonotoneDirection> Monotone { get; init; } = new Dictionary<string, MonotoneDirection>();

    /// <summary>Gets how log-odds become probabilities; values are not calibrated.</summary>
    /// <value>The default is <see cref="CalibrationMethod.Platt"/>.</value>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    internal void Validate()
    {
        const string owner = nameof(LightGbmTrainer);
        OptionRange.AtLeast(MaxRounds, 1, nameof(MaxRounds), owner);
        OptionRange.AtLeast(EarlyStoppingRounds, 1, nameof(EarlyStoppingRounds), owner);
        OptionRange.In(EarlyStoppingInterval, 1, EarlyStoppingRounds, nameof(EarlyStoppingInterval), owner);
        OptionRange.Known(EarlyStoppingMetric, nameof(EarlyStoppingMetric), owner);
        OptionRange.Known(Binning, nameof(Binning), owner);
        OptionRange.AtLeast(MinDataInLeaf, 1, nameof(MinDataInLeaf), owner);
        OptionRange.In(Leaves ?? 2, 2, 131072, nameof(Leaves), owner);
        OptionRange.In(MaxBins, 2, 65535, nameof(MaxBins), owner);
        OptionRange.InLeftOpen(LearningRate, 0, 1, nameof(LearningRate), owner);
        OptionRange.InLeftOpen(FeatureFraction, 0, 1, nameof(FeatureFraction), owner);
        OptionRange.InLeftOpen(BaggingFraction, 0, 1, nameof(BaggingFraction), owner);
        OptionRange.In(L2, 0, double.MaxValue, nameof(L2), owner);
        OptionRange.In(CategorySmoothing ?? 0, 0, double.MaxValue, nameof(CategorySmoothing), owner);
        if (Monotone is null || Monotone.Values.Any(direction => !Enum.IsDefined(direction)))
        {
            throw new ArgumentOutOfRangeException(nameof(Monotone), $"{nameof(Monotone)} of {owner} must give each column a known direction. Got {(Monotone is null ? "null" : "another value")}. Use Increasing or Decreasing.");
        }
    }

    /// <exception cref="TrainingException">A monotone column is not a number column of the rows.</exception>
    internal BoostingOptions ToBoosting(int seed, FeatureSchema schema, int rows) => new()
    {
        Loss = Loss,
        Monotone = Directions(schema),
        MaxRounds = MaxRounds,
        Patience = EarlyStoppingRounds,
        Interval = EarlyStoppingInterval,
        LearningRate = LearningRate,
        Leaves = LeavesRule.Of(Leaves, rows),
        MinDataInLeaf = MinDataInLeaf,
        FeatureFraction = FeatureFraction,
        BaggingFraction = BaggingFraction,
        Lambda = L2,
        MaxBin = MaxBins,
        Binning = Binning,
        CatSmooth = CategorySmoothingRule.Of(CategorySmoothing, rows),
        CatL2 = CategorySmoothingRule.Of(CategorySmoothing, rows),
        MinDataPerGroup = MinDataInLeaf,

        // LightGBM takes no negative seed.
        Seed = seed & int.MaxValue,
    };

    private int[] Directions(FeatureSchema schema)
    {
        int[] directions = new int[Monotone.Count == 0 ? 0 : schema.Count];
        foreach ((string column, MonotoneDirection direction) in Monotone)
        {
            int at = schema.IndexOf(column);
            if (at < 0 || schema[at].Kind != ColumnKind.Number)
            {
                throw new TrainingException(
                    $"A monotone column must be a number column of the rows. Got '{column}'. Use one of: {string.Join(", ", schema.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name))}.");
            }

            directions[at] = direction == MonotoneDirection.Increasing ? 1 : -1;
        }

        return directions;
    }
}
