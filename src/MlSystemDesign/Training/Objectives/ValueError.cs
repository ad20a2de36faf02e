namespace MlSystemDesign.Training;

/// <summary>How the miss of a predicted value counts.</summary>
public enum ValueError
{
    /// <summary>By its square: least at the mean.</summary>
    Squared,

    /// <summary>By its size: least at the median, and less moved by a few large values.</summary>
    Absolute,
}
