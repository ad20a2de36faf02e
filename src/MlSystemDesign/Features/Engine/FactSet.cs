using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>The facts of one entity from one source, newest first, in the columns that a plan needs: where they lie, or copied together. One per thread; loaded anew for each entity.</summary>
internal sealed class FactSet
{
    private readonly FactColumnNeeds _needs;
    private readonly int[][] _codeScratch;
    private long[] _tickScratch = [];
    private long[] _knownScratch = [];
    private readonly double[][] _numberScratch;
    private FactException[] _exceptions = [];
    private int _exceptionCount;
    private long _latestKnown; // after this cutoff no exception is hidden for not being known yet
    private long _earliestSuperseded; // up to this cutoff none is hidden for being superseded
    private long[] _known = [];
    private int _knownAt;
    private long _largestDelay;

    internal FactSet(FactColumnNeeds needs)
    {
        _needs = needs;
        Numbers = new ColumnPart<double>[needs.ColumnCount];
        Codes = new ColumnPart<int>[needs.ColumnCount];
        _numberScratch = new double[needs.ColumnCount][];
        _codeScratch = new int[needs.ColumnCount][];
        Array.Fill(_numberScratch, []);
        Array.Fill(_codeScratch, []);
    }

    internal int Count { get; private set; }

    internal ColumnPart<long> Ticks { get; private set; }

    /// <summary>Gets, per column, its numbers; only those that the plan needs.</summary>
    internal ColumnPart<double>[] Numbers { get; }

    /// <summary>Gets, per column, its codes; only those that the plan needs.</summary>
    internal ColumnPart<int>[] Codes { get; }

    /// <summary>Gets how much earlier than the cutoff a fact must have happened to be visible; 0 where known times tell.</summary>
    internal long Delay { get; private set; }

    /// <summary>Tells whether a look at known times or supersession is needed.</summary>
    internal bool MayHide(long cutoff) => _known.Length > 0 || (_exceptionCount > 0 && (cutoff <= _latestKnown || cutoff > _earliestSuperseded));

    /// <summary>Takes the facts of a run: columns are read where they lie, codes are widened.</summary>
    /// <param name="run">The facts.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(FactRun run, long delay)
    {
        Count = run.Count;
        Delay = delay;
        FactBlock block = run.Block;
        Ticks = new(block.EventTicks, run.Start, false);
        foreach (int column in _needs.Numbers)
        {
            Numbers[column] = run.Count == 0 ? new([], 0, false) : new(block.Numbers[column], run.Start, run.MayBeMissing(column));
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch(_codeScratch, column, run.Count);
            if (run.Count > 0)
            {
                run.CopyCodes(column, 0, codes.AsSpan(0, run.Count));
            }

            Codes[column] = new(codes, 0, true);
        }

        (_known, _knownAt, _largestDelay) = (run.KnownTicks.IsEmpty ? [] : block.KnownTicks, run.Start, run.LargestDelay);
        LoadExceptions(run.Exceptions, run.Start);
        Derive();
    }

    /// <summary>Takes the facts of an online engine where they lie.</summary>
    /// <param name="columns">The facts; <see langword="null"/> for none.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    internal void Load(OnlineColumns? columns, long delay)
    {
        Count = columns?.Count ?? 0;
        Delay = delay;
        int at = columns?.At ?? 0;
        Ticks = new(columns?.Ticks ?? [], at, false);
        foreach (int column in _needs.Numbers)
        {
            Numbers[column] = columns is null ? new([], 0, false) : new(columns.Numbers[column], at, columns.MayBeMissing[column]);
        }

        foreach (int column in _needs.Codes)
        {
            Codes[column] = columns is null ? new([], 0, true) : new(columns.Codes[column], at, true);
        }

        (_known, _knownAt, _largestDelay) = (columns?.Known ?? [], at, columns?.LargestDelay ?? 0);
        LoadExceptions(columns is null ? default : columns.Exceptions, 0);
        Derive();
    }

