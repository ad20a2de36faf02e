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
    private readonly Dictionary<long, long[]>? _calendar;
    private long[] _starts;
    private int _first;

    internal FamilyScan(WindowFamily family, FamilyTask[] tasks)
    {
        _family = family;
        _tasks = tasks;
        _cutoffTasks = [.. tasks.Where(t => t.DependsOnCutoff)];
        _ends = new int[family.Windows.Length];
        _starts = new long[family.Windows.Length];
        _calendar = family.Calendar is null ? null : [];
    }

    /// <summary>Starts over with other facts.</summary>
    internal void Begin()
    {
        _first = -1;
        Array.Clear(_ends);
    }

    /// <summary>Computes one row.</summary>
    /// <param name="facts">The facts, newest first.</param>
    /// <param name="visible">The newest that is visible.</param>
    /// <param name="isCopy">Whether the facts are a copy made for this row.</param>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
    /// <param name="row">Takes the results; holds those of the row before.</param>
    internal void Compute(FactSet facts, int visible, bool isCopy, long cutoff, bool entityIsKnown, RowBuffer row)
    {
        ReadOnlySpan<long> ticks = facts.Ticks.Span(facts.Count);
        long end = _family.Lag == 0 ? cutoff : WindowFamily.Before(cutoff, _family.Lag);
        int first = _family.Lag == 0 ? visible : Math.Max(visible, Borders.CountSince(ticks, end, Math.Max(_first, 0)));
        bool moved = isCopy || first != _first;
        FindStarts(end);
        for (int w = 0; w < _ends.Length; w++)
        {
            int windowEnd = _family.Kind == WindowKind.LastEvents ? Math.Min(_family.Windows[w].Events, ticks.Length - first) + first
                : _starts[w] == long.MinValue ? ticks.Length
                : Math.Max(first, Borders.CountSince(ticks, _starts[w], _ends[w]));
            moved |= windowEnd != _ends[w];
            _ends[w] = windowEnd;
        }

        _first = isCopy ? -1 : first;
        WindowView view = new(facts, first, _ends, _starts, end, cutoff, entityIsKnown);
        foreach (FamilyTask task in moved ? _tasks : _cutoffTasks)
        {
            task.Compute(view, row);
        }
    }

    private void FindStarts(long end)
    {
        if (_calendar is null)
        {
            _family.FindStarts(end, _starts);
            return;
        }

        // Calendars are slow, and rows share their cutoffs.
        if (!_calendar.TryGetValue(end, out long[]? starts))
        {
            if (_calendar.Count >= CalendarCacheSize)
            {
                _calendar.Clear();
            }

            starts = new long[_ends.Length];
            _family.FindStarts(end, starts);
            _calendar.Add(end, starts);
        }

        _starts = starts;
    }
}
