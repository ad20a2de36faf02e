using System.Globalization;

namespace MlSystemDesign.Leakage;

/// <summary>How much a <see cref="LeakageGuard"/> samples, and when it becomes suspicious.</summary>
public sealed class LeakageGuardOptions
{
    /// <summary>Gets or sets at how many cutoffs the future is poisoned; spread over all cutoffs.</summary>
    /// <value>A count in [1, 1000]. The default is 6. Each costs four to eight builds of the sampled rows.</value>
    public int MaximumCutoffs { get; set; } = 6;

    /// <summary>Gets or sets how many observations are rebuilt per cutoff.</summary>
    /// <value>A count in [1, 100 000]. The default is 50.</value>
    public int ObservationsPerCutoff { get; set; } = 50;

    /// <summary>Gets or sets the area under the ROC curve of one column alone from which it is suspicious.</summary>
    /// <value>An area in (0.5, 1]; the direction of the column does not matter. The default is 0.95: honest behaviour rarely tells that much by itself.</value>
    public double SuspiciousAuc { get; set; } = 0.95;

    /// <summary>Checks all values.</summary>
    /// <exception cref="PlanException">A value is outside its range; every fault is named.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(faults, MaximumCutoffs is >= 1 and <= 1000, nameof(MaximumCutoffs), "in [1, 1000]", MaximumCutoffs, "6");
        Require(faults, ObservationsPerCutoff is >= 1 and <= 100_000, nameof(ObservationsPerCutoff), "in [1, 100000]", ObservationsPerCutoff, "50");
        Require(faults, SuspiciousAuc is > 0.5 and <= 1, nameof(SuspiciousAuc), "in (0.5, 1]", SuspiciousAuc, "0.95");
        if (faults.Count > 0)
        {
            throw new PlanException("Leakage guard options", faults);
        }
    }

    private static void Require(List<string> faults, bool valid, string name, string range, double value, string usual)
    {
        if (!valid)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} must be {range}. Got {value:R}. Use {usual} unless you know better."));
        }
    }
}
