namespace MlSystemDesign.Lifecycle;

/// <summary>What happened to a part, or to a value inside it, between two artifacts.</summary>
public enum ArtifactChangeKind
{
    /// <summary>Only the later artifact has it.</summary>
    Added,

    /// <summary>Only the earlier artifact has it.</summary>
    Removed,

    /// <summary>Both have it, and it differs.</summary>
    Changed,
}

/// <summary>One difference between two artifacts.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Part">The path of the part, such as "system/model/predictor".</param>
/// <param name="Value">The place inside the part's JSON, such as "coefficients[2]"; empty for the part as a whole.</param>
/// <param name="Before">What it was, in words; empty when it was added.</param>
/// <param name="After">What it is, in words; empty when it was removed.</param>
public sealed record ArtifactChange(ArtifactChangeKind Kind, string Part, string Value, string Before, string After)
{
    /// <summary>Returns it in a line, such as <c>~ system/model: facts.rounds: 121 → 133</c>; + is added, - removed, ~ changed.</summary>
    public override string ToString()
    {
        string place = Value.Length == 0 ? Part : $"{Part}: {Value}";
        return Kind switch
        {
            ArtifactChangeKind.Added => $"+ {place}: {After}",
            ArtifactChangeKind.Removed => $"- {place}: {Before}",
            _ => $"~ {place}: {Before} → {After}",
        };
    }
}
