using System.Security.Cryptography;
using System.Text;

namespace MlSystemDesign.Lifecycle;

/// <summary>The parts of one artifact in memory: a tree of payloads, each with its kind, version and hash.</summary>
internal sealed class ArtifactContent
{
    internal const string Root = "system";

    private ArtifactContent(IReadOnlyList<Entry> entries)
    {
        Entries = entries;
        StringBuilder text = new();
        foreach (Entry entry in entries.OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            text.Append(entry.Path).Append('\n').Append(entry.Kind).Append('\n').Append(entry.Version).Append('\n').Append(entry.Sha256).Append('\n');
        }

        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    internal IReadOnlyList<Entry> Entries { get; }

    /// <summary>Gets the SHA-256 over path, kind, version and payload hash of every part, in ordinal order of the paths.</summary>
    internal string Hash { get; }

    internal static ArtifactContent Of(IArtifactPart root, ArtifactCodecs codecs)
    {
        List<Entry> entries = [];
        Write(root, Root, codecs, entries);
        return new ArtifactContent(entries);
    }

    internal static ArtifactContent FromEntries(IReadOnlyList<Entry> entries) => new(entries);

    internal TPart Read<TPart>(string path, ArtifactCodecs codecs)
        where TPart : IArtifactPart
    {
        Entry entry = Entries.FirstOrDefault(e => string.Equals(e.Path, path, StringComparison.Ordinal))
            ?? throw new ArtifactException(ArtifactFault.MissingPart, $"The artifact must hold the part '{path}'. It does not. Save the system again with the codecs that read it.");
        IArtifactCodec codec = codecs.For(entry.Kind);
        if (entry.Version > codec.Version)
        {
            throw new ArtifactException(
                ArtifactFault.Newer,
                $"The part '{path}' must be of version {codec.Version} or older. Got version {entry.Version} of '{entry.Kind}'. Update the package that reads it.");
        }

        IArtifactPart part = codec.Read(new Reader(this, entry, codecs));
        return part is TPart wanted
            ? wanted
            : throw new ArtifactException(
                ArtifactFault.MissingPart,
                $"The part '{path}' must be a {typeof(TPart).Name}. Got kind '{entry.Kind}', which is a {part.GetType().Name}. Load the artifact with the program that it was saved for.");
    }

    private static void Write(IArtifactPart part, string path, ArtifactCodecs codecs, List<Entry> entries)
    {
        IArtifactCodec codec = codecs.For(part.Kind);
        Writer writer = new(path, codecs, entries);
        int place = entries.Count;
        codec.Write(part, writer);
        entries.Insert(place, new Entry(path, part.Kind, codec.Version, writer.Payload));
    }

    /// <summary>One part: where it stands in the tree, how to read it, and its bytes.</summary>
    internal sealed record Entry(string Path, string Kind, int Version, byte[] Payload)
    {
        internal string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Payload));
    }

    private sealed class Writer(string path, ArtifactCodecs codecs, List<Entry> entries) : IArtifactWriter
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        internal byte[] Payload { get; private set; } = [];

        public void WritePayload(ReadOnlySpan<byte> payload) => Payload = payload.ToArray();

        public void WritePart(string name, IArtifactPart part)
        {
            ArgumentNullException.ThrowIfNull(part);
            if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !_names.Add(name))
            {
                throw new ArgumentException($"The name of a part must be letters, digits and dashes, once within '{path}'. Got '{name}'. Rename it.", nameof(name));
            }

            Write(part, $"{path}/{name}", codecs, entries);
        }
    }

    private sealed class Reader(ArtifactContent content, Entry entry, ArtifactCodecs codecs) : IArtifactReader
    {
        public int Version => entry.Version;

        public ReadOnlyMemory<byte> Payload => entry.Payload;

        public TPart ReadPart<TPart>(string name)
            where TPart : IArtifactPart => content.Read<TPart>($"{entry.Path}/{name}", codecs);
    }
}
