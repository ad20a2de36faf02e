namespace MlSystemDesign;

/// <summary>Facts of one entity from one source, newest first, column by column.</summary>
/// <remarks>Immutable view. The order is total: event time, known time, the source's sequence, then the values; the file's order never matters.
/// Categories are codes into <see cref="Levels"/>; codes mean nothing without it.</remarks>
public sealed class FactTable
{
    private readonly ReadOnlyMemory<double>[] _numbers;
    private readonly ReadOnlyMemory<int>[] _codes;

    /// <summary>Creates a view; the caller promises the order.</summary>
    /// <param name="schema">The source.</param>
    /// <param name="eventTicks">n event times in UTC ticks, newest first.</param>
    /// <param name="knownTicks">n known times in UTC ticks, or empty when the source has a fixed delay.</param>
    /// <param name="numbers">Per column of the schema: n values for a number column, empty for a category column.</param>
    /// <param name="codes">Per column of the schema: n codes for a category column, empty for a number column.</param>
    /// <param name="levels">Per column of the schema: the texts behind the codes; <see langword="null"/> for a number column.</param>
    /// <param name="sequence">n sequence numbers when the source declares them, otherwise empty.</param>
    /// <param name="supersededTicks">n times from which a revision or retraction of the fact was known, in UTC ticks, <see cref="long.MaxValue"/> for never; empty when no fact has one.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public FactTable(
        SourceSchema schema,
        ReadOnlyMemory<long> eventTicks,
        ReadOnlyMemory<long> knownTicks,
        ReadOnlyMemory<double>[] numbers,
        ReadOnlyMemory<int>[] codes,
        IReadOnlyList<string>?[] levels,
        ReadOnlyMemory<long> sequence = default,
        ReadOnlyMemory<long> supersededTicks = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(levels);
        int columns = schema.Columns.Count;
        if (numbers.Length != columns || codes.Length != columns || levels.Length != columns || (!knownTicks.IsEmpty && knownTicks.Length != eventTicks.Length))
        {
            throw new ArgumentException(
                $"A fact table must have one array per column of source '{schema.Name}' ({columns}) and as many known times as event times, or none. " +
                $"Got {numbers.Length}, {codes.Length} and {levels.Length} arrays, {eventTicks.Length} event and {knownTicks.Length} known times. Build all arrays from the schema.");
        }

        if (!sequence.IsEmpty && sequence.Length != eventTicks.Length)
        {
            throw new ArgumentException(
                $"A fact table of source '{schema.Name}' must have as many sequence numbers as event times ({eventTicks.Length}), or none. Got {sequence.Length}. Pass one per fact.", nameof(sequence));
        }

        if (!supersededTicks.IsEmpty && supersededTicks.Length != eventTicks.Length)
        {
            throw new ArgumentException(
                $"A fact table of source '{schema.Name}' must have as many superseded times as event times ({eventTicks.Length}), or none. Got {supersededTicks.Length}. Pass one per fact.",
                nameof(supersededTicks));
        }

        for (int c = 0; c < columns; c++)
        {
            int length = schema.Columns[c].Kind == ColumnKind.Number ? numbers[c].Length : codes[c].Length;
            if (length != eventTicks.Length)
            {
                throw new ArgumentException(
                    $"Each column of source '{schema.Name}' must have one value per fact ({eventTicks.Length}). Got {length} in '{schema.Columns[c].Name}'. Fill the column.");
            }
        }

        Schema = schema;
        EventTicks = eventTicks;
        KnownTicks = knownTicks;
        Sequence = sequence;
        SupersededTicks = supersededTicks;
        _numbers = numbers;
        _codes = codes;
        Levels = levels;
    }

    /// <summary>Gets the source.</summary>
    public SourceSchema Schema { get; }

    /// <summary>Gets the number of facts.</summary>
    public int Count => EventTicks.Length;

    /// <summary>Gets the event times in UTC ticks, newest first.</summary>
    public ReadOnlyMemory<long> EventTicks { get; }

    /// <summary>Gets the known times in UTC ticks; empty when every fact is known <see cref="SourceSchema.KnownAfter"/> later than it happened.</summary>
    public ReadOnlyMemory<long> KnownTicks { get; }

    /// <summary>Gets the source's own sequence numbers, which order facts of one event and known time; empty when it declares none.</summary>
    public ReadOnlyMemory<long> Sequence { get; }

    /// <summary>Gets from when a revision or retraction of each fact was known, in UTC ticks, <see cref="long.MaxValue"/> for never; empty when no fact has one. A fact is visible at a
    /// cutoff up to this time, included. Only <see cref="ILookAheadReader.ReadAll"/> tells it: what was visible at a cutoff does not know.</summary>
    public ReadOnlyMemory<long> SupersededTicks { get; }

    /// <summary>Gets, per column, the texts behind the codes; <see langword="null"/> for a number column.</summary>
    public IReadOnlyList<IReadOnlyList<string>?> Levels { get; }

    /// <summary>Gets when a fact happened.</summary>
    /// <param name="index">0 for the newest.</param>
    public DateTimeOffset EventTime(int index) => new(EventTicks.Span[index], TimeSpan.Zero);

    /// <summary>Gets when a fact could first be known.</summary>
    /// <param name="index">0 for the newest.</param>
    public DateTimeOffset KnownTime(int index) => new(KnownTickAt(index), TimeSpan.Zero);

    /// <summary>Gets when a fact could first be known, in UTC ticks.</summary>
    /// <param name="index">0 for the newest.</param>
    public long KnownTickAt(int index) =>
        KnownTicks.IsEmpty ? SaturatingAdd(EventTicks.Span[index], Schema.KnownAfter.Ticks) : KnownTicks.Span[index];

    /// <summary>Gets from when a revision or retraction of a fact was known, in UTC ticks; <see cref="long.MaxValue"/> for never.</summary>
    /// <param name="index">0 for the newest.</param>
    public long SupersededTickAt(int index) => SupersededTicks.IsEmpty ? long.MaxValue : SupersededTicks.Span[index];

    /// <summary>Tells whether a fact is visible at a cutoff: it happened and was known before it, and no revision or retraction of it was.</summary>
    /// <param name="index">0 for the newest.</param>
    /// <param name="cutoffTicks">The cutoff in UTC ticks.</param>
    public bool IsVisibleAt(int index, long cutoffTicks) =>
        EventTicks.Span[index] < cutoffTicks && KnownTickAt(index) < cutoffTicks && SupersededTickAt(index) >= cutoffTicks;

    /// <summary>Gets the values of a number column.</summary>
    /// <param name="column">The position in the schema.</param>
    /// <returns>n values, newest first; NaN means missing. Empty for a category column.</returns>
    public ReadOnlySpan<double> Numbers(int column) => _numbers[column].Span;

    /// <summary>Gets the codes of a category column.</summary>
    /// <param name="column">The position in the schema.</param>
    /// <returns>n codes, newest first; −1 means missing. Empty for a number column.</returns>
    public ReadOnlySpan<int> Codes(int column) => _codes[column].Span;

    private static long SaturatingAdd(long ticks, long delay) => ticks > DateTimeOffset.MaxValue.Ticks - delay ? DateTimeOffset.MaxValue.Ticks : ticks + delay;
}
