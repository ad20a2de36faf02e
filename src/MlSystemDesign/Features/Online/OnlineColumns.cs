using System.Numerics;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>The facts of one entity from one source in columns, newest first in the total order of facts, with room for newer ones in front. To be used by who holds the entity's lock.</summary>
internal sealed class OnlineColumns
{
    private const int LeastCapacity = 8;
    private readonly OnlineSource _source;
    private FactException[] _exceptions = [];
    private int _exceptionCount;
    private bool _exceptionsAreOld;
    private long[] _sequence = [];
    private OnlineVersion?[] _versions = [];

    internal OnlineColumns(OnlineSource source)
    {
        _source = source;
        int columns = source.Schema.Columns.Count;
        Numbers = new double[columns][];
        Codes = new int[columns][];
        Array.Fill(Numbers, []);
        Array.Fill(Codes, []);
        MayBeMissing = new bool[columns];
    }

    /// <summary>Gets where the newest fact lies in the columns.</summary>
    internal int At { get; private set; }

    internal int Count { get; private set; }

    internal long[] Ticks { get; private set; } = [];

    /// <summary>Gets the known times; empty where the source's delay tells.</summary>
    internal long[] Known { get; private set; } = [];

    internal double[][] Numbers { get; }

    internal int[][] Codes { get; }

    /// <summary>Gets, per column, whether some number may be missing.</summary>
    internal bool[] MayBeMissing { get; }

    /// <summary>Gets how much later than it happened a fact became known, at most, in ticks; at least 0.</summary>
    internal long LargestDelay { get; private set; }

    /// <summary>Gets the facts that are superseded, counted from the newest.</summary>
    internal ReadOnlySpan<FactException> Exceptions
    {
        get
        {
            if (_exceptionsAreOld)
            {
                FindExceptions();
            }

            return _exceptions.AsSpan(0, _exceptionCount);
        }
    }

    /// <summary>Inserts a fact at its place. O(1) for one newer than all others, else O(number of newer facts).</summary>
    /// <param name="ticks">When it happened.</param>
    /// <param name="known">When it became known.</param>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="values">Its values.</param>
    /// <param name="version">Which version of which event it is; <see langword="null"/> for an event without a key.</param>
    internal void Insert(long ticks, long known, long sequence, FactValues values, OnlineVersion? version)
    {
        if (At == 0)
        {
            Grow();
        }

        int place = PlaceOf(ticks, known, sequence, values);
        MoveNewer(At + place, -1);
        At--;
        Count++;
        int row = At + place;
        Ticks[row] = ticks;
        if (Known.Length > 0)
        {
            Known[row] = known;
            LargestDelay = Math.Max(LargestDelay, known - ticks);
        }

        if (_sequence.Length > 0)
        {
            _sequence[row] = sequence;
        }

        foreach (int column in _source.NumberColumns)
        {
            double value = values.Number(column);
            Numbers[column][row] = value;
            MayBeMissing[column] |= double.IsNaN(value);
        }

        foreach (int column in _source.CategoryColumns)
        {
            Codes[column][row] = values.Code(column);
        }

        if (version is not null && _versions.Length == 0)
        {
            _versions = _source.Pools.Versions.Rent(Ticks.Length);
        }

        if (_versions.Length > 0)
        {
            _versions[row] = version;
            _exceptionsAreOld = true;
        }
    }

    /// <summary>Takes out the row of a version.</summary>
    internal void Remove(OnlineVersion version) => RemoveAt(Array.IndexOf(_versions, version, At, Count));

    /// <summary>Says that some version of these facts is superseded from another time on.</summary>
    internal void NoteSuperseded() => _exceptionsAreOld = true;

    /// <summary>Forgets what happened before an instant, and is not superseded at or after it.</summary>
    /// <param name="before">The instant, in UTC ticks.</param>
    /// <returns>The earliest time at which one of them, not superseded, became known; <see cref="long.MaxValue"/> for none.</returns>
    internal long Forget(long before)
    {
        long known = long.MaxValue;
        for (int row = At + Count - 1; row >= At && Ticks[row] < before;)
        {
            OnlineVersion? version = _versions.Length == 0 ? null : _versions[row];
            if (version is { Superseded: < long.MaxValue } && version.Superseded >= before)
            {
                row--; // a cutoff since then may still see it
                continue;
            }

            if (version is null or { Superseded: long.MaxValue })
            {
                known = Math.Min(known, KnownAt(row));
            }

            if (version is not null)
            {
                version.HasRow = false;
            }

            // From the oldest on, rows mostly go without a move.
            if (row == At + Count - 1)
            {
                if (version is not null)
                {
                    _versions[row] = null;
                }

                Count--;
                row--;
            }
            else
            {
                RemoveAt(row);
            }
        }

        _exceptionsAreOld |= _versions.Length > 0;
        if (Count == 0 || (Count < Ticks.Length / 4 && Ticks.Length > LeastCapacity))
        {
            Resize(Count == 0 ? 0 : CapacityFor(2 * Count));
        }

        return known;
    }

