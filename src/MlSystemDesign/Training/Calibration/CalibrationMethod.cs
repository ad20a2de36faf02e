namespace MlSystemDesign.Training;

/// <summary>How a trainer turns log-odds into probabilities.</summary>
public enum CalibrationMethod
{
    /// <summary>Platt scaling: a logistic curve with its own slope and intercept. Two numbers, so safe on few rows.</summary>
    Platt,

    /// <summary>Isotonic regression: any non-decreasing curve. Wants a thousand rows or more; makes ties.</summary>
    Isotonic,

    /// <summary>The plain logistic curve: the log-odds are taken as they are.</summary>
    Sigmoid,
}
