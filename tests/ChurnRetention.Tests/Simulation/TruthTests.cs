using ChurnRetention.Simulation;

namespace ChurnRetention.Tests.Simulation;

public class TruthTests
{
    private static readonly DateTimeOffset Cutoff = SimulatorConstants.ReferenceCutoff;
    private static readonly SimulatedWorld World = Simulator.Run(6, 500);

    [Fact]
    public void AtRisk_IsWhoJoinedBeforeAndHasNotCancelledBefore()
    {
        Dictionary<string, DateTimeOffset> cancelled =
            World.Events.Where(e => e.Kind == EventKinds.Cancel).ToDictionary(e => e.CustomerId, e => e.Time);
        IEnumerable<int> expected = Enumerable.Range(0, World.Customers.Count).Where(i =>
            World.Customers[i].Joined < Cutoff && (!cancelled.TryGetValue(World.Customers[i].Id, out DateTimeOffset at) || at >= Cutoff));
        World.Truth.AtRisk(Cutoff).Should().Equal(expected);

        int someone = World.Truth.IndexOf(cancelled.First().Key);
        World.Truth.IsAtRisk(someone, cancelled.First().Value).Should().BeTrue();
        World.Truth.IsAtRisk(someone, cancelled.First().Value.AddTicks(1)).Should().BeFalse();
        World.Truth.IsAtRisk(0, World.Customers[0].Joined).Should().BeFalse();
    }

    [Fact]
    public void IncrementalValue_IsProbabilityTimesEffectTimesValueLessCost()
    {
        foreach (int i in World.Truth.AtRisk(Cutoff))
        {
            double p = World.Truth.ChurnProbability(i, Cutoff);
            double kept = (double)World.Customers[i].Fee * 0.60 * 12;
            World.Truth.IncrementalValue(i, ContactAction.Call, Cutoff)
                .Should().BeApproximately((p * World.Truth.Effect(i, ContactAction.Call) * kept) - 12, 1e-9);
            World.Truth.IncrementalValue(i, ContactAction.Voucher, Cutoff)
                .Should().BeApproximately((p * World.Truth.Effect(i, ContactAction.Voucher) * kept) - 4, 1e-9);
        }
    }

    [Fact]
    public void TreatedProbability_StaysWithinZeroAndOne()
    {
        HiddenCustomer drawn = CustomerGenerator.Draw(1, 0, 0) with { Effects = [-0.5, 0.25] };
        drawn.TreatedProbability(0.8, ContactAction.Call).Should().Be(1);
        drawn.TreatedProbability(0.8, ContactAction.Voucher).Should().BeApproximately(0.6, 1e-15);
    }

    [Fact]
    public void TrueValue_OfAPlan_IsTheSumOfItsContacts()
    {
        IReadOnlyList<int> atRisk = World.Truth.AtRisk(Cutoff);
        ContactPlan plan = new([new Contact(atRisk[0], ContactAction.Call), new Contact(atRisk[1], ContactAction.Voucher)]);
        plan.Cost.Should().Be(16m);
        World.Truth.TrueValue(plan, Cutoff).Should().BeApproximately(
            World.Truth.IncrementalValue(atRisk[0], ContactAction.Call, Cutoff)
            + World.Truth.IncrementalValue(atRisk[1], ContactAction.Voucher, Cutoff),
            1e-12);
    }

    [Fact]
    public void ChurnProbability_OfSomebodyNotAtRisk_SaysWhatToDo()
    {
        SimulatedCustomer first = World.Customers[0];
        Action act = () => World.Truth.ChurnProbability(0, first.Joined);
        act.Should().Throw<ArgumentException>().WithMessage(
            $"The customer must be at risk at a cutoff that is not after now. Got customer {first.Id} and cutoff {first.Joined:O}. "
            + "Take customers from AtRisk(cutoff).*");
        Action late = () => World.Truth.ChurnProbability(World.Truth.AtRisk(World.Now)[0], World.Now.AddDays(1));
        late.Should().Throw<ArgumentException>();
    }
}
