using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Computes the features of one family of windows, cutoff after cutoff. One per thread.</summary>
/// <remarks>While no fact crosses a border of a window from one cutoff to the next, the results in the row still hold, but for those that look at the cutoff.</remarks>
internal sealed class FamilyScan
{
    private const int CalendarCacheSize = 1024;
    private readonly WindowFamily _family;
    private readonly MomentsTask? _leader; // walks the facts anyway, and so finds where windows end
    private readonly FamilyTask[] _followers;
    private readonly int[] _sought; // windows with a start in time that the leader does not have
    private readonly FamilyTask[] _cutoffTasks;
    private readonly WindowView _view;
    private readonly int _timed; // so many windows have a start in time; they come first
    private readonly Dictionary<long, long[]>? _calendar;

    internal FamilyScan(FamilyPlan plan)
    {
        _family = plan.Family;
        _timed = _family.Windows.Count(w => w.Kind is WindowKind.Fixed or WindowKind.Calendar);
        _leader = plan.Tasks.OfType<MomentsTask>().FirstOrDefault(t => t.FoundWindows[^1] < _timed);
        _followers = [.. plan.Tasks.Where(t => t != _leader)];
        _sought = [.. Enumerable.Range(0, _timed).Except(_leader is null ? [] : _leader.FoundWindows.ToArray())];
        _cutoffTasks = [.. plan.Tasks.Where(t => t.DependsOnCutoff)];
        _view = new WindowView(_family.Windows.Length);
        _calendar = _family.Calendar is null ? null : [];
    }

    /// <summary>Gets the cutoffs for which the borders of the row before still hold: after this one, in UTC ticks.</summary>
    internal long HoldsAfter { get; private set; }

    /// <summary>Gets the cutoffs for which the borders of the row before still hold: up to this one.</summary>
    internal long HoldsUntil { get; private set; }

    /// <summary>Computes one row.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="visible">The newest that is visible.</param>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
    /// <param name="row">Takes the results; holds those of the row before.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // in a frame of its own: one big frame would be cleared for every row
    internal void Compute(FactSet facts, int visible, long cutoff, bool entityIsKnown, RowBuffer row)
    {
        WindowView view = _view;
        view.Facts = facts;
        view.Cutoff = cutoff;
        view.EntityIsKnown = entityIsKnown;
        view.End = _family.Lag == 0 ? cutoff : WindowFamily.Before(cutoff, _family.Lag);
        view.First = _family.Lag == 0 ? visible : Math.Max(visible, Borders.CountSince(facts.Ticks, facts.Count, view.End, visible));
        FindStarts(view);
        _leader?.ComputeAndFindEnds(view, row);
        FindEnds(view);
        foreach (FamilyTask task in _followers)
        {
            task.Compute(view, row);
        }
    }

    /// <summary>Computes one row whose cutoff lies where the borders hold.</summary>
    internal void ComputeUnmoved(long cutoff, bool entityIsKnown, RowBuffer row)
    {
        if (_cutoffTasks.Length == 0)
        {
            return;
        }

        _view.Cutoff = cutoff;
        _view.EntityIsKnown = entityIsKnown;
        _view.End = WindowFamily.Before(cutoff, _family.Lag);
        _family.FindStarts(_view.End, _view.Starts); // coverage looks at them
        foreach (FamilyTask task in _cutoffTasks)
        {
            task.Compute(_view, row);
        }
    }

    /// <summary>Finds where those windows end that the leader does not find, and for which cutoffs all ends hold.</summary>
    private void FindEnds(WindowView view)
    {
        FactSet facts = view.Facts;
        int[] ends = view.Ends;
        int first = view.First, count = facts.Count;
        foreach (int window in _sought)
        {
            ends[window] = Math.Max(first, Borders.CountSince(facts.Ticks, count, view.Starts[window], first));
        }

        for (int w = _timed; w < ends.Length; w++)
        {
            ends[w] = (int)Math.Min((long)first + _family.MostFacts[w], count);
        }

        Holding holding = _family.Lag == 0 && _calendar is null ? Holding.Always : Holding.Never;
        for (int w = 0; w < _timed; w++)
        {
            holding.Add(facts.Ticks, count, ends[w], view.End - view.Starts[w]);
        }

        (HoldsAfter, HoldsUntil) = (holding.After, holding.Until);
    }

    private void FindStarts(WindowView view)
    {
        if (_calendar is null)
        {
            _family.FindStarts(view.End, view.Starts);
        }
        else
        {
            view.Starts = CalendarStarts(view.End, _calendar);
        }
    }

    private long[] CalendarStarts(long end, Dictionary<long, long[]> calendar)
    {
        // Calendars are slow, and rows share their cutoffs.
        if (!calendar.TryGetValue(end, out long[]? starts))
        {
            if (calendar.Count >= CalendarCacheSize)
            {
                calendar.Clear();
            }

            starts = new long[_view.Ends.Length];
            _family.FindStarts(end, starts);
            calendar.Add(end, starts);
        }

        return starts;
    }
}
