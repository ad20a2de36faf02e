using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign;

/// <summary>What success is, in money: the one definition that tuning, threshold, allocation, experiment, monitor and report share.</summary>
public sealed record Kpi
{
    /// <summary>Creates a KPI.</summary>
    /// <param name="name">What it is called in reports, such as "margin kept".</param>
    /// <param name="value">What one outcome is worth.</param>
    public Kpi(string name, OutcomeValue value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = name;
        Value = value;
    }

    /// <summary>Gets what it is called in reports.</summary>
    public string Name { get; }

    /// <summary>Gets what one outcome is worth.</summary>
    public OutcomeValue Value { get; }

    /// <summary>Gets the currency.</summary>
    public Currency Currency => Value.Currency;

    /// <summary>Gets a stable hash of the definition (the first 16 hex digits of SHA-256): two numbers with different hashes must not be compared.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"kpi/1\n{Name}\n{Value}")))[..16];
}
