namespace MlSystemDesign;

/// <summary>What a model predicts.</summary>
public enum TargetKind
{
    /// <summary>The probability of a yes/no outcome; targets are 0 or 1.</summary>
    Probability,

    /// <summary>A number, such as a future spend; targets are finite.</summary>
    Value,
}
