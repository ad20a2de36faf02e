using ChurnRetention.Simulation;

namespace ChurnRetention.Tests.Simulation;

public class SimulatorTests
{
    private static readonly SimulatedWorld World = Simulator.Run(5, 2_000);
    private static readonly ILookup<string, SimulatedEvent> ByCustomer = World.Events.ToLookup(e => e.CustomerId);

    [Fact]
    public void Run_WithTheSameSeed_GivesTheSameWorld()
    {
        SimulatedWorld[] worlds = new SimulatedWorld[2];
        Parallel.For(0, 2, i => worlds[i] = Simulator.Run(8, 300));
        worlds[0].Events.Should().Equal(worlds[1].Events);
        worlds[0].Customers.Should().Equal(worlds[1].Customers);
        Simulator.Run(9, 300).Events.Should().NotEqual(worlds[0].Events);
    }

    [Fact]
    public void Run_WithMoreCustomers_ChangesNobodysHistory()
    {
        SimulatedWorld small = Simulator.Run(8, 200), large = Simulator.Run(8, 300);
        large.Events.Take(small.Events.Count).Should().Equal(small.Events);
        large.Customers.Take(small.Customers.Count).Should().Equal(small.Customers);
        for (int i = 0; i < small.Customers.Count; i++)
        {
            large.Truth.Effect(i, ContactAction.Call).Should().Be(small.Truth.Effect(i, ContactAction.Call));
        }
    }

    [Fact]
    public void Events_OfEveryCustomer_AreInTimeOrderWithinTheObservedSpanAndEndWithTheCancellation()
    {
        ByCustomer.Sum(g => g.Count(e => e.Kind == EventKinds.Cancel)).Should().BeGreaterThan(300);
        foreach (IGrouping<string, SimulatedEvent> events in ByCustomer)
        {
            events.Select(e => e.Time).Should().BeInAscendingOrder();
            events.First().Time.Should().BeOnOrAfter(SimulatorConstants.ObservedFrom);
            events.Last().Time.Should().BeBefore(SimulatorConstants.Now);
            events.SkipLast(1).Should().NotContain(e => e.Kind == EventKinds.Cancel);
        }
    }

    [Fact]
    public void Events_CarryMinutesForSessionsAndTheFeeForMonthlyPayments()
    {
        foreach (SimulatedCustomer customer in World.Customers)
        {
            SimulatedEvent[] events = [.. ByCustomer[customer.Id]];
            events.Should().OnlyContain(e => e.Minutes.HasValue == (e.Kind == EventKinds.Session));
            events.Should().OnlyContain(e => e.Amount.HasValue == (e.Kind == EventKinds.Payment));
            SimulatedEvent[] payments = [.. events.Where(e => e.Kind == EventKinds.Payment)];
            payments.Where(e => e.Amount != (double)customer.Fee).Should().BeEmpty();
            if (customer.Joined >= SimulatorConstants.ObservedFrom)
            {
                payments.Select(e => e.Time).Should().Equal(Enumerable.Range(0, payments.Length).Select(m => customer.Joined.AddMonths(m)));
                payments.Should().NotBeEmpty();
            }
        }
    }

    [Fact]
    public void Sessions_OfThoseMostLikelyToCancel_AreMuchRarer()
    {
        DateTimeOffset cutoff = SimulatorConstants.ReferenceCutoff, from = cutoff - TimeSpan.FromDays(30);
        int[] ranked = [.. World.Truth.AtRisk(cutoff)
            .Where(i => World.Customers[i].Joined < from).OrderBy(i => World.Truth.Hazard(i, cutoff))];
        double Sessions(IEnumerable<int> customers) => customers.Average(i =>
            ByCustomer[World.Customers[i].Id].Count(e => e.Kind == EventKinds.Session && e.Time >= from && e.Time < cutoff));
        Sessions(ranked.TakeLast(ranked.Length / 20)).Should().BeLessThan(0.6 * Sessions(ranked.Take(ranked.Length / 2)));
    }

    [Fact]
    public void Joins_AreUniformOverTheWholeSpan()
    {
        SimulatedCustomer[] observed = [.. World.Customers.Where(c => c.Joined >= SimulatorConstants.ObservedFrom)];
        double share = (SimulatorConstants.Now - SimulatorConstants.ObservedFrom) / (SimulatorConstants.Now - SimulatorConstants.FirstJoin);
        ((double)observed.Length / 2_000).Should().BeApproximately(share, 4 * Math.Sqrt(share * (1 - share) / 2_000));
    }
}
