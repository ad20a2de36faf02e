namespace MlSystemDesign.Features;

/// <summary>Turns records back into rows, file after file: a text or key that came before is given as the same object again. Not safe for concurrent use.</summary>
internal sealed class JournalDecoder
{
    private const int RecentEventKeys = 1 << 16;

    private readonly JournalKeys _entities = new(int.MaxValue);
    private readonly JournalKeys _eventKeys = new(RecentEventKeys); // most come once: all of them would take more memory than they save
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private double[] _numbers = new double[8];
    private string?[] _categories = new string?[8];
    private char[] _text = new char[256];

    /// <summary>Gets the texts of the file so far; a row names them by position.</summary>
    internal IReadOnlyList<string> Texts => _texts;

    /// <summary>Gets how many rows the end of a checkpoint says that it has; −1 before that.</summary>
    internal long EndRows { get; private set; } = -1;

    /// <summary>Starts another file.</summary>
    internal void StartFile()
    {
        _texts.Clear();
        EndRows = -1;
    }

    /// <summary>Reads the body of a record.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="source">The position of the row's source.</param>
    /// <param name="row">The row; its spans are valid until the next call.</param>
    /// <returns>Whether it is a row.</returns>
    /// <exception cref="ArgumentException">It is nothing that this version writes.</exception>
    internal bool TryRead(ReadOnlySpan<byte> bytes, out int source, out FactRow row)
    {
        JournalBody body = new(bytes);
        byte kind = body.ReadByte();
        row = default;
        source = -1;
        switch (kind)
        {
            case JournalFormat.Row:
                row = ReadRow(ref body, out source);
                break;
            case JournalFormat.Text:
                _texts.Add(Intern(body.ReadText(ref _text)));
                break;
            case JournalFormat.End:
                EndRows = body.ReadInt64();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(bytes));
        }

        return body.IsEmpty ? kind == JournalFormat.Row : throw new ArgumentOutOfRangeException(nameof(bytes));
    }

    private FactRow ReadRow(scoped ref JournalBody body, out int source)
    {
        byte flags = body.ReadByte();
        source = (int)body.ReadCount();
        EntityKey entity = _entities.Read(ref body);
        long time = (flags & JournalFormat.HasTime) == 0 ? 0 : body.ReadInt64();
        long known = (flags & JournalFormat.HasKnownTime) == 0 ? 0 : body.ReadInt64();
        long sequence = (flags & JournalFormat.HasSequence) == 0 ? 0 : body.ReadInt64();
        EntityKey eventKey = (flags & JournalFormat.HasEventKey) == 0 ? default : _eventKeys.Read(ref body);
        Span<double> numbers = Room(ref _numbers, (int)body.ReadCount());
        body.ReadNumbers(numbers);
        Span<string?> categories = Room(ref _categories, (int)body.ReadCount());
        for (int c = 0; c < categories.Length; c++)
        {
            int code = (int)body.ReadCount() - 1;
            categories[c] = code < 0 ? null : _texts[code];
        }

        return new FactRow
        {
            Entity = entity,
            Time = new DateTimeOffset(time, TimeSpan.Zero),
            KnownTime = new DateTimeOffset(known, TimeSpan.Zero),
            Sequence = sequence,
            EventKey = eventKey,
            IsRetraction = (flags & JournalFormat.IsRetraction) != 0,
            Numbers = numbers,
            Categories = categories,
        };
    }

    private string Intern(ReadOnlySpan<char> text)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(text, out string? interned))
        {
            interned = text.ToString();
            _known.Add(interned);
        }

        return interned;
    }

    private static Span<T> Room<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[count];
        }

        return array.AsSpan(0, count);
    }
}
