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

    /// <summary>Beta calibration: a curve of three numbers that bends its two ends apart.</summary>
    Beta,

    /// <summary>Temperature scaling: one number that tames or sharpens all log-odds.</summary>
    Temperature,

    /// <summary>The method with the least out-of-fold log loss; of equal ones the one of fewer numbers. Chosen anew for each fold without its rows.</summary>
    Auto,
}
