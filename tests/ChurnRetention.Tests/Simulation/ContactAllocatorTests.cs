using ChurnRetention.Simulation;
using CsCheck;

namespace ChurnRetention.Tests.Simulation;

public class ContactAllocatorTests
{
    [Fact]
    public void Allocate_WithoutScarcity_GivesEveryoneTheirBestPositiveAction()
    {
        double[,] values = { { 5, 3 }, { 1, 2 }, { -1, -2 }, { -1, 4 } };
        AllocationResult result = Allocate(values, new ContactLimits(1000, 10, 10));
        result.Plan.Contacts.Should().Equal(
            new Contact(0, ContactAction.Call), new Contact(1, ContactAction.Voucher), new Contact(3, ContactAction.Voucher));
        result.Value.Should().Be(11);
        result.UpperBound.Should().Be(11);
        result.BudgetPrice.Should().Be(0);
    }

    [Fact]
    public void Allocate_WithOneCall_GivesItToWhoGainsMostOverTheVoucher()
    {
        // Customer 0 has the larger call value, but customer 1 loses more without the call.
        double[,] values = { { 10, 9 }, { 8, 1 } };
        AllocationResult result = Allocate(values, new ContactLimits(1000, 1, 10));
        result.Plan.Contacts.Should().Equal(new Contact(0, ContactAction.Voucher), new Contact(1, ContactAction.Call));
    }

    [Fact]
    public void Allocate_WithAScarceBudget_BuysTheMostValuePerEuro()
    {
        // 12 EUR buy one call worth 10 or three vouchers worth 4 each.
        double[,] values = { { 10, -1 }, { -1, 4 }, { -1, 4 }, { -1, 4 } };
        AllocationResult result = Allocate(values, new ContactLimits(12, 10, 10));
        result.Plan.Contacts.Select(c => c.Customer).Should().Equal(1, 2, 3);
        result.UpperBound.Should().BeApproximately(12, 1e-6);
    }

    [Fact]
    public void Allocate_OfNobody_IsAnEmptyPlanWorthNothing()
    {
        AllocationResult result = Allocate(new double[0, 2], new ContactLimits(100, 1, 1));
        result.Plan.Contacts.Should().BeEmpty();
        result.UpperBound.Should().Be(0);
        result.RelativeGap.Should().Be(0);
    }

    [Fact]
    public void Allocate_OfAnySmallCase_IsFeasibleAndBetweenMostOfTheBestAndTheBound()
    {
        Gen.Select(Gen.Double[-5, 20].Array[14], Gen.Int[0, 60], Gen.Int[0, 4], Gen.Int[0, 4]).Sample((flat, budget, calls, vouchers) =>
        {
            double[,] values = new double[flat.Length / 2, 2];
            Buffer.BlockCopy(flat, 0, values, 0, flat.Length * sizeof(double));
            ContactLimits limits = new(budget, calls, vouchers);
            AllocationResult result = Allocate(values, limits);
            double best = Best(values, 0, budget, calls, vouchers);
            ContactPlan plan = result.Plan;
            bool feasible = plan.Cost <= limits.Budget
                && plan.Count(ContactAction.Call) <= calls && plan.Count(ContactAction.Voucher) <= vouchers
                && plan.Contacts.Select(c => c.Customer).Distinct().Count() == plan.Contacts.Count;
            double total = plan.Contacts.Sum(c => values[c.Customer, (int)c.Action]);

            // Rounding a plan of a handful of customers can cost one contact: half of the best is the guarantee asked here.
            return feasible && Math.Abs(total - result.Value) < 1e-9
                && result.Value <= best + 1e-9 && best <= result.UpperBound + 1e-6 && result.Value >= (best / 2) - 1e-9;
        }, iter: 3_000, seed: "fAa2t64ZNY_1");
    }

    private static AllocationResult Allocate(double[,] values, ContactLimits limits) =>
        ContactAllocator.Allocate([.. Enumerable.Range(0, values.GetLength(0))], (i, a) => values[i, (int)a], limits);

    private static double Best(double[,] values, int i, int budget, int calls, int vouchers)
    {
        if (i == values.GetLength(0))
        {
            return 0;
        }

        double best = Best(values, i + 1, budget, calls, vouchers);
        if (calls > 0 && budget >= 12)
        {
            best = Math.Max(best, values[i, 0] + Best(values, i + 1, budget - 12, calls - 1, vouchers));
        }

        return vouchers > 0 && budget >= 4 ? Math.Max(best, values[i, 1] + Best(values, i + 1, budget - 4, calls, vouchers - 1)) : best;
    }
}
