namespace MlSystemDesign.Decisions;

/// <summary>Which row gets which action: at most one each, within a budget, a capacity over all actions and a capacity per action.</summary>
/// <remarks>All amounts are whole micro-units of one currency, so that sums, comparisons and the optimality gap are exact on every machine.</remarks>
internal sealed class AllocationProblem
{
    /// <summary>The gain of a pair that must not be chosen.</summary>
    internal const long Forbidden = long.MinValue;

    internal AllocationProblem(int rows, long[] costs, long[] gains, Int128? budget, long? capacity, long?[] capacities)
    {
        (Rows, Costs, Gains, Budget) = (rows, costs, gains, budget);
        Capacity = Math.Min(capacity ?? rows, rows);
        Capacities = Array.ConvertAll(capacities, c => Math.Min(c ?? rows, rows));
    }

    internal int Rows { get; }

    internal int Actions => Costs.Length;

    /// <summary>Gets what each action costs per row; not negative.</summary>
    internal long[] Costs { get; }

    /// <summary>Gets rows × actions gains net of cost, row by row; positive, or <see cref="Forbidden"/>.</summary>
    internal long[] Gains { get; }

    internal Int128? Budget { get; }

    /// <summary>Gets how many rows can get an action; the number of rows when there is no limit.</summary>
    internal long Capacity { get; }

    internal long[] Capacities { get; }

    internal long Gain(int row, int action) => Gains[(row * Actions) + action];
}

/// <summary>A solution with its proof.</summary>
/// <param name="Action">Per row: the action, or −1.</param>
/// <param name="Value">The sum of the gains.</param>
/// <param name="Bound">No allocation can have a higher value (linear-programming duality).</param>
/// <param name="BudgetPrice">What one more unit of budget would bring, in the same units.</param>
/// <param name="CapacityPrice">What one more contact would bring, in micro-units.</param>
/// <param name="ActionPrices">What one more contact by each action would bring, in micro-units.</param>
internal sealed record Allocation(int[] Action, Int128 Value, Int128 Bound, double BudgetPrice, double CapacityPrice, double[] ActionPrices);
