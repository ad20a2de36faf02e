namespace MlSystemDesign.Training;

/// <summary>How a prediction follows from the margin, the sum over all trees. A saved model carries this kind, and none of the loss's code.</summary>
public enum ScoreLink
{
    /// <summary>Prediction = margin: values of either sign.</summary>
    Identity,

    /// <summary>Prediction = 1 / (1 + exp(−margin)): probabilities, which the trainer then calibrates.</summary>
    Logit,

    /// <summary>Prediction = exp(margin): values above zero, such as amounts and counts.</summary>
    Log,
}
