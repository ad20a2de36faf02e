namespace MlSystemDesign.Monitoring;

/// <summary>How the p-values of many tests are corrected for being many.</summary>
public enum FalseDiscoveryControl
{
    /// <summary>Benjamini and Yekutieli: holds whatever the dependence between the columns. The default: features of one plan always depend on each other.</summary>
    BenjaminiYekutieli,

    /// <summary>Benjamini and Hochberg: finds more, and promises the rate for independent or positively dependent tests.</summary>
    BenjaminiHochberg,
}
