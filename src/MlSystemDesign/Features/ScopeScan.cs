namespace MlSystemDesign.Features;

/// <summary>Computes the features of one scope, row by row. Holds scratch memory: one per thread.</summary>
internal sealed class ScopeScan
{
    private readonly ScopePlan _plan;
    private readonly FactPredicate _where;
    private readonly int[] _ends;
    private readonly int[] _taskEnds;
    private readonly double[] _results;
    private bool[] _passes = [];
    private long[] _ticks = [];
    private double[] _values = [];

    internal ScopeScan(ScopePlan plan)
    {
        _plan = plan;
        _where = new FactPredicate(plan.Schema, plan.Where);
        _ends = new int[plan.Windows.Length];
        _taskEnds = new int[plan.Windows.Length];
        _results = new double[plan.Windows.Length];
    }

    /// <summary>Computes one row.</summary>
    /// <param name="facts">What was visible at the cutoff, newest first.</param>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="row">Where the results go.</param>
    /// <param name="output">The table under construction.</param>
    internal void Compute(FactTable facts, long cutoff, int row, FeatureOutput output)
    {
        if (_plan.NeedsNewest)
        {
            ReadNewest(facts, cutoff, row, output);
        }

        if (_ends.Length == 0)
        {
            return;
        }

        ReadOnlySpan<long> ticks = facts.EventTicks.Span;
        for (int w = 0; w < _ends.Length; w++)
        {
            _ends[w] = CountSince(ticks, cutoff - _plan.Windows[w]);
        }

        int inside = _ends[^1];
        if (!_where.IsAlways)
        {
            ticks = KeepPassing(facts, ticks[..inside]);
        }

        foreach ((int window, int feature) in _plan.Counts)
        {
            output.Set(feature, row, _ends[window]);
        }

        foreach (KernelTask task in _plan.Kernels)
        {
            ReadOnlySpan<double> values = facts.Numbers(task.Column);
            Run(task, ticks, _where.IsAlways ? values : KeepPassing(values, inside), row, output);
        }
    }

    private void ReadNewest(FactTable facts, long cutoff, int row, FeatureOutput output)
    {
        int newest = _where.Newest(facts);
        if (newest < 0)
        {
            return; // the row holds the values for nothing already
        }

        double days = (double)(cutoff - facts.EventTicks.Span[newest]) / TimeSpan.TicksPerDay;
        foreach (int feature in _plan.Recencies)
        {
            output.Set(feature, row, days);
        }

        foreach ((int column, ColumnKind kind, int feature) in _plan.Newest)
        {
            if (kind == ColumnKind.Number)
            {
                output.Set(feature, row, facts.Numbers(column)[newest]);
            }
            else
            {
                int code = facts.Codes(column)[newest];
                output.SetText(feature, row, code < 0 ? null : facts.Levels[column]![code]);
            }
        }
    }

    private void Run(KernelTask task, ReadOnlySpan<long> ticks, ReadOnlySpan<double> values, int row, FeatureOutput output)
    {
        int windows = task.Windows.Length;
        for (int w = 0; w < windows; w++)
        {
            _taskEnds[w] = _ends[task.Windows[w]];
        }

        task.Kernel(ticks, values, _taskEnds.AsSpan(0, windows), _results);
        for (int w = 0; w < windows; w++)
        {
            output.Set(task.Outputs[w], row, _results[w]);
        }
    }

    /// <summary>Counts the facts at or after an instant.</summary>
    private static int CountSince(ReadOnlySpan<long> newestFirst, long start)
    {
        int low = 0, high = newestFirst.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (newestFirst[middle] >= start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Marks what passes among the facts of the longest window, moves their times together and the windows' ends with them.</summary>
    private ReadOnlySpan<long> KeepPassing(FactTable facts, ReadOnlySpan<long> ticks)
    {
        if (_passes.Length < ticks.Length)
        {
            int size = Math.Max(ticks.Length, 2 * _passes.Length);
            (_passes, _ticks, _values) = (new bool[size], new long[size], new double[size]);
        }

        _where.Test(facts, _passes.AsSpan(0, ticks.Length));
        int kept = 0;
        for (int w = 0, i = 0; w < _ends.Length; w++)
        {
            for (; i < _ends[w]; i++)
            {
                _ticks[kept] = ticks[i];
                kept += _passes[i] ? 1 : 0;
            }

            _ends[w] = kept;
        }

        return _ticks.AsSpan(0, kept);
    }

    private ReadOnlySpan<double> KeepPassing(ReadOnlySpan<double> values, int inside)
    {
        int kept = 0;
        for (int i = 0; i < inside; i++)
        {
            _values[kept] = values[i];
            kept += _passes[i] ? 1 : 0;
        }

        return _values.AsSpan(0, kept);
    }
}
