using CsCheck;
using MlSystemDesign.Decisions;

namespace MlSystemDesign.Tests.Decisions;

public sealed class ExchangeAllocatorTests
{
    // Up to six rows and three actions, coarse gains so that ties are common, free actions, tight limits.
    private static readonly Gen<AllocationProblem> Small =
        from rows in Gen.Int[1, 6]
        from actions in Gen.Int[1, 3]
        from costs in Gen.Long[0, 5].Array[actions]
        from gains in Gen.Long[-2, 12].Array[rows * actions]
        from budget in Gen.Int[-2, 20]
        from capacity in Gen.Int[-2, 6]
        from capacities in Gen.Int[-3, 4].Array[actions]
        select Problem(rows, costs, gains, budget < 0 ? null : budget, capacity < 0 ? null : capacity, Array.ConvertAll(capacities, c => c < 0 ? (long?)null : c));

    [Fact]
    public void Solve_OfSmallProblems_IsFeasible_AndItsGapIsProven() => Small.Sample(
        problem =>
        {
            Allocation allocation = ExchangeAllocator.Solve(problem, CancellationToken.None);
            long best = BruteForce(problem);

            // Feasible and adding up; not above the best; the bound not below it; and exact, with a tight bound, when only capacities hold.
            return ValueOf(problem, allocation.Action) == allocation.Value && allocation.Value <= best && best <= allocation.Bound
                && (problem.Budget is not null || (allocation.Value == best && allocation.Bound == best));
        },
        iter: 5_000);

    [Fact]
    public void Solve_WithABudget_LosesLessThanOneExchange() => Small.Sample(
        problem =>
        {
            Allocation allocation = ExchangeAllocator.Solve(problem, CancellationToken.None);
            // The bound lies on the line from the last exchange that fits to the first that does not; an exchange of k actions gains at most k + 1 times the largest gain.
            return allocation.Bound - allocation.Value <= (problem.Actions + 1) * 12;
        },
        iter: 5_000);

    [Fact]
    public void Solve_WithMoreBudget_NeverBringsLess() => Small.Sample(
        problem =>
        {
            Int128 last = 0;
            for (int budget = 0; budget <= 30; budget++)
            {
                Int128 value = ExchangeAllocator.Solve(new AllocationProblem(problem.Rows, problem.Costs, problem.Gains, budget, problem.Capacity, Nullable(problem.Capacities)), CancellationToken.None).Value;
                if (value < last)
                {
                    return false;
                }

                last = value;
            }

            return true;
        },
        iter: 1_000);

    [Fact]
    public void Solve_WithOneActionMore_NeverLosesMoreThanTheGap() => Small.Where(p => p.Actions > 1).Sample(
        problem =>
        {
            int fewer = problem.Actions - 1;
            long[] gains = [.. problem.Gains.Where((_, i) => i % problem.Actions < fewer)];
            AllocationProblem without = new(problem.Rows, problem.Costs[..fewer], gains, problem.Budget, problem.Capacity, Nullable(problem.Capacities)[..fewer]);

            Allocation with = ExchangeAllocator.Solve(problem, CancellationToken.None);
            return ExchangeAllocator.Solve(without, CancellationToken.None).Value <= with.Bound;
        },
        iter: 1_000);

    [Fact]
    public void Solve_PricesOfUnboundConstraints_AreZero_AndOfBoundOnesWhatTheyBring()
    {
        // Gains 10, 8, 6, 4 by one action of cost 1: two contacts fit the capacity; the third would bring 6, and displaces nobody.
        AllocationProblem problem = Problem(4, [1], [10, 8, 6, 4], 100, 2, [null]);

        Allocation allocation = ExchangeAllocator.Solve(problem, CancellationToken.None);

        allocation.Action.Should().Equal(0, 0, -1, -1);
        allocation.BudgetPrice.Should().Be(0);
        allocation.CapacityPrice.Should().BeInRange(6, 8); // the value of the third contact up to that of the second: any of these prices clears
        allocation.ActionPrices.Should().Equal(0);
        allocation.Bound.Should().Be(allocation.Value);
    }

