using System.Buffers.Binary;

namespace MlSystemDesign.Features;

/// <summary>Turns rows into the records of one file. Not safe for concurrent use.</summary>
internal sealed class JournalEncoder
{
    private readonly long _file;
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private int[] _codes = new int[8];

    /// <summary>Continues a file.</summary>
    /// <param name="file">What <see cref="JournalFile.Id"/> says.</param>
    /// <param name="end">Where the next record goes.</param>
    /// <param name="texts">The texts that the file has.</param>
    internal JournalEncoder(long file, long end, IReadOnlyList<string> texts)
    {
        _file = file;
        End = end;
        for (int code = 0; code < texts.Count; code++)
        {
            _codeOf.Add(texts[code], code);
        }
    }

    /// <summary>Gets where the next record goes, once everything encoded is written.</summary>
    internal long End { get; private set; }

    /// <summary>Appends a row to a buffer, after the texts that the file does not have yet.</summary>
    /// <exception cref="ArgumentException">The row is too large; the buffer has no part of it.</exception>
    internal void Add(JournalBuffer buffer, int source, in FactRow row)
    {
        ReadOnlySpan<string?> categories = row.Categories;
        if (_codes.Length < categories.Length)
        {
            _codes = new int[categories.Length];
        }

        for (int c = 0; c < categories.Length; c++)
        {
            _codes[c] = categories[c] is { } text ? _codeOf.TryGetValue(text, out int code) ? code : Define(buffer, text) : -1;
        }

        int start = Begin(buffer);
        try
        {
            WriteRow(buffer, source, row);
            Finish(buffer, start);
        }
        catch
        {
            buffer.Truncate(start);
            throw;
        }
    }

    /// <summary>Appends the end of a checkpoint.</summary>
    internal void AddEnd(JournalBuffer buffer, long rows)
    {
        int start = Begin(buffer);
        buffer.WriteByte(JournalFormat.End);
        buffer.WriteInt64(rows);
        Finish(buffer, start);
    }

    private static int Begin(JournalBuffer buffer)
    {
        int start = buffer.Length;
        buffer.Take(JournalFormat.HeadBytes);
        return start;
    }

    private int Define(JournalBuffer buffer, string text)
    {
        int start = Begin(buffer);
        try
        {
            buffer.WriteByte(JournalFormat.Text);
            buffer.WriteText(text);
            Finish(buffer, start);
        }
        catch
        {
            buffer.Truncate(start);
            throw;
        }

        // Also right when the row that needs it fails: the text is in the buffer, and will be in the file.
        _codeOf.Add(text, _codeOf.Count);
        return _codeOf.Count - 1;
    }

    private void WriteRow(JournalBuffer buffer, int source, in FactRow row)
    {
        long time = row.Time.UtcTicks, known = row.KnownTime.UtcTicks;
        bool hasEventKey = row.EventKey != default;
        Span<byte> kind = buffer.Take(2);
        kind[0] = JournalFormat.Row;
        kind[1] = (byte)((time == 0 ? 0 : JournalFormat.HasTime) | (known == 0 ? 0 : JournalFormat.HasKnownTime) | (row.Sequence == 0 ? 0 : JournalFormat.HasSequence) |
            (hasEventKey ? JournalFormat.HasEventKey : 0) | (row.IsRetraction ? JournalFormat.IsRetraction : 0));
        buffer.WriteCount((uint)source);
        buffer.WriteKey(row.Entity);
        WriteUnlessZero(buffer, time);
        WriteUnlessZero(buffer, known);
        WriteUnlessZero(buffer, row.Sequence);
        if (hasEventKey)
        {
            buffer.WriteKey(row.EventKey);
        }

        buffer.WriteCount((uint)row.Numbers.Length);
        buffer.WriteNumbers(row.Numbers);
        buffer.WriteCount((uint)row.Categories.Length);
        foreach (int code in _codes.AsSpan(0, row.Categories.Length))
        {
            buffer.WriteCount((uint)(code + 1));
        }
    }

    private static void WriteUnlessZero(JournalBuffer buffer, long value)
    {
        if (value != 0)
        {
            buffer.WriteInt64(value);
        }
    }

    private void Finish(JournalBuffer buffer, int start)
    {
        int length = buffer.Length - start - JournalFormat.HeadBytes;
        if (length > JournalFormat.MaximumBodyBytes)
        {
            throw new ArgumentException(
                $"A row of a journal, and each text in it, must fit {JournalFormat.MaximumBodyBytes >> 20} MiB. Got {length} bytes. Keep long documents elsewhere, and put what names them here.");
        }

        uint head = JournalChecksum.OfHead(_file, End, (uint)length);
        Span<byte> bytes = buffer.At(start, JournalFormat.HeadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(int)..], head);
        uint sum = JournalChecksum.Of(head, buffer.At(start + JournalFormat.HeadBytes, length));
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.Take(JournalFormat.TailBytes), sum);
        End += JournalFormat.HeadBytes + length + JournalFormat.TailBytes;
    }
}
