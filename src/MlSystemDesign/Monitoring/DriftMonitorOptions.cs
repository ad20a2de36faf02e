using System.Globalization;

namespace MlSystemDesign.Monitoring;

/// <summary>When a <see cref="DriftMonitor"/> calls a change real, and when it calls it material.</summary>
/// <remarks>A change is real when its test stays significant after correction for all tests of the run; a real change is material when an effect reaches its
/// floor. The floors do not depend on the number of rows; the tests do.</remarks>
public sealed class DriftMonitorOptions
{
    /// <summary>Gets or sets the false discovery rate of one run, over all columns and tests. When nothing changed at all, it is also the share of runs
    /// that report any change.</summary>
    /// <value>A rate in (0, 0.5]. The default is 0.01: with one look a day, at most some four days a year on which chance alone reports a change.</value>
    public double FalseDiscoveryRate { get; set; } = 0.01;

    /// <summary>Gets or sets the correction for many tests.</summary>
    /// <value>The default is <see cref="FalseDiscoveryControl.BenjaminiYekutieli"/>, which needs no assumption on how the columns depend.</value>
    public FalseDiscoveryControl Correction { get; set; } = FalseDiscoveryControl.BenjaminiYekutieli;

    /// <summary>Gets or sets the Kolmogorov-Smirnov distance from which a real change of a number column is material. Attributions must also reach
    /// <see cref="AttributionFloor"/>.</summary>
    /// <value>A distance in [0.01, 1]. The default is 0.1: some tenth of the rows lies elsewhere.</value>
    public double KolmogorovSmirnovFloor { get; set; } = 0.1;

    /// <summary>Gets or sets the population stability index from which a real change is material, when it is also above what chance explains.</summary>
    /// <value>An index in [0.01, 10]. The default is 0.2, the usual mark of a major shift.</value>
    public double PsiFloor { get; set; } = 0.2;

    /// <summary>Gets or sets the Cramér's V from which a real change of a category column is material.</summary>
    /// <value>A value in [0.01, 1]. The default is 0.1.</value>
    public double CramersVFloor { get; set; } = 0.1;

    /// <summary>Gets or sets the change in the share of missing values from which it is material.</summary>
    /// <value>A difference of shares in [0.001, 1]. The default is 0.05.</value>
    public double MissingShareFloor { get; set; } = 0.05;

    /// <summary>Gets or sets the change of a feature's mean |SHAP| or mean SHAP, or the Wasserstein distance of its attributions, from which a real change of them is material: as a share of all
    /// features' mean |SHAP| together in the reference. Used when attributions are compared, not by <see cref="DriftMonitor"/>.</summary>
    /// <value>A share in [0.001, 1]. The default is 0.05.</value>
    public double AttributionFloor { get; set; } = 0.05;

    /// <summary>Gets or sets how many rows each side must have; below, nothing is computed. A distribution needs as many present values.</summary>
    /// <value>A count in [20, 1 000 000]. The default is 30.</value>
    public int MinimumRows { get; set; } = 30;

    /// <summary>Gets or sets how many distinct values of a number column are kept exactly; a column with more is kept as that many quantiles.</summary>
    /// <value>A count in [256, 65 536]. The default is 4096, which bounds what the quantiles hide of a Kolmogorov-Smirnov distance by about 0.0003.</value>
    public int MaximumPoints { get; set; } = 4096;

    /// <summary>Gets or sets the number of distinct levels per present reference row above which a category column is taken for an identifier and refused.</summary>
    /// <value>A share in (0, 1]. The default is 0.5. Columns with at most 20 levels are never refused.</value>
    public double IdentifierShare { get; set; } = 0.5;

    /// <summary>Gets or sets the columns that are not watched, such as an identifier or a calendar feature that must change.</summary>
    /// <value>Column names, compared ordinally. The default is none.</value>
    public IReadOnlyCollection<string> IgnoredColumns { get; set; } = [];

    /// <summary>Checks all values.</summary>
    /// <exception cref="PlanException">A value is outside its range; every fault is named.</exception>
    public void Validate()
    {
        List<string> faults = [];
        Require(faults, FalseDiscoveryRate > 0 && FalseDiscoveryRate <= 0.5, nameof(FalseDiscoveryRate), "in (0, 0.5]", FalseDiscoveryRate, "0.01");
        Require(faults, Enum.IsDefined(Correction), nameof(Correction), "a defined procedure", (double)Correction, "BenjaminiYekutieli");
        Require(faults, KolmogorovSmirnovFloor is >= 0.01 and <= 1, nameof(KolmogorovSmirnovFloor), "in [0.01, 1]", KolmogorovSmirnovFloor, "0.1");
        Require(faults, PsiFloor is >= 0.01 and <= 10, nameof(PsiFloor), "in [0.01, 10]", PsiFloor, "0.2");
        Require(faults, CramersVFloor is >= 0.01 and <= 1, nameof(CramersVFloor), "in [0.01, 1]", CramersVFloor, "0.1");
        Require(faults, MissingShareFloor is >= 0.001 and <= 1, nameof(MissingShareFloor), "in [0.001, 1]", MissingShareFloor, "0.05");
        Require(faults, AttributionFloor is >= 0.001 and <= 1, nameof(AttributionFloor), "in [0.001, 1]", AttributionFloor, "0.05");
        Require(faults, MinimumRows is >= 20 and <= 1_000_000, nameof(MinimumRows), "in [20, 1000000]", MinimumRows, "30");
        Require(faults, MaximumPoints is >= 256 and <= 65_536, nameof(MaximumPoints), "in [256, 65536]", MaximumPoints, "4096");
        Require(faults, IdentifierShare is > 0 and <= 1, nameof(IdentifierShare), "in (0, 1]", IdentifierShare, "0.5");
        if (IgnoredColumns is null)
        {
            faults.Add("IgnoredColumns must be a collection. Got null. Leave it empty to watch every column.");
        }

        if (faults.Count > 0)
        {
            throw new PlanException("Drift monitor options", faults);
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