    /// <summary>Tells whether any fact is visible at a cutoff.</summary>
    internal bool AnyVisible(long cutoff)
    {
        for (int row = At + Count - 1; row >= At && Ticks[row] < cutoff; row--)
        {
            if (KnownAt(row) < cutoff && (_versions.Length == 0 || _versions[row] is not { } version || version.Superseded >= cutoff))
            {
                return true;
            }
        }

        return false;
    }

    private long KnownAt(int row) => Known.Length > 0 ? Known[row] : FactBlock.KnownByRule(Ticks[row], _source.Delay);

    private int PlaceOf(long ticks, long known, long sequence, FactValues values)
    {
        if (Count == 0 || !IsBefore(At, ticks, known, sequence, values))
        {
            return 0; // the newest of all, as most are
        }

        int low = 1, high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (IsBefore(At + middle, ticks, known, sequence, values))
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

    /// <summary>Tells whether a row stands before, that is, is greater than a fact.</summary>
    private bool IsBefore(int row, long ticks, long known, long sequence, FactValues values)
    {
        int order = Ticks[row].CompareTo(ticks);
        order = order != 0 ? order : KnownAt(row).CompareTo(known);
        order = order != 0 || _sequence.Length == 0 ? order : _sequence[row].CompareTo(sequence);
        return (order != 0 ? order : _source.Compare(new FactValues(null, this, row), values)) > 0;
    }

    private void RemoveAt(int row)
    {
        MoveNewer(row, 1);
        if (_versions.Length > 0)
        {
            _versions[At] = null;
        }

        At++;
        Count--;
        _exceptionsAreOld = true;
    }

    /// <summary>Moves the facts in front of a row by one place.</summary>
    private void MoveNewer(int row, int by)
    {
        int count = row - At;
        if (count == 0)
        {
            return;
        }

        Move(Ticks, count, by);
        Move(Known, count, by);
        Move(_sequence, count, by);
        Move(_versions, count, by);
        foreach (int column in _source.NumberColumns)
        {
            Move(Numbers[column], count, by);
        }

        foreach (int column in _source.CategoryColumns)
        {
            Move(Codes[column], count, by);
        }
    }

    private void Move<T>(T[] column, int count, int by)
    {
        if (column.Length > 0)
        {
            Array.Copy(column, At, column, At + by, count);
        }
    }

    private static int CapacityFor(int count) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastCapacity, count));

    /// <summary>Makes room in front: by moving back, when a quarter is free there because as much was forgotten; else in larger arrays.</summary>
    private void Grow() => Resize(Ticks.Length > 0 && Count <= Ticks.Length / 4 * 3 ? Ticks.Length : CapacityFor(2 * Count));

    private void Resize(int capacity)
    {
        int at = capacity - Count;
        ColumnPools pools = _source.Pools;
        if (_versions.Length > 0)
        {
            _versions = Resized(_versions, capacity, at, pools.Versions);
            _versions.AsSpan(0, at).Clear();
        }

        Ticks = Resized(Ticks, capacity, at, pools.Longs);
        Known = _source.Schema.HasKnownTime ? Resized(Known, capacity, at, pools.Longs) : Known;
        _sequence = _source.Schema.HasSequence ? Resized(_sequence, capacity, at, pools.Longs) : _sequence;
        foreach (int column in _source.NumberColumns)
        {
            Numbers[column] = Resized(Numbers[column], capacity, at, pools.Numbers);
        }

        foreach (int column in _source.CategoryColumns)
        {
            Codes[column] = Resized(Codes[column], capacity, at, pools.Codes);
        }

        At = at;
    }

    private T[] Resized<T>(T[] column, int capacity, int at, ColumnPool<T> pool)
    {
        T[] resized = column.Length == capacity ? column : capacity == 0 ? [] : pool.Rent(capacity);
        column.AsSpan(Math.Min(At, column.Length), Math.Min(Count, column.Length)).CopyTo(resized.AsSpan(at)); // also where they overlap
        if (resized != column)
        {
            pool.Return(column);
        }

        return resized;
    }

    private void FindExceptions()
    {
        _exceptionCount = 0;
        for (int fact = 0; fact < Count && _versions.Length > 0; fact++)
        {
            if (_versions[At + fact] is { Superseded: < long.MaxValue } version)
            {
                if (_exceptionCount == _exceptions.Length)
                {
                    Array.Resize(ref _exceptions, Math.Max(4, 2 * _exceptionCount));
                }

                _exceptions[_exceptionCount++] = new FactException(fact, KnownAt(At + fact), version.Superseded);
            }
        }

        _exceptionsAreOld = false;
    }
}
