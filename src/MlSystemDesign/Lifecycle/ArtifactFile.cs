using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace MlSystemDesign.Lifecycle;

/// <summary>Saves a part with everything inside it to one file, and reads it back: versioned, content-hashed, written atomically.</summary>
/// <remarks>The file is a ZIP archive: <c>manifest.json</c> lists path, kind, version, length and SHA-256 of every part; <c>parts/…</c> holds the payloads.
/// The content hash covers all of them, not the archive's own bytes. No type names are stored: a kind names its codec.</remarks>
public static class ArtifactFile
{
    private const string Format = "mlsystemdesign.artifact";
    private const int FormatVersion = 1;
    private const int EndRecordLength = 22;

    // What is larger is no model of this library, but may be made to fill the memory of whoever opens it.
    private const long MostBytes = 1L << 30;
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Computes the content hash that <see cref="Save"/> would store: 64 hex digits.</summary>
    /// <param name="part">The part.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    public static string HashOf(IArtifactPart part, ArtifactCodecs? codecs = null) => ArtifactContent.Of(part, codecs ?? ArtifactCodecs.Default).Hash;

    /// <summary>Saves a part. The file appears complete or not at all: it is written under a temporary name and then renamed.</summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="part">What to save.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <returns>The content hash, 64 hex digits. Equal parts have equal hashes.</returns>
    /// <exception cref="ArtifactException">A part inside has no codec.</exception>
    public static string Save(string path, IArtifactPart part, ArtifactCodecs? codecs = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(part);
        ArtifactContent content = ArtifactContent.Of(part, codecs ?? ArtifactCodecs.Default);
        AtomicFile.Write(path, stream =>
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(
                new ArtifactManifest(
                    Format, FormatVersion, content.Hash, [.. content.Entries.Select(e => new ArtifactManifestPart(e.Path, e.Kind, e.Version, e.Payload.LongLength, e.Sha256))]),
                ArtifactJson.Default.ArtifactManifest);
            Add(archive, "manifest.json", manifest);
            foreach (ArtifactContent.Entry entry in content.Entries)
            {
                Add(archive, "parts/" + entry.Path, entry.Payload);
            }
        });
        return content.Hash;
    }

    /// <summary>Loads what <see cref="Save"/> wrote.</summary>
    /// <typeparam name="TPart">The type of the part.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <returns>The part and its content hash.</returns>
    /// <exception cref="ArtifactException">The file is corrupted, truncated or newer, its parts take more than 1 GB, or a kind has no codec; <see cref="ArtifactException.Fault"/> says which.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static (TPart Part, string Hash) Load<TPart>(string path, ArtifactCodecs? codecs = null)
        where TPart : IArtifactPart
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArtifactContent content = ReadContent(path);
        return (content.Read<TPart>(ArtifactContent.Root, codecs ?? ArtifactCodecs.Default), content.Hash);
    }

    internal static ArtifactContent ReadContent(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    private static ArtifactContent Read(FileStream stream, string path)
    {
        RequireWhole(stream, path);
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            ArtifactManifest manifest = JsonSerializer.Deserialize(Bytes(archive, "manifest.json", null, path), ArtifactJson.Default.ArtifactManifest)
                ?? throw Corrupted(path, "its manifest is empty");
            if (!string.Equals(manifest.Format, Format, StringComparison.Ordinal))
            {
                throw Corrupted(path, $"its format is '{manifest.Format}'");
            }

            if (manifest.Version > FormatVersion)
            {
                throw new ArtifactException(
                    ArtifactFault.Newer, $"An artifact must be of format version {FormatVersion} or older. Got version {manifest.Version} in '{path}'. Update MlSystemDesign to read it.");
            }

            RequireSoundParts(manifest, path);
            List<ArtifactContent.Entry> entries = [];
            foreach (ArtifactManifestPart part in manifest.Parts)
            {
                ArtifactContent.Entry entry = new(part.Path, part.Kind, part.Version, Bytes(archive, "parts/" + part.Path, part.Length, path));
                entries.Add(string.Equals(entry.Sha256, part.Sha256, StringComparison.Ordinal) ? entry : throw Corrupted(path, $"the hash of part '{part.Path}' does not match"));
            }

            ArtifactContent content = ArtifactContent.FromEntries(entries);
            return string.Equals(content.Hash, manifest.Hash, StringComparison.Ordinal) ? content : throw Corrupted(path, "the content hash does not match");
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException or ArgumentException or CryptographicException or OverflowException)
        {
            throw Corrupted(path, e.Message, e);
        }
    }

    private static void RequireSoundParts(ArtifactManifest manifest, string path)
    {
        long total = 0;
        HashSet<string> paths = new(StringComparer.Ordinal);
        foreach (ArtifactManifestPart part in manifest.Parts)
        {
            if (!paths.Add(part.Path))
            {
                throw Corrupted(path, $"it lists the part '{part.Path}' twice");
            }

            total = checked(total + Math.Max(0, part.Length));
        }

        if (total > MostBytes)
        {
            throw Corrupted(path, $"its parts take {total} bytes, and {MostBytes} are the most that are read");
        }
    }

    // A ZIP archive ends with its directory: without the end record the file was cut off.
    private static void RequireWhole(FileStream stream, string path)
    {
        byte[] tail = new byte[(int)Math.Min(stream.Length, EndRecordLength + ushort.MaxValue)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        stream.Seek(0, SeekOrigin.Begin);
        bool startsAsZip = stream.Length >= 4 && stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
        stream.Seek(0, SeekOrigin.Begin);
        int end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (startsAsZip && (end < 0 || tail.Length - end < EndRecordLength))
        {
            throw new ArtifactException(ArtifactFault.Truncated, $"An artifact must be a complete file. '{path}' ends too early, after {stream.Length} bytes. Copy it again, or save the system again.");
        }

        if (!startsAsZip)
        {
            throw Corrupted(path, stream.Length == 0 ? "it is empty" : "it does not start as an artifact does");
        }
    }

    private static byte[] Bytes(ZipArchive archive, string name, long? length, string path)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw Corrupted(path, $"'{name}' is missing");
        if (entry.Length > MostBytes || (length is { } expected && entry.Length != expected))
        {
            throw Corrupted(path, $"'{name}' has {entry.Length} bytes where {length} were saved");
        }

        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }

    private static ArtifactException Corrupted(string path, string what, Exception? cause = null) => new(
        ArtifactFault.Corrupted, $"An artifact must be exactly what was saved. '{path}' is not: {what}. Copy it again, or save the system again.", cause);
}
