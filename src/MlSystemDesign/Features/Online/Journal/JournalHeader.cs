using System.Buffers.Binary;
using System.Text;

namespace MlSystemDesign.Features;

/// <summary>The start of a file: magic, version, own length, which file it is, the length of the segment before, how much of this one is committed, the schema, checksum of all but that.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="PreviousLength">How long the segment before was when it was closed, so that a cut one is noticed.</param>
/// <param name="Committed">How many bytes of a segment hold rows, this header among them: what is behind is room, or of an append that was not acknowledged. 0 in a checkpoint.</param>
internal readonly record struct JournalHeader(int Length, long PreviousLength, long Committed)
{
    /// <summary>Where the committed length is: at a multiple of 8, so that it is stored at once.</summary>
    internal const int CommitmentAt = 32;
    private const int FixedBytes = CommitmentAt + sizeof(long);
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
        BinaryPrimitives.WriteInt64LittleEndian(span[CommitmentAt..], Commitment(file.Id, file.IsCheckpoint ? 0 : bytes.Length));
        text.CopyTo(span[FixedBytes..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[^JournalFormat.TailBytes..], Checksum(span));
        return bytes;
    }

    /// <summary>Returns what says in one word how much of a file is committed: the length, which is below 4 GiB, and above it a checksum.</summary>
    internal static long Commitment(long file, long length) => length | ((long)JournalChecksum.OfHead(file, CommitmentAt, checked((uint)length)) << 32);

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
            || Checksum(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(^JournalFormat.TailBytes..)))
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

        long commitment = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(CommitmentAt)), committed = (uint)commitment;
        return commitment == Commitment(file.Id, committed) && (file.IsCheckpoint ? committed == 0 : committed >= length)
            ? new JournalHeader(length, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)), committed)
            : throw JournalFaults.Damaged(file, CommitmentAt, "not how much of the file is committed");
    }

    private static uint Checksum(ReadOnlySpan<byte> header) =>
        JournalChecksum.Of(JournalChecksum.Of(~0u, header[..CommitmentAt]), header[FixedBytes..^JournalFormat.TailBytes]);

    private static FactJournalException Altered(JournalFile file) => JournalFaults.Damaged(file, 0, "the start of a journal's file, and altered");
}
