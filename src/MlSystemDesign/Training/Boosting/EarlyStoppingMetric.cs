namespace MlSystemDesign.Training;

/// <summary>What decides the number of rounds of boosting, measured on the rows that each fold holds out.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The loss that the trees are grown by: log loss for probabilities, squared error for values, or a loss of one's own. It is smooth, so that its best round is least a matter of chance.</summary>
    Loss,

    /// <summary>The objective of the <see cref="TrainingContext"/>, by its direction: AUC, F1, value at capacity. A fold without both classes, or without values of outcomes, may leave it undefined.</summary>
    Objective,
}
