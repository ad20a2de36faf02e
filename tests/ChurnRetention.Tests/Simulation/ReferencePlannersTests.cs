using ChurnRetention.Simulation;

namespace ChurnRetention.Tests.Simulation;

public class ReferencePlannersTests
{
    private static readonly DateTimeOffset Cutoff = SimulatorConstants.ReferenceCutoff;

    [Fact]
    public void InOrder_GoesDownTheListWithCallsThenVouchersUntilNothingFits()
    {
        ContactPlan plan = ReferencePlanners.InOrder([7, 3, 5, 1, 2], new ContactLimits(33, 2, 9));
        plan.Contacts.Should().Equal(
            new Contact(7, ContactAction.Call), new Contact(3, ContactAction.Call),
            new Contact(5, ContactAction.Voucher), new Contact(1, ContactAction.Voucher));
        plan.Cost.Should().Be(32m);
    }

    [Fact]
    public void RandomValue_AgainstRandomDraws_AgreesWithinFourStandardErrors()
    {
        SimulatedWorld world = Simulator.Run(4, 1_500);
        ContactLimits limits = new(600, 30, 50);
        int[] atRisk = [.. world.Truth.AtRisk(Cutoff)];
        double[] draws = new double[200];
        for (int k = 0; k < draws.Length; k++)
        {
            RandomSource random = new(99, 0, k, StreamPurpose.Profile);
            int[] shuffled = [.. atRisk.Select(i => (Key: random.NextBits(), i)).OrderBy(x => x.Key).Select(x => x.i)];
            draws[k] = world.Truth.TrueValue(ReferencePlanners.InOrder(shuffled, limits), Cutoff);
        }

        double mean = draws.Average();
        double error = Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1) / draws.Length);
        ReferencePlanners.RandomValue(world, Cutoff, limits).Should().BeApproximately(mean, 4 * error);
    }

    [Fact]
    public void Recency_ContactsTheLongestSilent()
    {
        SimulatedWorld world = Simulator.Run(4, 300);
        ContactPlan plan = ReferencePlanners.Recency(world, Cutoff, new ContactLimits(12, 1, 0));
        Dictionary<string, DateTimeOffset> last = world.Events.Where(e => e.Kind == EventKinds.Session && e.Time < Cutoff)
            .GroupBy(e => e.CustomerId).ToDictionary(g => g.Key, g => g.Max(e => e.Time));
        DateTimeOffset Last(int i) => last.TryGetValue(world.Customers[i].Id, out DateTimeOffset at) ? at
            : world.Customers[i].Joined > SimulatorConstants.ObservedFrom ? world.Customers[i].Joined : SimulatorConstants.ObservedFrom;
        plan.Contacts.Should().ContainSingle().Which.Customer.Should().Be(world.Truth.AtRisk(Cutoff).MinBy(Last));
    }
}
