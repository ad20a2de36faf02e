namespace ChurnRetention.Simulation;

/// <summary>The plans that a system is measured against. All but the recency rule use the hidden truth.</summary>
public static class ReferencePlanners
{
    /// <summary>The best that can be done: allocates on the true expected incremental value at the cutoff.</summary>
    public static AllocationResult Oracle(SimulatedWorld world, DateTimeOffset cutoff, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(world);
        return ContactAllocator.Allocate(world.Truth.AtRisk(cutoff), (i, a) => world.Truth.IncrementalValue(i, a, cutoff), limits);
    }

    /// <summary>Knows the true churn probability of everyone, but of the reaction only the pilot's mean.</summary>
    public static AllocationResult MeanEffect(SimulatedWorld world, PilotResult pilot, DateTimeOffset cutoff, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(pilot);
        double[] effect = [pilot.Effect(ContactAction.Call).RelativeReduction, pilot.Effect(ContactAction.Voucher).RelativeReduction];
        return ContactAllocator.Allocate(
            world.Truth.AtRisk(cutoff),
            (i, a) => (world.Truth.ChurnProbability(i, cutoff) * effect[(int)a] * (double)world.Customers[i].ValueKept)
                - (double)SimulatorConstants.ContactCost[(int)a],
            limits);
    }

    /// <summary>Contacts those whose last session lies furthest back: calls first, then vouchers, until nothing more fits.</summary>
    /// <remarks>Uses observed events only. Somebody without a session counts from joining, or from the start of the log.</remarks>
    public static ContactPlan Recency(SimulatedWorld world, DateTimeOffset cutoff, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(world);
        long[] last = [.. world.Customers.Select(c => Math.Max(c.Joined.UtcTicks, SimulatorConstants.ObservedFrom.UtcTicks))];
        foreach (SimulatedEvent e in world.Events)
        {
            if (e.Kind == EventKinds.Session && e.Time < cutoff)
            {
                int i = world.Truth.IndexOf(e.CustomerId);
                last[i] = Math.Max(last[i], e.Time.UtcTicks);
            }
        }

        return InOrder([.. world.Truth.AtRisk(cutoff).OrderBy(i => last[i]).ThenBy(i => i)], limits);
    }

    /// <summary>The expected true value, EUR, of going down a random list of those at risk as <see cref="InOrder"/> does.</summary>
    /// <remarks>Exact: how many get each action is fixed by the limits, and each customer is equally likely to get it.</remarks>
    public static double RandomValue(SimulatedWorld world, DateTimeOffset cutoff, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(world);
        IReadOnlyList<int> atRisk = world.Truth.AtRisk(cutoff);
        ContactPlan any = InOrder(atRisk, limits);
        return Enum.GetValues<ContactAction>().Sum(a =>
            any.Contacts.Count == 0 ? 0 : any.Count(a) * atRisk.Average(i => world.Truth.IncrementalValue(i, a, cutoff)));
    }

    /// <summary>Goes down a ranked list: calls while they fit, then vouchers while they fit.</summary>
    public static ContactPlan InOrder(IReadOnlyList<int> ranked, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(limits);
        List<Contact> contacts = [];
        decimal money = limits.Budget;
        foreach (ContactAction action in Enum.GetValues<ContactAction>())
        {
            decimal cost = SimulatorConstants.ContactCost[(int)action];
            for (int made = 0; made < limits.Capacity(action) && money >= cost && contacts.Count < ranked.Count; made++)
            {
                contacts.Add(new Contact(ranked[contacts.Count], action));
                money -= cost;
            }
        }

        return new ContactPlan(contacts);
    }
}