    /// <summary>Takes a table of facts that are all visible.</summary>
    /// <param name="table">What was visible at a cutoff.</param>
    internal void Load(FactTable table)
    {
        Count = table.Count;
        Delay = 0;
        Ticks = Part(table.EventTicks);
        foreach (int column in _needs.Numbers)
        {
            double[] numbers = Scratch(_numberScratch, column, Count);
            table.Numbers(column).CopyTo(numbers);
            Numbers[column] = new(numbers, 0, true);
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch(_codeScratch, column, Count);
            table.Codes(column).CopyTo(codes);
            Codes[column] = new(codes, 0, true);
        }

        _known = [];
        _exceptionCount = 0;
        Derive();
    }

    /// <summary>Tells whether some fact that happened before the cutoff was not known by then, or was superseded.</summary>
    /// <param name="first">The newest fact that happened before the cutoff, less the delay.</param>
    /// <param name="cutoff">The cutoff.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // rare, and its locals would burden every row
    internal bool AnyHidden(int first, long cutoff)
    {
        if (_known.Length > 0)
        {
            ReadOnlySpan<long> ticks = Ticks.Span(Count), known = _known.AsSpan(_knownAt, Count);
            long surely = cutoff - _largestDelay;
            for (int i = first; i < ticks.Length && ticks[i] >= surely; i++)
            {
                if (known[i] >= cutoff)
                {
                    return true;
                }
            }
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

    /// <summary>Takes what is visible in another set at a cutoff.</summary>
    /// <param name="source">The set.</param>
    /// <param name="first">The newest fact that happened before the cutoff, less the delay.</param>
    /// <param name="cutoff">The cutoff.</param>
    /// <param name="reach">How far back from the cutoff facts are wanted, in ticks; the newest one always is.</param>
    /// <param name="keep">Scratch memory.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void CopyVisible(FactSet source, int first, long cutoff, long reach, ref bool[] keep)
    {
        Span<bool> kept = Sized(ref keep, source.Count).AsSpan(0, source.Count);
        int until = reach == long.MaxValue ? source.Count : Math.Max(first, Borders.CountSince(source, WindowFamily.Before(cutoff, reach), first));
        kept[..first].Clear();
        source.FindVisible(first, until, cutoff, kept);
        if (!kept[first..until].Contains(true))
        {
            source.FindVisible(until, source.Count, cutoff, kept);
            until = source.Count;
        }

        kept = kept[..until];
        CopyWhere(source, kept, mostPass: true);
        Delay = 0;
        _known = [];
        _exceptionCount = 0;
    }

    /// <summary>Takes the facts of another set that pass, with what tells their visibility.</summary>
    /// <param name="source">The set.</param>
    /// <param name="keep">Which pass; those behind it do not.</param>
    /// <param name="mostPass">Whether most pass, so that it pays to copy them run by run.</param>
    internal void CopyWhere(FactSet source, ReadOnlySpan<bool> keep, bool mostPass = false)
    {
        Delay = source.Delay;
        Ticks = new(Sized(ref _tickScratch, keep.Length), 0, false);
        Count = Pack(source.Ticks.Span(keep.Length), keep, _tickScratch, mostPass);
        foreach (int column in _needs.AllNumbers)
        {
            double[] numbers = Scratch(_numberScratch, column, keep.Length);
            Pack(source.Numbers[column].Span(keep.Length), keep, numbers, mostPass);
            Numbers[column] = new(numbers, 0, source.Numbers[column].MayBeMissing);
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch(_codeScratch, column, keep.Length);
            Pack(source.Codes[column].Span(keep.Length), keep, codes, mostPass);
            Codes[column] = new(codes, 0, true);
        }

        (_knownAt, _largestDelay) = (0, source._largestDelay);
        _known = [];
        if (source._known.Length > 0)
        {
            Pack(source._known.AsSpan(source._knownAt, keep.Length), keep, Sized(ref _knownScratch, keep.Length), mostPass);
            _known = _knownScratch;
        }

        CopyExceptions(source, keep);
    }

    /// <summary>Tells which of some facts are visible at a cutoff that lies after all of them.</summary>
    private void FindVisible(int from, int until, long cutoff, Span<bool> visible)
    {
        visible[from..until].Fill(true);
        ReadOnlySpan<long> ticks = Ticks.Span(until);
        long surely = cutoff - _largestDelay;
        for (int i = from; i < ticks.Length && _known.Length > 0 && ticks[i] >= surely; i++)
        {
            visible[i] = _known[_knownAt + i] < cutoff;
        }

        foreach (FactException exception in _exceptions.AsSpan(0, _exceptionCount))
        {
            if (exception.Row >= from && exception.Row < until && exception.IsHidden(cutoff))
            {
                visible[exception.Row] = false;
            }
        }
    }

    private static ColumnPart<long> Part(ReadOnlyMemory<long> memory) => MemoryMarshal.TryGetArray(memory, out ArraySegment<long> segment)
        ? new(segment.Array!, segment.Offset, false)
        : new(memory.ToArray(), 0, false);

    private static int Pack<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> keep, Span<T> target, bool mostPass) =>
        mostPass ? PackRuns(values, keep, target) : PackEach(values, keep, target);

    private static int PackRuns<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> keep, Span<T> target)
    {
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int run = keep[i..].IndexOf(false);
            run = run < 0 ? values.Length - i : run;
            values.Slice(i, run).CopyTo(target[count..]);
            (count, i) = (count + run, i + run);
        }

