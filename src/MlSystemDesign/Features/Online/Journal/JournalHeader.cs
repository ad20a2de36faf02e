using System.Buffers.Binary;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>The start of a file: magic, version, own length, which file it is, the length of the segment before, the schema, checksum.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="PreviousLength">How long the segment before was when it was closed, so that a cut one is noticed.</param>
internal readonly record struct JournalHeader(int Length, long PreviousLength)
{
    private const int FixedBytes = 32;
    private const int MaximumBytes = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "MLSDFACT"u8;

    internal static byte[] Format(JournalFile file, string schema, long previousLength)
    {
        byte[] text = Encoding.UTF8.GetBytes(schema);
        byte[] bytes = new byte[FixedBytes + text.Length + JournalFormat.TailBytes];
        if (bytes.Length > MaximumBytes)
        {
            throw new ArgumentException($"The names of a schema's sources and columns must fit {MaximumBytes} bytes to be kept in a journal. Got {text.Length}. Use fewer or shorter names.", nameof(schema));
        }

        Span<byte> span = bytes;
        Magic.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], JournalFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(span[12..], bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], file.Id);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], previousLength);
        text.CopyTo(span[FixedBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[^JournalFormat.TailBytes..], JournalChecksum.Of(~0u, span[..^JournalFormat.TailBytes]));
        return bytes;
    }

    /// <summary>Reads and checks the header of a file.</summary>
    /// <exception cref="FactJournalException">It is damaged, of a newer version, or of another schema.</exception>
    internal static JournalHeader Read(JournalFile file, string schema)
    {
        using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] start = new byte[FixedBytes];
        bool isWhole = stream.ReadAtLeast(start, FixedBytes, throwOnEndOfStream: false) == FixedBytes;
        if (!isWhole || !start.AsSpan().StartsWith(Magic))
        {
            throw JournalFaults.Damaged(file, 0, "not the start of a journal's file");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (version > JournalFormat.Version)
        {
            throw new FactJournalException(
                FactJournalFault.Newer, $"A journal must be of version {JournalFormat.Version} or older. '{file.Name}' is of version {version}. Update the library.", file.Path, 8);
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12));
        byte[] bytes = new byte[length is > FixedBytes + JournalFormat.TailBytes and <= MaximumBytes ? length : throw Altered(file)];
        start.CopyTo(bytes, 0);
        if (stream.ReadAtLeast(bytes.AsSpan(FixedBytes), length - FixedBytes, throwOnEndOfStream: false) < length - FixedBytes
            || JournalChecksum.Of(~0u, bytes.AsSpan(..^JournalFormat.TailBytes)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^JournalFormat.TailBytes..)))
        {
            throw Altered(file);
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)) != file.Id)
        {
            throw JournalFaults.Damaged(file, 16, "the start of another file of the journal");
        }

        string kept = Encoding.UTF8.GetString(bytes.AsSpan(FixedBytes..^JournalFormat.TailBytes));
        if (kept != schema)
        {
            throw new FactJournalException(
                FactJournalFault.OtherSchema,
                $"A journal must be opened with the sources and columns that its rows have. {JournalSchema.Difference(kept, schema)}. Open it with the schema it was made with, " +
                "or replay it through that one into a journal in a new folder.",
                file.Path);
        }

        return new JournalHeader(length, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)));
    }

    private static FactJournalException Altered(JournalFile file) => JournalFaults.Damaged(file, 0, "the start of a journal's file, and altered");
}
