namespace MlSystemDesign;

/// <summary>What the host can do to an entity because of a decision: a call, a voucher.</summary>
public sealed record Intervention
{
    /// <summary>Gets the name, unique within the case.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the cost per contacted entity; not negative.</summary>
    public required Money Cost { get; init; }

    /// <summary>Gets the mean effect and how sure it is.</summary>
    public required EffectEstimate Effect { get; init; }

    /// <summary>Gets how long it takes from the decision until the entity can be reached. Zero by default; must fit in the frame's lead time.</summary>
    public TimeSpan LeadTime { get; init; }

    /// <summary>Gets how many entities can get it per decision run; <see langword="null"/> means no limit of its own.</summary>
    public int? Capacity { get; init; }

    /// <summary>Gets the rules that an entity must pass, all of them, to get it. None by default.</summary>
    public IReadOnlyList<EligibilityRule> Eligibility { get; init; } = [];
}