        return count;
    }

    private static int PackEach<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> keep, Span<T> target)
    {
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (keep[i])
            {
                target[count++] = values[i];
            }
        }

        return count;
    }

    /// <summary>Returns an array with room for as many items; what it held is gone when it had none.</summary>
    internal static T[] Sized<T>(ref T[] scratch, int count)
    {
        if (scratch.Length < count)
        {
            scratch = new T[Math.Max(count, 2 * scratch.Length)];
        }

        return scratch;
    }

    private static T[] Scratch<T>(T[][] scratch, int column, int count) => Sized(ref scratch[column], count);

    private void LoadExceptions(ReadOnlySpan<FactException> exceptions, int start)
    {
        _exceptionCount = exceptions.Length;
        if (exceptions.Length == 0)
        {
            return;
        }

        Sized(ref _exceptions, exceptions.Length);
        (_latestKnown, _earliestSuperseded) = (long.MinValue, long.MaxValue);
        for (int i = 0; i < exceptions.Length; i++)
        {
            Add(i, exceptions[i] with { Row = exceptions[i].Row - start });
        }
    }

    private void CopyExceptions(FactSet source, ReadOnlySpan<bool> keep)
    {
        _exceptionCount = 0;
        if (source._exceptionCount == 0)
        {
            return;
        }

        Sized(ref _exceptions, source._exceptionCount);
        (_latestKnown, _earliestSuperseded) = (long.MinValue, long.MaxValue);
        int place = 0, kept = 0;
        foreach (FactException exception in source._exceptions.AsSpan(0, source._exceptionCount))
        {
            if (exception.Row >= keep.Length)
            {
                break; // they stand in the order of the facts
            }

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

    private void Derive()
    {
        foreach (DerivedNumbers derived in _needs.Derived)
        {
            double[] numbers = Scratch(_numberScratch, derived.Column, Count);
            derived.Compute(this, numbers);
            Numbers[derived.Column] = new(numbers, 0, true);
        }
    }
}

/// <summary>Part of an array.</summary>
/// <param name="Items">The array.</param>
/// <param name="At">Where the part starts.</param>
/// <param name="MayBeMissing">Whether some value may be missing.</param>
internal readonly record struct ColumnPart<T>(T[] Items, int At, bool MayBeMissing)
{
    internal ReadOnlySpan<T> Span(int count) => Items.AsSpan(At, count);

    internal ReadOnlySpan<T> Span(int first, int count) => Items.AsSpan(At + first, count);
}
