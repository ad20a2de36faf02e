namespace ChurnRetention.Simulation;

/// <summary>The most that one round of contacts may cost and hold.</summary>
/// <param name="Budget">EUR, at least 0.</param>
/// <param name="Calls">Calls the team can make, at least 0.</param>
/// <param name="Vouchers">Vouchers that can be sent, at least 0.</param>
public sealed record ContactLimits(decimal Budget, int Calls, int Vouchers)
{
    public int Capacity(ContactAction action) => action == ContactAction.Call ? Calls : Vouchers;
}

/// <summary>One customer (index into the world's customers) and what to do to them.</summary>
public readonly record struct Contact(int Customer, ContactAction Action);

/// <summary>Who is contacted and with what: at most one contact per customer.</summary>
/// <param name="Contacts">The contacts, in the order of the customers offered (a ranked rule: best first).</param>
public sealed record ContactPlan(IReadOnlyList<Contact> Contacts)
{
    /// <summary>EUR spent on contacts.</summary>
    public decimal Cost => Contacts.Sum(c => SimulatorConstants.ContactCost[(int)c.Action]);

    public int Count(ContactAction action) => Contacts.Count(c => c.Action == action);
}

/// <summary>A plan together with what the allocator knows about its quality.</summary>
/// <param name="Plan">A feasible plan.</param>
/// <param name="Value">EUR, the plan's total on the values that the allocator was given.</param>
/// <param name="UpperBound">EUR, the dual bound: no feasible plan has a larger total on those values.</param>
/// <param name="BudgetPrice">EUR gained per further EUR of budget.</param>
/// <param name="CapacityPrices">EUR gained per further contact, in the order of <see cref="ContactAction"/>.</param>
public sealed record AllocationResult(
    ContactPlan Plan, double Value, double UpperBound, double BudgetPrice, IReadOnlyList<double> CapacityPrices)
{
    /// <summary>(bound − value) / bound; 0 when the bound is 0.</summary>
    public double RelativeGap => UpperBound > 0 ? (UpperBound - Value) / UpperBound : 0;
}
