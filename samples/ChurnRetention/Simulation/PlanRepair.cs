namespace ChurnRetention.Simulation;

/// <summary>Turns the choices at given prices into a feasible plan that leaves no worthwhile room unused.</summary>
internal static class PlanRepair
{
    private const int Actions = 2;

    /// <summary>Changes the choices in place.</summary>
    /// <param name="choice">Action per customer, −1 for none.</param>
    /// <param name="values">Value of (customer, action), customer by customer.</param>
    /// <param name="net">The same less the prices of budget and capacity, which say who gives way most cheaply.</param>
    /// <param name="limits">Budget and capacities.</param>
    public static void MakeFeasibleAndTight(int[] choice, double[] values, double[] net, ContactLimits limits)
    {
        int[] room = [limits.Calls, limits.Vouchers];
        decimal money = limits.Budget;
        foreach (int action in choice.Where(a => a >= 0))
        {
            room[action]--;
            money -= SimulatorConstants.ContactCost[action];
        }

        // While something is exceeded, those give way who lose least by their next best choice.
        // Who moved to a cheaper action may have to give way again, hence the repetition.
        while (money < 0 || room[0] < 0 || room[1] < 0)
        {
            foreach (int i in Sorted(choice.Length, i => choice[i] < 0 ? 0 : net[(i * Actions) + choice[i]] - Math.Max(0, Other(i))))
            {
                if (choice[i] >= 0 && (room[choice[i]] < 0 || money < 0))
                {
                    int other = 1 - choice[i];
                    decimal saved = SimulatorConstants.ContactCost[choice[i]] - SimulatorConstants.ContactCost[other];
                    bool gives = Other(i) > -1e-9 && room[other] > 0 && (saved > 0 || money + saved >= 0);
                    Move(i, gives ? other : -1);
                }
            }
        }

        // Then take the best of what still fits: new contacts and dearer actions alike, by gain.
        foreach (int k in Sorted(values.Length, k => -(values[k] - Current(k / Actions))))
        {
            int i = k / Actions, action = k % Actions;
            decimal released = choice[i] < 0 ? 0 : SimulatorConstants.ContactCost[choice[i]];
            bool fits = room[action] > 0 && SimulatorConstants.ContactCost[action] - released <= money;
            if (choice[i] != action && fits && values[k] > Current(i))
            {
                Move(i, action);
            }
        }

        double Current(int i) => choice[i] < 0 ? 0 : values[(i * Actions) + choice[i]];

        double Other(int i) => net[(i * Actions) + 1 - choice[i]];

        void Move(int i, int action)
        {
            if (choice[i] >= 0)
            {
                room[choice[i]]++;
                money += SimulatorConstants.ContactCost[choice[i]];
            }

            if (action >= 0)
            {
                room[action]--;
                money -= SimulatorConstants.ContactCost[action];
            }

            choice[i] = action;
        }
    }

    // Ascending by key, ties by index.
    private static int[] Sorted(int count, Func<int, double> key)
    {
        double[] keys = [.. Enumerable.Range(0, count).Select(key)];
        int[] order = [.. Enumerable.Range(0, count)];
        Array.Sort(order, (x, y) => keys[x] != keys[y] ? keys[x].CompareTo(keys[y]) : x.CompareTo(y));
        return order;
    }
}
