namespace ChurnRetention.Simulation;

/// <summary>The hidden truth of a simulated world: exact churn probabilities, effects and values in money.</summary>
/// <remarks>Immutable and safe for concurrent use. Customers are named by their index in <see cref="SimulatedWorld.Customers"/>.</remarks>
public sealed class Truth
{
    private readonly IReadOnlyList<HiddenCustomer> _customers;
    private readonly Dictionary<string, int> _index;

    internal Truth(IReadOnlyList<HiddenCustomer> customers)
    {
        _customers = customers;
        _index = new Dictionary<string, int>(customers.Count, StringComparer.Ordinal);
        for (int i = 0; i < customers.Count; i++)
        {
            _index.Add(customers[i].Profile.Id, i);
        }
    }

    /// <summary>The index of a customer.</summary>
    /// <exception cref="KeyNotFoundException">No such customer.</exception>
    public int IndexOf(string customerId) => _index[customerId];

    /// <summary>Joined before the cutoff and not cancelled before it.</summary>
    public bool IsAtRisk(int customer, DateTimeOffset cutoff) => _customers[customer].IsAtRisk(cutoff.UtcTicks);

    /// <summary>The indexes of all customers at risk at the cutoff, ascending.</summary>
    public IReadOnlyList<int> AtRisk(DateTimeOffset cutoff) =>
        [.. Enumerable.Range(0, _customers.Count).Where(i => IsAtRisk(i, cutoff))];

    /// <summary>P(cancel in [cutoff + lead, cutoff + lead + horizon) | hidden state at the cutoff, not cancelled before it).</summary>
    /// <exception cref="ArgumentException">The customer is not at risk at the cutoff, or the cutoff is after now.</exception>
    public double ChurnProbability(int customer, DateTimeOffset cutoff, TimeSpan lead, TimeSpan horizon) =>
        AtRiskCustomer(customer, cutoff).ChurnProbability(cutoff.UtcTicks, lead, horizon);

    /// <summary>The same with the constants' lead time and horizon.</summary>
    public double ChurnProbability(int customer, DateTimeOffset cutoff) =>
        ChurnProbability(customer, cutoff, SimulatorConstants.LeadTime, SimulatorConstants.Horizon);

    /// <summary>The rate of cancelling at the cutoff, per day.</summary>
    /// <exception cref="ArgumentException">As for <see cref="ChurnProbability(int, DateTimeOffset)"/>.</exception>
    public double Hazard(int customer, DateTimeOffset cutoff)
    {
        HiddenCustomer hidden = AtRiskCustomer(customer, cutoff);
        return hidden.Rates.Hazard(hidden.Path.StateBefore(cutoff.UtcTicks));
    }

    /// <summary>Relative reduction of the churn probability when contacted; negative when contact harms.</summary>
    public double Effect(int customer, ContactAction action) => _customers[customer].Effects[(int)action];

    /// <summary>EUR that a contact at the cutoff is truly expected to keep: (p − p treated) × value kept − cost.</summary>
    /// <remarks>Equal to p·e·value − cost unless p (1 − e) exceeds 1.</remarks>
    /// <exception cref="ArgumentException">As for <see cref="ChurnProbability(int, DateTimeOffset)"/>.</exception>
    public double IncrementalValue(int customer, ContactAction action, DateTimeOffset cutoff, TimeSpan lead, TimeSpan horizon)
    {
        double p = ChurnProbability(customer, cutoff, lead, horizon);
        HiddenCustomer hidden = _customers[customer];
        double prevented = p - hidden.TreatedProbability(p, action);
        return (prevented * (double)hidden.Profile.ValueKept) - (double)SimulatorConstants.ContactCost[(int)action];
    }

    /// <summary>The same with the constants' lead time and horizon.</summary>
    public double IncrementalValue(int customer, ContactAction action, DateTimeOffset cutoff) =>
        IncrementalValue(customer, action, cutoff, SimulatorConstants.LeadTime, SimulatorConstants.Horizon);

    /// <summary>EUR that a whole plan, carried out at the cutoff, is truly expected to keep, costs taken off.</summary>
    public double TrueValue(ContactPlan plan, DateTimeOffset cutoff)
    {
        ArgumentNullException.ThrowIfNull(plan);
        double total = 0;
        foreach (Contact contact in plan.Contacts)
        {
            total += IncrementalValue(contact.Customer, contact.Action, cutoff);
        }

        return total;
    }

    private HiddenCustomer AtRiskCustomer(int customer, DateTimeOffset cutoff)
    {
        if (cutoff > SimulatorConstants.Now || !IsAtRisk(customer, cutoff))
        {
            throw new ArgumentException(
                "The customer must be at risk at a cutoff that is not after now. "
                + $"Got customer {_customers[customer].Profile.Id} and cutoff {cutoff:O}. Take customers from AtRisk(cutoff).",
                nameof(customer));
        }

        return _customers[customer];
    }
}
