using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Settings of <see cref="LogisticTrainer"/>.</summary>
public sealed record LogisticOptions
{
    /// <summary>Gets the penalties λ to choose from, by the objective on out-of-fold rows; of equal ones the largest.</summary>
    /// <value>At least one, each positive and finite. λ counts half the sum of the squared coefficients against the summed log loss of rows that weigh 1
    /// on average: λ = 1/C of scikit-learn. The default is 0.1, 1, 10 and 100. The intercept bears no penalty.</value>
    public IReadOnlyList<double> Penalties { get; init; } = [0.1, 1, 10, 100];

    /// <summary>Gets the share α of the penalty that goes by absolute size (L1), which sets coefficients that earn little to exactly 0; the rest goes by squares (L2).</summary>
    /// <value>In [0, 1]. The default is 0: ridge, whose coefficients have standard errors. 1 is the lasso. The penalty is λ·(α·Σ|β| + (1 − α)/2·Σβ²).</value>
    public double L1Share { get; init; }

    /// <summary>Gets how log-odds become probabilities.</summary>
    /// <value>The default is <see cref="CalibrationMethod.Platt"/>, which also undoes the shrinkage by the penalty.</value>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    internal void Validate()
    {
        if (Penalties is not { Count: > 0 } || !Penalties.All(p => p > 0 && double.IsFinite(p)))
        {
            string got = Penalties is null ? "null" : string.Join(", ", Penalties.Select(p => p.ToString(CultureInfo.InvariantCulture)));
            throw new ArgumentOutOfRangeException(
                nameof(Penalties), $"{nameof(Penalties)} of {nameof(LogisticTrainer)} must be at least one positive, finite number. Got '{got}'. Pass 1 if in doubt.");
        }

        OptionRange.In(L1Share, 0, 1, nameof(L1Share), nameof(LogisticTrainer));
        OptionRange.Known(Calibration, nameof(Calibration), nameof(LogisticTrainer));
    }
}
