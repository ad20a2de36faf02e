using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>Settings that the libraries share, with the defaults of their trainers; trees are small.</summary>
internal sealed record BoosterSettings
{
    public int MaxRounds { get; init; } = 400;

    public int EarlyStoppingRounds { get; init; } = 30;

    public int EarlyStoppingInterval { get; init; } = 1;

    public EarlyStoppingMetric Metric { get; init; }

    public double LearningRate { get; init; } = 0.05;

    public IBoostingLoss? Loss { get; init; }

    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    /// <summary>Gets whether rows and columns are drawn for each tree.</summary>
    public bool Draws { get; init; }
}
