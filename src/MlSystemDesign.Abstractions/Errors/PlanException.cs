namespace MlSystemDesign;

/// <summary>A declaration (business case, frame, feature plan) contradicts itself or the data. Names all faults at once.</summary>
public sealed class PlanException : MlSystemDesignException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="subject">What is faulty, as the user named it: "Feature plan", "Business case 'churn'".</param>
    /// <param name="faults">Every fault, each in three parts: what must hold, what came, what to do.</param>
    public PlanException(string subject, IReadOnlyList<string> faults)
        : base(Describe(subject, faults)) => Faults = faults;

    /// <summary>Gets every fault found, in the order of the declaration.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(string subject, IReadOnlyList<string> faults)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentNullException.ThrowIfNull(faults);
        return faults.Count == 1 ? $"{subject}: {faults[0]}" : $"{subject} has {faults.Count} faults: {string.Join(" ", faults.Select((f, i) => $"({i + 1}) {f}"))}";
    }
}