    [Fact]
    public void Solve_WithBudgetForTwoOfThree_PricesTheThird()
    {
        Allocation allocation = ExchangeAllocator.Solve(Problem(3, [4], [12, 8, 6], 8, null, [null]), CancellationToken.None);

        allocation.Action.Should().Equal(0, 0, -1);
        allocation.BudgetPrice.Should().Be(1.5); // 6 for 4
        allocation.Bound.Should().Be(20);
    }

    [Fact]
    public void Solve_UpgradesWhereItPaysMost()
    {
        // Mail (cost 1) or call (cost 5). Greedy by value per euro would mail both and stop; one upgrade fits, and it pays most for the second row.
        Allocation allocation = ExchangeAllocator.Solve(Problem(2, [1, 5], [3, 4, 3, 9], 6, null, [null, null]), CancellationToken.None);

        allocation.Action.Should().Equal(0, 1);
        allocation.Value.Should().Be(12);
    }

    [Fact]
    public void Solve_WithBudgetLeftBelowTheNextStep_BuysWhatStillFits()
    {
        // The path would go straight to the call (20 for 5); 3 do not buy one, but three mails (3 each for 1) they do.
        Allocation mails = ExchangeAllocator.Solve(Problem(4, [1, 5], [3, 20, 3, 20, 3, 20, 3, 20], 3, null, [null, null]), CancellationToken.None);
        // From a (6 for 1) the path would go to c (50 for 10); the 4 that are left buy the change to b (10 for 3).
        Allocation change = ExchangeAllocator.Solve(Problem(1, [1, 3, 10], [6, 10, 50], 5, null, [null, null, null]), CancellationToken.None);

        mails.Action.Should().Equal(0, 0, 0, -1);
        mails.Bound.Should().Be(12); // 3 at the price of the call's 4 per unit
        change.Action.Should().Equal(1);
    }

    [Fact]
    public void Solve_OfManyEqualRows_TakesTheFirstByOrder()
    {
        AllocationProblem problem = Problem(1000, [2], [.. Enumerable.Repeat(5L, 1000)], 20, null, [null]);

        Allocation allocation = ExchangeAllocator.Solve(problem, CancellationToken.None);

        allocation.Action.Select((a, i) => (a, i)).Where(p => p.a == 0).Select(p => p.i).Should().Equal(Enumerable.Range(0, 10));
        allocation.Bound.Should().Be(50);
    }

    [Fact]
    public void Solve_WhenCancelled_Stops()
    {
        AllocationProblem problem = Problem(2, [1], [5, 4], 1, null, [null]);

        FluentActions.Invoking(() => ExchangeAllocator.Solve(problem, new CancellationToken(true))).Should().Throw<OperationCanceledException>();
    }

    private static AllocationProblem Problem(int rows, long[] costs, long[] gains, int? budget, int? capacity, long?[] capacities) =>
        new(rows, costs, Array.ConvertAll(gains, g => g > 0 ? g : AllocationProblem.Forbidden), budget, capacity, capacities);

    private static long?[] Nullable(long[] capacities) => Array.ConvertAll(capacities, c => (long?)c);

    // The value of an assignment, or −1 when it breaks a limit.
    private static long ValueOf(AllocationProblem problem, int[] action)
    {
        long value = 0, spend = 0;
        long[] counts = new long[problem.Actions];
        for (int row = 0; row < action.Length; row++)
        {
            if (action[row] >= 0)
            {
                if (problem.Gain(row, action[row]) == AllocationProblem.Forbidden)
                {
                    return -1;
                }

                (value, spend) = (value + problem.Gain(row, action[row]), spend + problem.Costs[action[row]]);
                counts[action[row]]++;
            }
        }

        return counts.Sum() <= problem.Capacity && !(spend > problem.Budget) && counts.Zip(problem.Capacities).All(p => p.First <= p.Second) ? value : -1;
    }

    private static long BruteForce(AllocationProblem problem)
    {
        long best = 0;
        int[] action = new int[problem.Rows];
        Array.Fill(action, -1);
        for (int at = 0; at < action.Length;)
        {
            best = Math.Max(best, ValueOf(problem, action));
            for (at = 0; at < action.Length && ++action[at] == problem.Actions; at++)
            {
                action[at] = -1;
            }
        }

        return best;
    }
}
