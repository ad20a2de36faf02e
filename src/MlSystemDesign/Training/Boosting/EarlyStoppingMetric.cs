namespace MlSystemDesign.Training;

/// <summary>What decides the number of rounds of boosting, measured on the rows that each fold holds out.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The loss that the trees are grown by: log loss for probabilities, squared error for values, or a loss of one's own. It is smooth, so that its best round is least a matter of chance.</summary>
    Loss,

    /// <summary>The objective of the <see cref="TrainingContext"/>, by its direction: AUC, F1, value at capacity.</summary>
    /// <remarks>
    /// <para>A fold without both classes, or without values of outcomes, may leave it undefined; such a round is not chosen, and the training remarks on it. As long as it is the same after each round, as F1 is
    /// until a first row crosses its threshold, the loss leads in its place; where one of those rounds is taken, the training remarks on that too.</para>
    /// <para>It is measured on what the training would report after that round: probabilities calibrated by the trainer's method (of <see cref="CalibrationMethod.Auto"/> by Platt's), each fold by the others, so that a threshold, a
    /// value or a cost means the same there as in the result. AUC only ranks and goes without. Each costs about seven passes over the rows; <see cref="LightGbmOptions.EarlyStoppingInterval"/> spaces them out.</para>
    /// </remarks>
    Objective,
}
