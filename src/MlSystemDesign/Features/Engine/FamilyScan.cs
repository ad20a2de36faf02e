using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Computes the features of one family of windows, cutoff after cutoff. One per thread.</summary>
/// <remarks>Borders are sought from where they were at the cutoff before. When none of them moved, the results in the row still hold, but for those that look at the cutoff.</remarks>
internal sealed class FamilyScan
{
    private const int CalendarCacheSize = 1024;
    private readonly WindowFamily _family;
    private readonly FamilyTask[] _tasks;
    private readonly FamilyTask[] _cutoffTasks;
    private readonly WindowView _view;
    private readonly int[] _found;
    private readonly int _timed; // so many windows have a start in time; they come first
    private readonly Dictionary<long, long[]>? _calendar;
    private int _first;

    internal FamilyScan(FamilyPlan plan)
    {
        _family = plan.Family;
        _tasks = plan.Tasks;
        _cutoffTasks = [.. plan.Tasks.Where(t => t.DependsOnCutoff)];
        _view = new WindowView(_family.Windows.Length);
        _found = new int[_family.Windows.Length];
        _timed = _family.Windows.Count(w => w.Kind is WindowKind.Fixed or WindowKind.Calendar);
        _calendar = _family.Calendar is null ? null : [];
    }

    /// <summary>Starts over with other facts.</summary>
    internal void Begin() => _first = -1;

    /// <summary>Gets the cutoffs for which the borders of the row before still hold: after this one, in UTC ticks.</summary>
    internal long HoldsAfter { get; private set; }

    /// <summary>Gets the cutoffs for which the borders of the row before still hold: up to this one.</summary>
    internal long HoldsUntil { get; private set; }

    /// <summary>Computes one row.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="visible">The newest that is visible.</param>
    /// <param name="isCopy">Whether the facts are a copy made for this row.</param>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
    /// <param name="row">Takes the results; holds those of the row before.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // in a frame of its own: one big frame would be cleared for every row
    internal void Compute(FactSet facts, int visible, bool isCopy, long cutoff, bool entityIsKnown, RowBuffer row)
    {
        WindowView view = _view;
        view.Facts = facts;
        view.End = _family.Lag == 0 ? cutoff : WindowFamily.Before(cutoff, _family.Lag);
        bool moved = FindBorders(view, visible) || isCopy;
        _first = isCopy ? -1 : view.First;
        Run(moved ? _tasks : _cutoffTasks, cutoff, entityIsKnown, row);
    }

    /// <summary>Computes one row whose cutoff lies where the borders hold.</summary>
    internal void ComputeUnmoved(long cutoff, bool entityIsKnown, RowBuffer row)
    {
        if (_cutoffTasks.Length > 0)
        {
            _view.End = WindowFamily.Before(cutoff, _family.Lag);
            _family.FindStarts(_view.End, _view.Starts); // coverage looks at them
            Run(_cutoffTasks, cutoff, entityIsKnown, row);
        }
    }

    private void Run(FamilyTask[] tasks, long cutoff, bool entityIsKnown, RowBuffer row)
    {
        _view.Cutoff = cutoff;
        _view.EntityIsKnown = entityIsKnown;
        foreach (FamilyTask task in tasks)
        {
            task.Compute(_view, row);
        }
    }

    /// <summary>Finds where the windows start and end among the facts, and for which cutoffs that holds.</summary>
    /// <returns>Whether any border is elsewhere than in the row before.</returns>
    private bool FindBorders(WindowView view, int visible)
    {
        FactSet facts = view.Facts;
        int first = visible, count = facts.Count;
        if (_family.Lag != 0)
        {
            first = Math.Max(visible, Borders.CountSince(facts.Ticks, count, view.End, Math.Max(_first, 0)));
        }

        view.First = first;
        FindStarts(view);
        int[] ends = view.Ends, found = _found;
        bool moved = first != _first, isNew = _first < 0;
        for (int w = 0; w < found.Length; w++)
        {
            found[w] = isNew ? first : ends[w]; // where to look
        }

        Borders.CountSince(facts.Ticks, count, view.Starts, _timed, found);
        Holding holding = _family.Lag == 0 && _calendar is null ? Holding.Always : Holding.Never;
        for (int w = 0; w < found.Length; w++)
        {
            if (w < _timed)
            {
                holding.Add(facts.Ticks, count, found[w], view.End - view.Starts[w]);
            }

            int border = w < _timed ? Math.Max(found[w], first) : (int)Math.Min((long)first + _family.MostFacts[w], count);
            moved |= border != ends[w];
            ends[w] = border;
        }

        (HoldsAfter, HoldsUntil) = (holding.After, holding.Until);
        return moved;
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

            starts = new long[_found.Length];
            _family.FindStarts(end, starts);
            calendar.Add(end, starts);
        }

        return starts;
    }
}
