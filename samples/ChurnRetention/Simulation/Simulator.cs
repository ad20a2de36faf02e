namespace ChurnRetention.Simulation;

/// <summary>Simulates the club: a seed in, two years of observed events and the hidden truth out.</summary>
public static class Simulator
{
    /// <summary>Runs the simulation: about 12,000 customers and a million events in about a second.</summary>
    /// <param name="seed">The only source of chance; equal seeds give equal worlds.</param>
    /// <param name="joins">How many people ever join; the first ones are the same whatever the number.</param>
    public static SimulatedWorld Run(int seed, int joins = SimulatorConstants.Joins)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(joins);
        List<HiddenCustomer> customers = new(joins);
        List<SimulatedEvent> events = new(joins * 100);
        long observed = SimulatorConstants.ObservedFrom.UtcTicks;
        for (int number = 0; number < joins; number++)
        {
            HiddenCustomer customer = CustomerGenerator.Draw(seed, 0, number);
            if (customer.Path.End > observed)
            {
                customers.Add(customer);
                EventGenerator.AddEvents(events, customer, seed, number);
            }
        }

        return new SimulatedWorld(seed, customers, events);
    }
}
