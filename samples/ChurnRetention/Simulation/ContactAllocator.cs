namespace ChurnRetention.Simulation;

/// <summary>Chooses at most one action per customer, for the largest total value within a budget and capacities.</summary>
/// <remarks>
/// Lagrangian relaxation: a price per EUR of budget, found by bisection, and a price per contact of each action, found by
/// exact coordinate updates from below (an ascending auction). At these prices every customer takes the action with the best
/// net value; repair and a greedy fill make that feasible and tight. The dual value bounds every feasible plan from above.
/// </remarks>
public sealed class ContactAllocator
{
    private const int Actions = 2;
    private readonly int[] _customers;
    private readonly double[] _values;
    private readonly ContactLimits _limits;
    private readonly double[] _cost = [.. SimulatorConstants.ContactCost.Select(c => (double)c)];
    private readonly double[] _prices = new double[Actions];
    private readonly List<double> _margins = [];
    private double _budgetPrice;
    private double _bound = double.PositiveInfinity;

    private ContactAllocator(int[] customers, double[] values, ContactLimits limits)
    {
        _customers = customers;
        _values = values;
        _limits = limits;
    }

    /// <summary>Allocates.</summary>
    /// <param name="customers">Who may be contacted, each once.</param>
    /// <param name="value">EUR expected of a contact, its cost taken off; a contact with value ≤ 0 is never made.</param>
    /// <param name="limits">Budget and capacities.</param>
    public static AllocationResult Allocate(IReadOnlyList<int> customers, Func<int, ContactAction, double> value, ContactLimits limits)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(limits);
        List<int> worthwhile = [];
        List<double> values = [];
        foreach (int customer in customers)
        {
            double call = value(customer, ContactAction.Call);
            double voucher = value(customer, ContactAction.Voucher);
            if (call > 0 || voucher > 0)
            {
                worthwhile.Add(customer);
                values.Add(call);
                values.Add(voucher);
            }
        }

        return new ContactAllocator([.. worthwhile], [.. values], limits).Solve();
    }

    private AllocationResult Solve()
    {
        int[] chosen = new int[_customers.Length];
        Array.Fill(chosen, -1);
        PlanRepair.MakeFeasibleAndTight(chosen, _values, _values, _limits);
        double total = Total(chosen);

        double low = 0, high = 0;
        if (SpendAt(0) > (double)_limits.Budget)
        {
            for (int k = 0; k < _values.Length; k++)
            {
                high = Math.Max(high, _values[k] / _cost[k % Actions]);
            }

            for (int step = 0; step < 50; step++)
            {
                double middle = (low + high) / 2;
                (low, high) = SpendAt(middle) > (double)_limits.Budget ? (middle, high) : (low, middle);
            }
        }

        // Just above and just below the price at which the budget runs out; the greedy plan only ever wins among a handful of customers.
        foreach (double price in (double[])[low, high])
        {
            SpendAt(price);
            int[] choice = [.. Enumerable.Range(0, _customers.Length).Select(Best)];
            double[] net = [.. Enumerable.Range(0, _values.Length).Select(k => Net(k / Actions, k % Actions))];
            PlanRepair.MakeFeasibleAndTight(choice, _values, net, _limits);
            if (Total(choice) > total)
            {
                (chosen, total) = (choice, Total(choice));
            }
        }

        Contact[] contacts = [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i] >= 0)
            .Select(i => new Contact(_customers[i], (ContactAction)chosen[i]))];
        return new AllocationResult(new ContactPlan(contacts), total, _bound, _budgetPrice, [.. _prices]);
    }

    private double Total(int[] choice)
    {
        double total = 0;
        for (int i = 0; i < choice.Length; i++)
        {
            total += choice[i] >= 0 ? _values[(i * Actions) + choice[i]] : 0;
        }

        return total;
    }

    // Sets the prices for a budget price, keeps the best dual bound, and returns what customers' best choices cost.
    private double SpendAt(double budgetPrice)
    {
        _budgetPrice = budgetPrice;
        Array.Clear(_prices);
        double change;
        int round = 0;
        do
        {
            change = 0;
            for (int a = 0; a < Actions; a++)
            {
                double price = CapacityPrice(a);
                change = Math.Max(change, Math.Abs(price - _prices[a]));
                _prices[a] = price;
            }
        }
        while (change > 1e-9 && ++round < 200);

        double spend = 0, dual = budgetPrice * (double)_limits.Budget;
        for (int a = 0; a < Actions; a++)
        {
            dual += _prices[a] * _limits.Capacity((ContactAction)a);
        }

        for (int i = 0; i < _customers.Length; i++)
        {
            int best = Best(i);
            if (best >= 0)
            {
                spend += _cost[best];
                dual += Net(i, best);
            }
        }

        _bound = Math.Min(_bound, dual);
        return spend;
    }

    // The smallest price at which no more customers than the capacity strictly prefer this action.
    private double CapacityPrice(int action)
    {
        _margins.Clear();
        for (int i = 0; i < _customers.Length; i++)
        {
            double margin = Net(i, action) + _prices[action] - Math.Max(0, Net(i, 1 - action));
            if (margin > 0)
            {
                _margins.Add(margin);
            }
        }

        int capacity = _limits.Capacity((ContactAction)action);
        if (_margins.Count <= capacity)
        {
            return 0;
        }

        _margins.Sort();
        return _margins[_margins.Count - 1 - capacity];
    }

    private double Net(int i, int action) => _values[(i * Actions) + action] - (_budgetPrice * _cost[action]) - _prices[action];

    private int Best(int i)
    {
        double call = Net(i, 0), voucher = Net(i, 1);
        return Math.Max(call, voucher) <= 1e-9 ? -1 : call >= voucher ? 0 : 1;
    }
}
