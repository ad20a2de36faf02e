namespace MlSystemDesign.Decisions;

/// <summary>Solves an <see cref="AllocationProblem"/> along the path of best exchanges: as the price of budget falls, each step is the
/// exchange that gains most per unit spent.</summary>
/// <remarks>
/// <para>Every allocation on the path is the best of all that spend as much or less (a vertex of the concave hull of value against spend),
/// so capacities alone are solved exactly;
/// with a budget, what is left after the last step that fits buys entries of one action, or one change of action. The price at which the
/// path stops, with the
/// potentials of the exchange graph as prices of the capacities, is an optimal dual solution: its value bounds every allocation.</para>
/// <para>The path does not depend on the budget, and what is left over buys no less when it grows, so the value never falls when the budget
/// grows.</para>
/// <para>Parametric minimum-cost flow; for one constraint it is the path of Sverdrup, Wu, Athey, Wager (JCGS 2025). The next price is found
/// by Newton's method on cycle ratios
/// (Dinkelbach). O(steps × (K³ + K log n)) after O(n K), with K actions; steps are about as many as contacts.</para>
/// </remarks>
internal static class ExchangeAllocator
{
    internal static Allocation Solve(AllocationProblem problem, CancellationToken cancellationToken) => Unconstrained(problem) ?? AlongThePath(problem, cancellationToken);

    // When everybody can have their best action, nothing needs a price.
    private static Allocation? Unconstrained(AllocationProblem problem)
    {
        int[] action = new int[problem.Rows];
        long[] counts = new long[problem.Actions];
        long contacts = 0;
        Int128 value = 0, spend = 0;
        for (int row = 0; row < problem.Rows; row++)
        {
            int best = -1;
            for (int k = 0; k < problem.Actions; k++)
            {
                best = problem.Gain(row, k) > (best < 0 ? 0 : problem.Gain(row, best)) ? k : best;
            }

            action[row] = best;
            if (best >= 0)
            {
                (value, spend, contacts) = (value + problem.Gain(row, best), spend + problem.Costs[best], contacts + 1);
                counts[best]++;
            }
        }

        bool fits = contacts <= problem.Capacity && !(spend > problem.Budget) && counts.Zip(problem.Capacities).All(p => p.First <= p.Second);
        return fits ? new Allocation(action, value, value, 0, 0, new double[problem.Actions]) : null;
    }

    private static Allocation AlongThePath(AllocationProblem problem, CancellationToken cancellationToken)
    {
        ExchangeGraph graph = new(problem);
        (long Numerator, long Denominator) price;
        if (problem.Budget is { } budget)
        {
            // What is free comes first: the best free allocation is where the path of spending starts.
            graph.Reprice(_ => 1, k => problem.Costs[k] == 0);
            Follow(graph, null, cancellationToken);
            graph.Reprice(k => problem.Costs[k], _ => true);
            price = Follow(graph, budget, cancellationToken);
        }
        else
        {
            graph.Reprice(_ => 1, _ => true);
            Follow(graph, null, cancellationToken);
            graph.Reprice(_ => 0, _ => true);
            price = (0, 1);
        }

        Int128[] potentials = new Int128[problem.Actions + 2];
        if (graph.CycleAbove(price.Numerator, price.Denominator, potentials) is not null)
        {
            throw new InvalidOperationException("The path of exchanges must end where no exchange gains. It did not. Please report this with the data.");
        }

        Int128 capacityPrice = Int128.Max(0, potentials[^1] - potentials[0]);
        Int128[] actionPrices = [.. Enumerable.Range(1, problem.Actions).Select(k => Int128.Max(0, potentials[k] - potentials[^1]))];
        Int128 bound = BoundOf(problem, price, capacityPrice, actionPrices);
        if (price.Numerator > 0)
        {
            Fill(graph, problem, problem.Budget!.Value - graph.Spend);
        }

        double scale = price.Denominator;
        return new Allocation(
            graph.Action, graph.Value, bound, price.Numerator / scale, (double)capacityPrice / scale, Array.ConvertAll(actionPrices, p => (double)p / scale));
    }

    // Returns the price at which the path ends: of the first exchange that the budget no longer allows, or zero when no exchange gains any more.
    private static (long Numerator, long Denominator) Follow(ExchangeGraph graph, Int128? budget, CancellationToken cancellationToken)
    {
        Int128[] potentials = new Int128[graph.Nodes];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ExchangeCycle? step = graph.SimpleStep(within: null);
            while (graph.CycleAbove(step?.Gain ?? 0, step?.Cost ?? 1, potentials) is { } better)
            {
                step = better;
            }

            if (step is null)
            {
                return (0, 1);
            }

            if (budget is { } limit && graph.Spend + step.Cost > limit)
            {
                return (step.Gain, step.Cost);
            }

            graph.Apply(step);
        }
    }

    // Weak duality: for any prices that are not negative, no allocation is worth more than the priced limits plus what each row can gain at
    // these prices.
    private static Int128 BoundOf(AllocationProblem problem, (long Numerator, long Denominator) price, Int128 capacityPrice, Int128[] actionPrices)
    {
        checked
        {
            Int128 bound = ((problem.Budget ?? 0) * price.Numerator) + (capacityPrice * problem.Capacity);
            for (int k = 0; k < problem.Actions; k++)
            {
                bound += actionPrices[k] * problem.Capacities[k];
            }

            for (int row = 0; row < problem.Rows; row++)
            {
                Int128 best = 0;
                for (int k = 0; k < problem.Actions; k++)
                {
                    if (problem.Gain(row, k) != AllocationProblem.Forbidden)
                    {
                        Int128 priced = ((Int128)problem.Gain(row, k) * price.Denominator) - ((Int128)price.Numerator * problem.Costs[k]) - capacityPrice - actionPrices[k];
                        best = Int128.Max(best, priced);
                    }
                }

                bound += best;
            }

            return (bound + price.Denominator - 1) / price.Denominator;
        }
    }

    // Each of these purchases is worth no less when more is left, and so is the best of them: the value stays monotone in the budget.
    private static void Fill(ExchangeGraph graph, AllocationProblem problem, Int128 left)
    {
        ExchangeCycle? change = graph.SimpleStep((long)Int128.Min(left, long.MaxValue));
        Int128 most = change?.Gain ?? 0;
        int with = -1;
        List<(long Gain, int Row)> entrants = [];
        for (int k = 0; k < problem.Actions; k++)
        {
            if (problem.Costs[k] == 0)
            {
                continue;
            }

            long room = Math.Min(problem.Capacity - graph.Contacts, problem.Capacities[k] - graph.CountOf(k));
            List<(long Gain, int Row)> candidates = graph.TakeEntrants(k, (long)Int128.Min(room, left / problem.Costs[k]));
            Int128 gain = 0;
            foreach ((long g, _) in candidates)
            {
                gain += g;
            }

            if (gain > most)
            {
                (most, with, entrants) = (gain, k, candidates);
            }
        }

        if (with >= 0)
        {
            graph.Enter(entrants, with);
        }
        else if (change is not null)
        {
            graph.Apply(change);
        }
    }
}
