namespace MlSystemDesign.Decisions;

/// <summary>The exchanges that are possible in an allocation, as a small graph: nodes are "no action" (0), the actions (1 … K) and the
/// total (K + 1).</summary>
/// <remarks>An edge a → b moves the one row for which that gains most; an edge to or from the total takes up or frees a place of a
/// capacity. A cycle is a feasible
/// exchange. Because an action costs the same for every row, the best row of an edge does not depend on any price, and a heap per edge
/// suffices.</remarks>
internal sealed class ExchangeGraph
{
    private readonly AllocationProblem _problem;
    private readonly RowHeap[] _heaps; // per edge between "no action" and actions: rows by what the move gains
    private readonly int[] _node;      // per row
    private readonly long[] _count;    // per node: rows on it; on the total: all contacts
    private readonly int _nodes;
    private readonly long[] _cost;     // per node
    private readonly bool[] _closed;   // per node: not to be entered in this phase
    private readonly List<(int From, int To, long Gain, long Cost, int Row)> _edges = [];

    internal ExchangeGraph(AllocationProblem problem)
    {
        _problem = problem;
        _nodes = problem.Actions + 2;
        _node = new int[problem.Rows];
        _count = new long[_nodes];
        _cost = new long[_nodes];
        _closed = new bool[_nodes];
        _heaps = new RowHeap[(problem.Actions + 1) * (problem.Actions + 1)];
        for (int from = 0; from <= problem.Actions; from++)
        {
            for (int to = 0; to <= problem.Actions; to++)
            {
                _heaps[(from * (problem.Actions + 1)) + to] = new RowHeap(from == 0 && to > 0 ? Entrants(to - 1) : []);
            }
        }
    }

    internal int Nodes => _nodes;

    internal int[] Action => Array.ConvertAll(_node, n => n - 1);

    internal Int128 Value { get; private set; }

    internal Int128 Spend { get; private set; }

    internal long Contacts => _count[^1];

    internal long CountOf(int action) => _count[action + 1];

    /// <summary>Sets what a contact costs in this phase, and which actions take part.</summary>
    internal void Reprice(Func<int, long> cost, Func<int, bool> takesPart)
    {
        for (int action = 0; action < _problem.Actions; action++)
        {
            _cost[action + 1] = cost(action);
            _closed[action + 1] = !takesPart(action);
        }

        Refresh();
    }

    /// <summary>Finds a cycle that gains more than a price times what it costs; <see langword="null"/> when there is none, and then
    /// <paramref name="potentials"/> prove it.</summary>
    /// <remarks>Bellman-Ford from every node at once, in exact integers: the price is numerator / denominator.</remarks>
    internal ExchangeCycle? CycleAbove(long numerator, long denominator, Int128[] potentials)
    {
        Array.Clear(potentials);
        Span<int> via = stackalloc int[_nodes];
        Int128[] weights = new Int128[_edges.Count];
        for (int e = 0; e < weights.Length; e++)
        {
            weights[e] = checked(((Int128)_edges[e].Gain * denominator) - ((Int128)numerator * _edges[e].Cost));
        }

        int last = -1;
        for (int round = 0; round < _nodes; round++)
        {
            last = -1;
            for (int e = 0; e < _edges.Count; e++)
            {
                int to = _edges[e].To;
                Int128 reach = potentials[_edges[e].From] + weights[e];
                if (reach > potentials[to])
                {
                    (potentials[to], via[to], last) = (reach, e, to);
                }
            }

            if (last < 0)
            {
                return null;
            }
        }

        for (int i = 0; i < _nodes; i++)
        {
            last = _edges[via[last]].From;
        }

        List<(int, int, long, long, int)> cycle = [];
        int node = last;
        do
        {
            cycle.Add(_edges[via[node]]);
            node = _edges[via[node]].From;
        }
        while (node != last);
        return new ExchangeCycle(cycle);
    }

    /// <summary>Finds the best simple step, by ratio when no limit is given, else by gain within a cost: an entry, or a change of action
    /// into a free place.</summary>
    internal ExchangeCycle? SimpleStep(long? within)
    {
        ExchangeCycle? best = null;
        foreach ((int from, int to, long gain, long cost, int row) edge in _edges)
        {
            bool lands = edge.row >= 0 && edge.to > 0 && _count[edge.to] < _problem.Capacities[edge.to - 1] && (edge.from > 0 || Contacts < _problem.Capacity);
            if (lands && edge.gain > 0 && edge.cost > 0 && (within is null || edge.cost <= within))
            {
                bool better = best is null
                    || (within is null ? (Int128)edge.gain * best.Cost > (Int128)best.Gain * edge.cost : edge.gain > best.Gain);
                best = better ? new ExchangeCycle([edge]) : best;
            }
        }

        return best;
    }

