namespace ChurnRetention.Simulation;

/// <summary>One simulated run: what the business sees, and, apart from it, the truth.</summary>
public sealed class SimulatedWorld
{
    internal SimulatedWorld(int seed, IReadOnlyList<HiddenCustomer> customers, IReadOnlyList<SimulatedEvent> events)
    {
        Seed = seed;
        Events = events;
        Customers = [.. customers.Select(c => c.Profile)];
        Truth = new Truth(customers);
    }

    public int Seed { get; }

    /// <summary>Every recorded event in [ObservedFrom, Now), customer by customer, each customer's oldest first.</summary>
    public IReadOnlyList<SimulatedEvent> Events { get; }

    /// <summary>The attribute table; a customer's index in it is their number in plans and in <see cref="Truth"/>.</summary>
    public IReadOnlyList<SimulatedCustomer> Customers { get; }

    /// <summary>The end of the simulated time, exclusive.</summary>
    public DateTimeOffset Now => SimulatorConstants.Now;

    /// <summary>What no business knows; for judging decisions, never for making them.</summary>
    public Truth Truth { get; }
}
