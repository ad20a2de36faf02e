using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Which of the facts of one entity from one source were visible when. One per set of facts; loaded anew for each entity.</summary>
internal sealed class FactVisibility
{
    private FactException[] _exceptions = []; // in the order of the facts
    private int _exceptionCount;
    private long _latestKnown; // after this cutoff no exception is hidden for not being known yet
    private long _earliestSuperseded; // up to this cutoff none is hidden for being superseded
    private KnownTimes _known;
    private int _knownAt;
    private long[] _knownScratch = [];
    private long _largestDelay;
    private int[] _hidden = [];

    /// <summary>Gets how much earlier than the cutoff a fact must have happened to be visible; 0 where known times tell.</summary>
    internal long Delay { get; private set; }

    /// <summary>Takes what a run of facts tells.</summary>
    /// <param name="run">The facts.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    internal void Load(FactRun run, long delay)
    {
        Delay = delay;
        (_known, _knownAt, _largestDelay) = (run.Block.Known, run.Start, run.LargestDelay);
        LoadExceptions(run.Exceptions, run.Start);
    }

    /// <summary>Takes what the facts of an online engine tell.</summary>
    /// <param name="columns">The facts; <see langword="null"/> for none.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    internal void Load(OnlineColumns? columns, long delay)
    {
        Delay = delay;
        (_known, _knownAt, _largestDelay) = (KnownTimes.OfTicks(columns?.Known ?? []), columns?.At ?? 0, columns?.LargestDelay ?? 0);
        LoadExceptions(columns is null ? default : columns.Exceptions, 0);
    }

    /// <summary>Makes every fact visible that happened before the cutoff.</summary>
    internal void Clear() => (Delay, _known, _exceptionCount) = (0, default, 0);

    /// <summary>Takes what the facts that pass tell.</summary>
    /// <param name="source">All facts.</param>
    /// <param name="ticks">When they happened.</param>
    /// <param name="keep">Which pass.</param>
    internal void CopyWhere(FactVisibility source, ReadOnlySpan<long> ticks, ReadOnlySpan<bool> keep)
    {
        (Delay, _known, _knownAt, _largestDelay) = (source.Delay, default, 0, source._largestDelay);
        if (!source._known.IsEmpty)
        {
            long[] known = Scratch.Sized(ref _knownScratch, keep.Length);
            for (int i = 0, kept = 0; i < keep.Length; i++)
            {
                if (keep[i])
                {
                    known[kept++] = source._known[source._knownAt + i, ticks[i]];
                }
            }

            _known = KnownTimes.OfTicks(known);
        }

        CopyExceptions(source, keep);
    }

    /// <summary>Gets a value indicating whether all that happened before a cutoff, less the delay, is visible at it.</summary>
    internal bool HidesNothing => _known.IsEmpty && _exceptionCount == 0;

    /// <summary>Tells whether a look at known times or supersession is needed.</summary>
    internal bool MayHide(long cutoff) => !_known.IsEmpty || (_exceptionCount > 0 && (cutoff <= _latestKnown || cutoff > _earliestSuperseded));

    /// <summary>Tells whether some fact that happened before the cutoff was not known by then, or was superseded.</summary>
    /// <param name="ticks">When the facts happened, newest first.</param>
    /// <param name="first">The newest fact that happened before the cutoff, less the delay.</param>
    /// <param name="cutoff">The cutoff.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // rare, and its locals would burden every row
    internal bool AnyHidden(ReadOnlySpan<long> ticks, int first, long cutoff)
    {
        if (NextLate(ticks, first, ticks.Length, cutoff) < ticks.Length)
        {
            return true;
        }

        foreach (FactException exception in _exceptions.AsSpan(0, _exceptionCount))
        {
            if (exception.Row >= first && exception.IsHidden(cutoff))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Finds the facts that are hidden at a cutoff that lies after all of them.</summary>
    /// <param name="ticks">When the facts happened, newest first.</param>
    /// <param name="from">The first fact.</param>
    /// <param name="until">The fact behind the last one.</param>
    /// <param name="cutoff">The cutoff.</param>
    /// <returns>Which, ascending; until the next call.</returns>
    internal ReadOnlySpan<int> FindHidden(ReadOnlySpan<long> ticks, int from, int until, long cutoff)
    {
        Scratch.Sized(ref _hidden, until - from);
        int count = 0, next = from;
        foreach (FactException exception in _exceptions.AsSpan(0, _exceptionCount))
        {
            if (exception.Row >= from && exception.Row < until && exception.IsHidden(cutoff))
            {
                count = AddLate(ticks, next, exception.Row, cutoff, count);
                _hidden[count++] = exception.Row;
                next = exception.Row + 1;
            }
        }

        return _hidden.AsSpan(0, AddLate(ticks, next, until, cutoff, count));
    }

    private int AddLate(ReadOnlySpan<long> ticks, int from, int end, long cutoff, int count)
    {
        for (int i = NextLate(ticks, from, end, cutoff); i < end; i = NextLate(ticks, i + 1, end, cutoff))
        {
            _hidden[count++] = i;
        }

        return count;
    }

    /// <summary>Returns the first fact of some that was known too late by its known time; the end where none was.</summary>
    private int NextLate(ReadOnlySpan<long> ticks, int from, int end, long cutoff)
    {
        if (!_known.IsEmpty)
        {
            KnownTimes known = _known;
            long surely = cutoff - _largestDelay;
            for (int i = from; i < end && ticks[i] >= surely; i++)
            {
                if (known[_knownAt + i, ticks[i]] >= cutoff)
                {
                    return i;
                }
            }
        }

        return end;
    }

    private void LoadExceptions(ReadOnlySpan<FactException> exceptions, int start)
    {
        _exceptionCount = exceptions.Length;
        if (exceptions.Length == 0)
        {
            return;
        }

        Scratch.Sized(ref _exceptions, exceptions.Length);
        (_latestKnown, _earliestSuperseded) = (long.MinValue, long.MaxValue);
        for (int i = 0; i < exceptions.Length; i++)
        {
            Add(i, exceptions[i] with { Row = exceptions[i].Row - start });
        }
    }

    private void CopyExceptions(FactVisibility source, ReadOnlySpan<bool> keep)
    {
        _exceptionCount = 0;
        if (source._exceptionCount == 0)
        {
            return;
        }

        Scratch.Sized(ref _exceptions, source._exceptionCount);
        (_latestKnown, _earliestSuperseded) = (long.MinValue, long.MaxValue);
        int place = 0, kept = 0;
        foreach (FactException exception in source._exceptions.AsSpan(0, source._exceptionCount))
        {
            for (; place < exception.Row; place++)
            {
                kept += keep[place] ? 1 : 0;
            }

            if (keep[exception.Row])
            {
                Add(_exceptionCount++, exception with { Row = kept });
            }
        }
    }

    private void Add(int place, FactException exception)
    {
        _exceptions[place] = exception;
        _latestKnown = Math.Max(_latestKnown, exception.Known);
        _earliestSuperseded = Math.Min(_earliestSuperseded, exception.Superseded);
    }
}
