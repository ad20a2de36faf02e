namespace MlSystemDesign.Training;

/// <summary>Which way a prediction may move when a column rises and all others stay.</summary>
public enum MonotoneDirection
{
    /// <summary>It never falls.</summary>
    Increasing,

    /// <summary>It never rises.</summary>
    Decreasing,
}
