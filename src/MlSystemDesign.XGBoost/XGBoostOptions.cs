using MlSystemDesign.Training;

namespace MlSystemDesign.XGBoost;

/// <summary>Settings of <see cref="XGBoostTrainer"/>. The defaults suit some hundreds to some ten thousands of rows. No setting is changed by the number of rows.</summary>
public sealed record XGBoostOptions
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

    /// <summary>Gets the most splits between the root of a tree and a leaf.</summary>
    /// <value>In [1, 30]. The default is 4.</value>
    public int MaxDepth { get; init; } = 4;

    /// <summary>Gets the least sum of second derivatives of a leaf: of a probability p(1 − p) per row, of a value 1, for rows that weigh 1 on average; with a loss of one's own its second derivatives, scaled to these at the start.</summary>
    /// <value>At least 0. The default is 5.</value>
    public double MinChildWeight { get; init; } = 5;

    /// <summary>Gets the least gain for which a split is made.</summary>
    /// <value>At least 0. The default is 0.</value>
    public double MinSplitGain { get; init; }

    /// <summary>Gets the share of the columns drawn for each tree.</summary>
    /// <value>In (0, 1]. The default is 0.8.</value>
    public double ColumnFraction { get; init; } = 0.8;

    /// <summary>Gets the share of the rows drawn for each tree.</summary>
    /// <value>In (0, 1]. The default is 1: all of them.</value>
    public double RowFraction { get; init; } = 1;

    /// <summary>Gets the L2 penalty on leaf values, for rows that weigh 1 on average.</summary>
    /// <value>At least 0. The default is 1.</value>
    public double L2 { get; init; } = 1;

    /// <summary>Gets the L1 penalty on leaf values, for rows that weigh 1 on average.</summary>
    /// <value>At least 0. The default is 0.</value>
    public double L1 { get; init; }

    /// <summary>Gets the most bins that the values of a column are sorted into before training.</summary>
    /// <value>In [2, 65535]. The default is 256.</value>
    public int MaxBins { get; init; } = 256;

    /// <summary>Gets the most categories on one side of a split by category. Of columns with fewer than four categories one is split off at a time.</summary>
    /// <value>At least 1. The default is 16; XGBoost's own 64 overfits categories of a hundred levels.</value>
    public int MaxCategoriesPerSplit { get; init; } = 16;

    /// <summary>Gets how log-odds become probabilities; values are not calibrated.</summary>
    /// <value>The default is <see cref="CalibrationMethod.Platt"/>.</value>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    /// <summary>Gets the file of the native library.</summary>
    /// <value>The default is <see langword="null"/>: the file that the environment variable MLSYSTEMDESIGN_XGBOOST names, else the system's.</value>
    public string? LibraryPath { get; init; }

    internal void Validate()
    {
        const string owner = nameof(XGBoostTrainer);
        OptionRange.AtLeast(MaxRounds, 1, nameof(MaxRounds), owner);
        OptionRange.AtLeast(EarlyStoppingRounds, 1, nameof(EarlyStoppingRounds), owner);
        OptionRange.In(EarlyStoppingInterval, 1, EarlyStoppingRounds, nameof(EarlyStoppingInterval), owner);
        OptionRange.Known(EarlyStoppingMetric, nameof(EarlyStoppingMetric), owner);
        OptionRange.AtLeast(MaxCategoriesPerSplit, 1, nameof(MaxCategoriesPerSplit), owner);
        OptionRange.In(MaxDepth, 1, 30, nameof(MaxDepth), owner);
        OptionRange.In(MaxBins, 2, 65535, nameof(MaxBins), owner);
        OptionRange.InLeftOpen(LearningRate, 0, 1, nameof(LearningRate), owner);
        OptionRange.InLeftOpen(ColumnFraction, 0, 1, nameof(ColumnFraction), owner);
        OptionRange.InLeftOpen(RowFraction, 0, 1, nameof(RowFraction), owner);
        OptionRange.In(MinChildWeight, 0, double.MaxValue, nameof(MinChildWeight), owner);
        OptionRange.In(MinSplitGain, 0, double.MaxValue, nameof(MinSplitGain), owner);
        OptionRange.In(L1, 0, double.MaxValue, nameof(L1), owner);
        OptionRange.In(L2, 0, double.MaxValue, nameof(L2), owner);
    }
}
