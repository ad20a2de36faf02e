namespace MlSystemDesign.Features;

/// <summary>Computes the features of one family of windows, cutoff after cutoff. One per thread.</summary>
/// <remarks>Borders are sought from where they were at the cutoff before. When none of them moved, the results in the row still hold, but for those that look at the cutoff.</remarks>
internal sealed class FamilyScan
{
    private const int CalendarCacheSize = 1024;
    private readonly WindowFamily _family;
    private readonly FamilyTask[] _tasks;
    private readonly FamilyTask[] _cutoffTasks;
    private readonly int[] _ends;
    private readonly int[] _found;
    private readonly int _timed; // so many windows have a start in time; they come first
    private readonly Dictionary<long, long[]>? _calendar;
    private long[] _starts;
    private int _first;

    internal FamilyScan(FamilyPlan plan)
    {
        WindowFamily family = plan.Family;
        _family = family;
        _tasks = plan.Tasks;
        _cutoffTasks = [.. plan.Tasks.Where(t => t.DependsOnCutoff)];
        _ends = new int[family.Windows.Length];
        _found = new int[family.Windows.Length];
        _timed = family.Windows.Count(w => w.Kind is WindowKind.Fixed or WindowKind.Calendar);
        _starts = new long[family.Windows.Length];
        _calendar = family.Calendar is null ? null : [];
    }

    /// <summary>Starts over with other facts.</summary>
    internal void Begin() => _first = -1;

    /// <summary>Computes one row.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="visible">The newest that is visible.</param>
    /// <param name="isCopy">Whether the facts are a copy made for this row.</param>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
    /// <param name="row">Takes the results; holds those of the row before.</param>
    internal void Compute(FactSet facts, int visible, bool isCopy, long cutoff, bool entityIsKnown, RowBuffer row)
    {
        long end = _family.Lag == 0 ? cutoff : WindowFamily.Before(cutoff, _family.Lag);
        bool moved = FindBorders(facts, visible, end) || isCopy;
        FamilyTask[] tasks = moved ? _tasks : _cutoffTasks;
        if (tasks.Length > 0)
        {
            WindowView view = new(facts, _first, _ends, _starts, end, cutoff, entityIsKnown);
            foreach (FamilyTask task in tasks)
            {
                task.Compute(view, row);
            }
        }

        _first = isCopy ? -1 : _first;
    }

    /// <summary>Finds where the windows start and end among the facts.</summary>
    /// <returns>Whether any border is elsewhere than in the row before.</returns>
    private bool FindBorders(FactSet facts, int visible, long end)
    {
        int first = visible;
        if (_family.Lag != 0)
        {
            first = Math.Max(visible, Borders.CountSince(facts.Ticks, facts.Count, end, Math.Max(_first, 0)));
        }

        bool moved = first != _first;
        Span<int> ends = _ends, found = _found;
        if (moved && _first < 0)
        {
            ends.Fill(first); // where to look in the first row
        }

        ends.CopyTo(found);
        FindStarts(end);
        if (_timed > 0)
        {
            Borders.CountSince(facts.Ticks, facts.Count, _starts.AsSpan(0, _timed), found);
        }

        for (int w = 0; w < found.Length; w++)
        {
            int border = w < _timed ? Math.Max(found[w], first) : (int)Math.Min((long)first + _family.MostFacts[w], facts.Count);
            moved |= border != ends[w];
            ends[w] = border;
        }

        _first = first;
        return moved;
    }

    private void FindStarts(long end)
    {
        if (_calendar is null)
        {
            _family.FindStarts(end, _starts);
        }
        else
        {
            FindCalendarStarts(end, _calendar);
        }
    }

    private void FindCalendarStarts(long end, Dictionary<long, long[]> calendar)
    {
        // Calendars are slow, and rows share their cutoffs.
        if (!calendar.TryGetValue(end, out long[]? starts))
        {
            if (calendar.Count >= CalendarCacheSize)
            {
                calendar.Clear();
            }

            starts = new long[_ends.Length];
            _family.FindStarts(end, starts);
            calendar.Add(end, starts);
        }

        _starts = starts;
    }
}
