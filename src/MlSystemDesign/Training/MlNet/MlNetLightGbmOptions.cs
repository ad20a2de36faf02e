namespace MlSystemDesign.Training.MlNet;

/// <summary>Settings of <see cref="MlNetLightGbmTrainer"/>. Each is given to ML.NET, so that none of its own defaults, which move with the number of rows, applies. Only <see cref="CategorySmoothing"/> looks at that number, where it is left open.</summary>
public sealed record MlNetLightGbmOptions
{
    /// <summary>Gets the most rounds (trees), all of which are grown in each fold. The number used is the round with the least mean loss over the out-of-fold rows of all folds.</summary>
    /// <value>At least 1. The default is 200.</value>
    public int MaxRounds { get; init; } = 200;

    /// <summary>Gets the share of each tree's correction that is used.</summary>
    /// <value>In (0, 1]. The default is 0.05.</value>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Gets the most leaves of a tree.</summary>
    /// <value>In [2, 131072]. The default is 15.</value>
    public int Leaves { get; init; } = 15;

    /// <summary>Gets the fewest training rows of a leaf.</summary>
    /// <value>At least 1. The default is 50.</value>
    public int MinDataInLeaf { get; init; } = 50;

    /// <summary>Gets the share of the columns drawn for each tree.</summary>
    /// <value>In (0, 1]. The default is 0.8.</value>
    public double FeatureFraction { get; init; } = 0.8;

    /// <summary>Gets the L2 penalty on leaf values, for rows that weigh 1 on average.</summary>
    /// <value>At least 0. The default is 1.</value>
    public double L2 { get; init; } = 1;

    /// <summary>Gets the most bins that the values of a column are sorted into before training.</summary>
    /// <value>In [2, 65535]. The default is 255.</value>
    public int MaxBins { get; init; } = 255;

    /// <summary>Gets whether a split may part the levels of a category into two sets; otherwise it parts one level from the others. ML.NET itself decides by whether there are more than 50,000 rows.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CategoricalSplits { get; init; } = true;

    /// <summary>Gets the pseudo-count that smooths the statistics of a category, and the extra L2 penalty on splits by sets of levels.</summary>
    /// <value>At least 0. The default, <see langword="null"/>, is a four-hundredth of the training rows, within [10, 50], as with <see cref="LightGbmOptions.CategorySmoothing"/>. The folds use the number that all rows give.</value>
    public double? CategorySmoothing { get; init; }

    /// <summary>Gets how log-odds become probabilities; values are not calibrated.</summary>
    /// <value>The default is <see cref="CalibrationMethod.Platt"/>.</value>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    internal void Validate()
    {
        const string owner = nameof(MlNetLightGbmTrainer);
        OptionRange.AtLeast(MaxRounds, 1, nameof(MaxRounds), owner);
        OptionRange.AtLeast(MinDataInLeaf, 1, nameof(MinDataInLeaf), owner);
        OptionRange.In(Leaves, 2, 131072, nameof(Leaves), owner);
        OptionRange.In(MaxBins, 2, 65535, nameof(MaxBins), owner);
        OptionRange.InLeftOpen(LearningRate, 0, 1, nameof(LearningRate), owner);
        OptionRange.InLeftOpen(FeatureFraction, 0, 1, nameof(FeatureFraction), owner);
        OptionRange.In(L2, 0, double.MaxValue, nameof(L2), owner);
        OptionRange.In(CategorySmoothing ?? 0, 0, double.MaxValue, nameof(CategorySmoothing), owner);
        OptionRange.Known(Calibration, nameof(Calibration), owner);
    }
}
