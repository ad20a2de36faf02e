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
    private readonly double[][] _numberScratch;

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

    /// <summary>Gets which facts were visible when.</summary>
    internal FactVisibility Visibility { get; } = new();

    /// <summary>Takes the facts of a run: columns are read where they lie, codes are widened.</summary>
    /// <param name="run">The facts.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(FactRun run, long delay)
    {
        Count = run.Count;
        Visibility.Load(run, delay);
        FactBlock block = run.Block;
        Ticks = new(block.EventTicks, run.Start, false);
        foreach (int column in _needs.Numbers)
        {
            Numbers[column] = run.Count == 0 ? new([], 0, false) : new(block.Numbers[column], run.Start, run.MayBeMissing(column));
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch.Sized(ref _codeScratch[column], run.Count);
            if (run.Count > 0)
            {
                run.CopyCodes(column, 0, codes.AsSpan(0, run.Count));
            }

            Codes[column] = new(codes, 0, true);
        }

        Derive();
    }

    /// <summary>Takes the facts of an online engine where they lie.</summary>
    /// <param name="columns">The facts; <see langword="null"/> for none.</param>
    /// <param name="delay">The fixed delay of the source.</param>
    internal void Load(OnlineColumns? columns, long delay)
    {
        Count = columns?.Count ?? 0;
        Visibility.Load(columns, delay);
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

        Derive();
    }

    /// <summary>Takes a table of facts that are all visible.</summary>
    /// <param name="table">What was visible at a cutoff.</param>
    internal void Load(FactTable table)
    {
        Count = table.Count;
        Visibility.Clear();
        Ticks = Part(table.EventTicks);
        foreach (int column in _needs.Numbers)
        {
            double[] numbers = Scratch.Sized(ref _numberScratch[column], Count);
            table.Numbers(column).CopyTo(numbers);
            Numbers[column] = new(numbers, 0, true);
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch.Sized(ref _codeScratch[column], Count);
            table.Codes(column).CopyTo(codes);
            Codes[column] = new(codes, 0, true);
        }

        Derive();
    }

    /// <summary>Takes what is visible in another set at a cutoff.</summary>
    /// <param name="source">The set.</param>
    /// <param name="first">The newest fact that happened before the cutoff, less the delay.</param>
    /// <param name="cutoff">The cutoff.</param>
    /// <param name="reach">How far back from the cutoff facts are wanted, in ticks; the newest one always is.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void CopyVisible(FactSet source, int first, long cutoff, long reach)
    {
        ReadOnlySpan<long> ticks = source.Ticks.Span(source.Count);
        int until = reach == long.MaxValue ? source.Count : Math.Max(first, Borders.CountSince(source, WindowFamily.Before(cutoff, reach), first));
        ReadOnlySpan<int> hidden = source.Visibility.FindHidden(ticks, first, until, cutoff);
        if (hidden.Length == until - first)
        {
            until = source.Count;
            hidden = source.Visibility.FindHidden(ticks, first, until, cutoff);
        }

        int room = until - first;
        Count = room - hidden.Length;
        Ticks = new(Scratch.Sized(ref _tickScratch, room), 0, false);
        CopyBetween(ticks[..until], first, hidden, _tickScratch);
        foreach (int column in _needs.AllNumbers)
        {
            double[] numbers = Scratch.Sized(ref _numberScratch[column], room);
            CopyBetween(source.Numbers[column].Span(until), first, hidden, numbers);
            Numbers[column] = new(numbers, 0, source.Numbers[column].MayBeMissing);
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch.Sized(ref _codeScratch[column], room);
            CopyBetween(source.Codes[column].Span(until), first, hidden, codes);
            Codes[column] = new(codes, 0, true);
        }

        Visibility.Clear();
    }

    /// <summary>Takes the facts of another set that pass, with what tells their visibility.</summary>
    /// <param name="source">The set.</param>
    /// <param name="keep">Which pass.</param>
    internal void CopyWhere(FactSet source, ReadOnlySpan<bool> keep)
    {
        Ticks = new(Scratch.Sized(ref _tickScratch, keep.Length), 0, false);
        Count = Pack(source.Ticks.Span(keep.Length), keep, _tickScratch);
        foreach (int column in _needs.AllNumbers)
        {
            double[] numbers = Scratch.Sized(ref _numberScratch[column], keep.Length);
            Pack(source.Numbers[column].Span(keep.Length), keep, numbers);
            Numbers[column] = new(numbers, 0, source.Numbers[column].MayBeMissing);
        }

        foreach (int column in _needs.Codes)
        {
            int[] codes = Scratch.Sized(ref _codeScratch[column], keep.Length);
            Pack(source.Codes[column].Span(keep.Length), keep, codes);
            Codes[column] = new(codes, 0, true);
        }

        Visibility.CopyWhere(source.Visibility, source.Ticks.Span(keep.Length), keep);
    }

    /// <summary>Copies the values that pass.</summary>
    /// <returns>How many.</returns>
    internal static int Pack<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> keep, Span<T> target)
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

    private static void CopyBetween<T>(ReadOnlySpan<T> values, int first, ReadOnlySpan<int> hidden, Span<T> target)
    {
        foreach (int place in hidden)
        {
            values[first..place].CopyTo(target);
            target = target[(place - first)..];
            first = place + 1;
        }

        values[first..].CopyTo(target);
    }

    private static ColumnPart<long> Part(ReadOnlyMemory<long> memory) => MemoryMarshal.TryGetArray(memory, out ArraySegment<long> segment)
        ? new(segment.Array!, segment.Offset, false)
        : new(memory.ToArray(), 0, false);

    private void Derive()
    {
        foreach (DerivedNumbers derived in _needs.Derived)
        {
            double[] numbers = Scratch.Sized(ref _numberScratch[derived.Column], Count);
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
