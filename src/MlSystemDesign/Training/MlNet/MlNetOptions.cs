namespace MlSystemDesign.Training.MlNet;

/// <summary>Settings of <see cref="MlNetTrainer"/>.</summary>
public sealed record MlNetOptions
{
    /// <summary>Gets the L2 penalty, on the scale of <see cref="LogisticOptions.Penalties"/>.</summary>
    /// <value>At least 0. The default is 1.</value>
    public double L2 { get; init; } = 1;

    /// <summary>Gets the L1 penalty, on the same scale; above 0 it makes coefficients exactly 0.</summary>
    /// <value>At least 0. The default is 0; ML.NET's own is 1.</value>
    public double L1 { get; init; }

    /// <summary>Gets the relative change of the loss at which the search ends.</summary>
    /// <value>In (0, 0.1]. The default is 1e-7; ML.NET works in single precision.</value>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>Gets how log-odds become probabilities.</summary>
    /// <value>The default is <see cref="CalibrationMethod.Platt"/>.</value>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    internal void Validate()
    {
        OptionRange.In(L1, 0, float.MaxValue, nameof(L1), nameof(MlNetTrainer));
        OptionRange.In(L2, 0, float.MaxValue, nameof(L2), nameof(MlNetTrainer));
        OptionRange.InLeftOpen(Tolerance, 0, 0.1, nameof(Tolerance), nameof(MlNetTrainer));
        OptionRange.Known(Calibration, nameof(Calibration), nameof(MlNetTrainer));
    }
}