    /// <summary>Carries out an exchange.</summary>
    internal void Apply(ExchangeCycle cycle)
    {
        foreach ((int from, int to, _, _, int row) in cycle.Edges)
        {
            if (row >= 0)
            {
                Move(row, from, to);
            }
        }

        Refresh();
    }

    /// <summary>Lists the best rows without an action for one action, best first; takes them out of reach.</summary>
    internal List<(long Gain, int Row)> TakeEntrants(int action, long atMost)
    {
        List<(long, int)> taken = [];
        while (taken.Count < atMost && Best(0, action + 1) is { } top)
        {
            taken.Add(top);
            Heap(0, action + 1).Pop();
        }

        return taken;
    }

    internal void Enter(IEnumerable<(long Gain, int Row)> rows, int action)
    {
        foreach ((_, int row) in rows)
        {
            Move(row, 0, action + 1);
        }
    }

    private (long Gain, int Row)[] Entrants(int action)
    {
        List<(long, int)> rows = [];
        for (int row = 0; row < _problem.Rows; row++)
        {
            long gain = _problem.Gain(row, action);
            if (gain != AllocationProblem.Forbidden)
            {
                rows.Add((gain, row));
            }
        }

        return [.. rows];
    }

    private RowHeap Heap(int from, int to) => _heaps[(from * (_problem.Actions + 1)) + to];

    // Rows that have moved on since they were pushed are dropped when they come up.
    private (long Gain, int Row)? Best(int from, int to)
    {
        RowHeap heap = Heap(from, to);
        while (heap.Count > 0 && _node[heap.Top.Row] != from)
        {
            heap.Pop();
        }

        return heap.Count > 0 ? heap.Top : null;
    }

    private long GainAt(int row, int node) => node == 0 ? 0 : _problem.Gain(row, node - 1);

    private void Move(int row, int from, int to)
    {
        _node[row] = to;
        Value += GainAt(row, to) - GainAt(row, from);
        Spend += (to == 0 ? 0 : _problem.Costs[to - 1]) - (from == 0 ? 0 : _problem.Costs[from - 1]);
        (_count[from], _count[to]) = (_count[from] - 1, _count[to] + 1);
        _count[^1] += (to > 0 ? 1 : 0) - (from > 0 ? 1 : 0);
        for (int next = 0; next <= _problem.Actions; next++)
        {
            if (next != to && GainAt(row, next) != AllocationProblem.Forbidden)
            {
                Heap(to, next).Push(GainAt(row, next) - GainAt(row, to), row);
            }
        }
    }

    private void Refresh()
    {
        _edges.Clear();
        int total = _nodes - 1;
        for (int from = 0; from < total; from++)
        {
            for (int to = 0; to < total; to++)
            {
                if (from != to && !_closed[from] && !_closed[to] && Best(from, to) is { } best)
                {
                    _edges.Add((from, to, best.Gain, _cost[to] - _cost[from], best.Row));
                }
            }
        }

        for (int node = 1; node < total; node++)
        {
            if (_count[node] < _problem.Capacities[node - 1])
            {
                _edges.Add((node, total, 0, 0, -1));
            }

            if (_count[node] > 0)
            {
                _edges.Add((total, node, 0, 0, -1));
            }
        }

        if (Contacts < _problem.Capacity)
        {
            _edges.Add((total, 0, 0, 0, -1));
        }

        if (Contacts > 0)
        {
            _edges.Add((0, total, 0, 0, -1));
        }
    }
}

/// <summary>An exchange: rows that move, with what that gains and costs together.</summary>
internal sealed class ExchangeCycle(IReadOnlyList<(int From, int To, long Gain, long Cost, int Row)> edges)
{
    internal IReadOnlyList<(int From, int To, long Gain, long Cost, int Row)> Edges { get; } = edges;

    internal long Gain { get; } = edges.Sum(e => e.Gain);

    internal long Cost { get; } = edges.Sum(e => e.Cost);
}
