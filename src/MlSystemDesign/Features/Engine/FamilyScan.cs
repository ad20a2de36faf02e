using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Computes the features of one family of windows. One per thread.</summary>
internal sealed class FamilyScan
{
    private const int CalendarCacheSize = 4096;
    private readonly WindowFamily _family;
    private readonly MomentsTask? _leader;
    private readonly FamilyTask[] _followers;
    private readonly RowBlock _block;
    private readonly WindowView _view;
    private readonly Dictionary<long, long[]> _calendar = [];

    internal FamilyScan(FamilyPlan plan, RowBlock block)
    {
        _family = plan.Family;
        _leader = plan.Tasks.OfType<MomentsTask>().FirstOrDefault(t => t.IsOver(_family.TimedWindows));
        _followers = [.. plan.Tasks.Where(t => t != _leader)];
        _block = block;
        _view = new WindowView(_family.Windows.Length, _family.TimedWindows, block);
        _view.Starts.AsSpan().Fill(long.MinValue);
    }

    /// <summary>Computes rows of one entity.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="visible">The newest that is visible to each row of the block.</param>
    /// <param name="from">The first row.</param>
    /// <param name="until">The row behind the last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compute(FactSet facts, ReadOnlySpan<int> visible, int from, int until)
    {
        WindowView view = _view;
        (view.Facts, view.From, view.Until) = (facts, from, until);
        FindFirsts(view, visible);
        FindStarts(view);
        CountLastFacts(view);
        if (_leader is null)
        {
            FindEnds(view);
        }
        else
        {
            _leader.ComputeAndFindEnds(view, _block);
        }

        foreach (FamilyTask task in _followers)
        {
            task.Compute(view, _block);
        }
    }

    /// <summary>Ends the computation of all rows of the block.</summary>
    internal void Finish()
    {
        _leader?.Finish(_block);
        foreach (FamilyTask task in _followers)
        {
            task.Finish(_block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindFirsts(WindowView view, ReadOnlySpan<int> visible)
    {
        int count = view.Until - view.From;
        ReadOnlySpan<long> cutoffs = _block.Cutoffs.AsSpan(view.From, count);
        Span<long> closes = view.Closes.AsSpan(view.From, count);
        Span<int> firsts = view.Firsts.AsSpan(view.From, count);
        if (_family.Lag == 0)
        {
            cutoffs.CopyTo(closes);
            visible.Slice(view.From, count).CopyTo(firsts);
            return;
        }

        WindowFamily.Before(cutoffs, _family.Lag, closes);
        Borders.CountSince(view.Facts, closes, visible.Slice(view.From, count), firsts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindStarts(WindowView view)
    {
        int count = view.Until - view.From;
        if (_family.Calendar is not null)
        {
            FindCalendarStarts(view);
            return;
        }

        for (int w = 0; w < _family.Lengths.Length; w++)
        {
            WindowFamily.Before(view.Closes.AsSpan(view.From, count), _family.Lengths[w], view.Starts.AsSpan((w * view.Stride) + view.From, count));
        }
    }

    private void FindCalendarStarts(WindowView view)
    {
        for (int row = view.From; row < view.Until; row++)
        {
            long[] starts = CalendarStarts(view.Closes[row]);
            for (int w = 0; w < starts.Length; w++)
            {
                view.Starts[(w * view.Stride) + row] = starts[w];
            }
        }
    }

    private long[] CalendarStarts(long close)
    {
        // Calendars are slow, and rows share their cutoffs.
        if (!_calendar.TryGetValue(close, out long[]? starts))
        {
            if (_calendar.Count >= CalendarCacheSize)
            {
                _calendar.Clear();
            }

            starts = new long[_family.Windows.Length];
            _family.Calendar!.Find(close, starts);
            _calendar.Add(close, starts);
        }

        return starts;
    }

    /// <summary>Finds where windows end that have a start in time, and the heads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindEnds(WindowView view)
    {
        int rows = view.Until - view.From;
        ReadOnlySpan<int> firsts = view.Firsts.AsSpan(view.From, rows);
        for (int w = 0; w < _family.TimedWindows; w++)
        {
            int at = (w * view.Stride) + view.From;
            Borders.CountSince(view.Facts, view.Starts.AsSpan(at, rows), firsts, view.Ends.AsSpan(at, rows));
        }

        int heads = 0;
        for (int row = view.From; row < view.Until; row++)
        {
            view.Heads[heads] = row;
            heads += row > view.From && view.HoldsAsBefore(row) ? 0 : 1;
        }

        view.HeadCount = heads;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountLastFacts(WindowView view)
    {
        for (int w = _family.TimedWindows; w < _family.Windows.Length; w++)
        {
            Span<int> ends = view.Ends.AsSpan(w * view.Stride, view.Until);
            for (int row = view.From; row < ends.Length; row++)
            {
                ends[row] = (int)Math.Min((long)view.Firsts[row] + _family.MostFacts[w], view.Facts.Count);
            }
        }
    }
}
