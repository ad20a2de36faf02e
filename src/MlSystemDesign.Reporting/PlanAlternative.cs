namespace MlSystemDesign.Reporting;

/// <summary>A plan that could be followed instead, and what it is expected to bring, net of cost, against doing nothing.</summary>
public sealed record PlanAlternative
{
    private PlanAlternative(string name, Money? value, MoneyEstimate? estimate, string? unknownReason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Value = value;
        Estimate = estimate;
        UnknownReason = unknownReason;
    }

    /// <summary>Gets the name, such as "contact at random".</summary>
    public string Name { get; }

    /// <summary>Gets what it is expected to bring; <see langword="null"/> exactly when <see cref="UnknownReason"/> is set.</summary>
    public Money? Value { get; }

    /// <summary>Gets the value with its interval; <see langword="null"/> when the value is exact or unknown.</summary>
    public MoneyEstimate? Estimate { get; }

    /// <summary>Gets why there is no value; <see langword="null"/> when there is one.</summary>
    public string? UnknownReason { get; }

    /// <summary>Gets what it truly brings, where that is known: in data from a simulator.</summary>
    public Money? TrueValue { get; init; }

    /// <summary>Gets how many entities it contacts; <see langword="null"/> when not stated.</summary>
    public int? Contacts { get; init; }

    /// <summary>Gets a value indicating whether it is the plan that the report is about.</summary>
    public bool IsThisPlan { get; init; }

    /// <summary>A plan whose value is known with an interval.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="estimate">What it is expected to bring.</param>
    public static PlanAlternative Estimated(string name, MoneyEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return new PlanAlternative(name, estimate.Value, estimate, null);
    }

    /// <summary>A plan whose value is certain, such as 0 for doing nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it brings.</param>
    public static PlanAlternative Exact(string name, Money value) => new(name, value, null, null);

    /// <summary>A plan whose value could not be computed.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why, in words.</param>
    public static PlanAlternative Unknown(string name, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new PlanAlternative(name, null, null, reason);
    }
}
