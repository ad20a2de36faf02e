using System.Runtime.CompilerServices;

namespace MlSystemDesign.Facts;

/// <summary>Rows of one source, column by column; never changed once it is part of a history. Columns that the source does not have are empty arrays.</summary>
internal sealed class FactBlock
{
    private const int RowsPerEntry = 64; // a sixteenth of a byte per row
    private EventKeyIndex? _eventKeys;
    private int[]? _firstException;

    public static FactBlock Empty { get; } = new() { Count = 0, EventTicks = [], Numbers = [], Codes = [], MayBeMissing = [] };

    public required int Count { get; init; }

    public required long[] EventTicks { get; init; }

    /// <summary>Gets the known times; empty when the rule tells them: the source's fixed delay after the event, but for <see cref="Exceptions"/>.</summary>
    public KnownTimes Known { get; init; }

    /// <summary>Gets the rows whose visibility the source's rule and <see cref="Known"/> do not tell, ascending by row.</summary>
    public FactException[] Exceptions { get; init; } = [];

    /// <summary>Gets the source's fixed delay in ticks.</summary>
    public long Delay { get; init; }

    public long[] Sequence { get; init; } = [];

    /// <summary>Gets one array per column; empty for a category column.</summary>
    public required double[][] Numbers { get; init; }

    /// <summary>Gets, per column, whether some number may be NaN.</summary>
    public required bool[] MayBeMissing { get; init; }

    /// <summary>Gets one column per column; <see langword="null"/> for a number column.</summary>
    public required CodeColumn?[] Codes { get; init; }

    /// <summary>Gets the event keys; empty when the source declares none. Rows that came by an overlay have the default key.</summary>
    public EntityKey[] EventKeys { get; init; } = [];

    /// <summary>Gets how much later than it happened a fact became known, at most, in ticks. Only facts this close to a cutoff need a look at their known time.</summary>
    public long LargestDelay
    {
        get
        {
            if (field < 0)
            {
                long largest = 0;
                for (int row = 0; row < EventTicks.Length && !Known.IsEmpty; row++)
                {
                    largest = Math.Max(largest, Known[row, EventTicks[row]] - EventTicks[row]);
                }

                foreach (FactException exception in Exceptions)
                {
                    largest = Math.Max(largest, exception.Known - EventTicks[exception.Row]);
                }

                field = largest;
            }

            return field;
        }
    }

    = -1;

    /// <summary>Gets the bytes of all columns.</summary>
    public long ResidentBytes
    {
        get
        {
            long bytes = (8L * (EventTicks.Length + Sequence.Length)) + Known.Bytes + (24L * Exceptions.Length) + (16L * EventKeys.Length);
            for (int c = 0; c < Numbers.Length; c++)
            {
                bytes += (8L * Numbers[c].Length) + (Codes[c] is { } codes ? (long)codes.Width * codes.Count : 0);
            }

            return bytes;
        }
    }

    /// <summary>Returns the exceptions among a run of rows.</summary>
    public ReadOnlySpan<FactException> ExceptionsIn(int start, int count)
    {
        if (Exceptions.Length == 0)
        {
            return default;
        }

        int from = FirstExceptionFrom(start);
        return Exceptions.AsSpan(from, FirstExceptionFrom(start + count) - from);
    }

    /// <summary>Finds the exception of a row. Cheap when rows are asked for in ascending order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="next">Where to look first; moved on.</param>
    /// <param name="exception">The exception.</param>
    public bool TryFindException(int row, ref int next, out FactException exception)
    {
        if (next < Exceptions.Length && Exceptions[next].Row < row)
        {
            next++;
        }

        bool here = (next == Exceptions.Length || Exceptions[next].Row >= row) && (next == 0 || Exceptions[next - 1].Row < row);
        next = here ? next : FirstExceptionFrom(row);
        exception = next < Exceptions.Length ? Exceptions[next] : default;
        return next < Exceptions.Length && exception.Row == row;
    }

    /// <summary>Returns when a row became known, in UTC ticks.</summary>
    public long KnownAt(int row)
    {
        if (!Known.IsEmpty)
        {
            return Known[row, EventTicks[row]];
        }

        int exception = Exceptions.Length == 0 ? 0 : FirstExceptionFrom(row);
        return exception < Exceptions.Length && Exceptions[exception].Row == row ? Exceptions[exception].Known : KnownByRule(EventTicks[row], Delay);
    }

    /// <summary>Returns when a row that is no exception became known, in UTC ticks.</summary>
    public long KnownUnlessException(int row) => Known.IsEmpty ? KnownByRule(EventTicks[row], Delay) : Known[row, EventTicks[row]];

    /// <summary>Returns from when a revision or retraction of a row was known; <see cref="long.MaxValue"/> for never.</summary>
    public long SupersededAt(int row)
    {
        int exception = Exceptions.Length == 0 ? 0 : FirstExceptionFrom(row);
        return exception < Exceptions.Length && Exceptions[exception].Row == row ? Exceptions[exception].Superseded : long.MaxValue;
    }

    /// <summary>Returns when a fact is known by a source's fixed delay; a delay beyond the end of time stops there.</summary>
    public static long KnownByRule(long eventTicks, long delay) => eventTicks > DateTimeOffset.MaxValue.Ticks - delay ? DateTimeOffset.MaxValue.Ticks : eventTicks + delay;

    /// <summary>Returns the rows of each event key. Built on the first correction only; a race builds it twice with equal content.</summary>
    public EventKeyIndex RowsByEventKey() => _eventKeys ??= new EventKeyIndex(EventKeys);

    /// <summary>Returns this block with the codes of one column translated; every other column is shared.</summary>
    public FactBlock WithCodes(int column, ReadOnlySpan<int> newCodeOf, int levels)
    {
        CodeColumn?[] codes = [.. Codes];
        codes[column] = codes[column]!.Translated(newCodeOf, levels);
        return new FactBlock
        {
            Count = Count,
            EventTicks = EventTicks,
            Known = Known,
            Exceptions = Exceptions,
            Delay = Delay,
            Sequence = Sequence,
            Numbers = Numbers,
            MayBeMissing = MayBeMissing,
            Codes = codes,
            EventKeys = EventKeys,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstExceptionFrom(int row)
    {
        int[] firstOf = _firstException ??= IndexExceptions();
        int exception = firstOf[row / RowsPerEntry];
        while (exception < Exceptions.Length && Exceptions[exception].Row < row)
        {
            exception++;
        }

        return exception;
    }

    /// <summary>Finds the first exception of every few rows, for entities to find theirs without a search. Built on the first read; a race builds it twice with equal content.</summary>
    private int[] IndexExceptions()
    {
        int[] firstOf = new int[(Count / RowsPerEntry) + 1];
        for (int entry = 0, exception = 0; entry < firstOf.Length; entry++)
        {
            while (exception < Exceptions.Length && Exceptions[exception].Row < entry * RowsPerEntry)
            {
                exception++;
            }

            firstOf[entry] = exception;
        }

        return firstOf;
    }
}
