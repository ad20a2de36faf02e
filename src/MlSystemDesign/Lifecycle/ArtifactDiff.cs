using System.Globalization;

namespace MlSystemDesign.Lifecycle;

/// <summary>What differs between two artifacts, part by part and, where a part is JSON, value by value: what to read before one replaces the other.</summary>
/// <remarks>No codec is needed: parts of a host's own, and of later versions, are compared too. Payloads that are no JSON, such as trees, are compared by their hash.</remarks>
public sealed class ArtifactDiff
{
    private ArtifactDiff(ArtifactContent before, ArtifactContent after)
    {
        (HashBefore, HashAfter) = (before.Hash, after.Hash);
        Dictionary<string, ArtifactContent.Entry> earlier = before.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        Dictionary<string, ArtifactContent.Entry> later = after.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        List<ArtifactChange> changes = [];
        foreach (string path in earlier.Keys.Union(later.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Compare(path, earlier.GetValueOrDefault(path), later.GetValueOrDefault(path), changes);
        }

        Changes = changes;
    }

    /// <summary>Gets the content hash of the earlier artifact.</summary>
    public string HashBefore { get; }

    /// <summary>Gets the content hash of the later artifact.</summary>
    public string HashAfter { get; }

    /// <summary>Gets the differences, in ordinal order of the parts and in the order of their values; empty exactly when the hashes are equal.</summary>
    public IReadOnlyList<ArtifactChange> Changes { get; }

    /// <summary>Compares two files.</summary>
    /// <param name="before">The file of the earlier artifact.</param>
    /// <param name="after">The file of the later one.</param>
    /// <exception cref="ArtifactException">A file is corrupted, truncated or of a newer format.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ArtifactDiff Between(string before, string after)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(before);
        ArgumentException.ThrowIfNullOrWhiteSpace(after);
        return new ArtifactDiff(ArtifactFile.ReadContent(before), ArtifactFile.ReadContent(after));
    }

    /// <summary>Compares two parts in memory, as they would be saved.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="codecs">The codecs; <see cref="ArtifactCodecs.Default"/> when absent.</param>
    /// <exception cref="ArtifactException">A part inside has no codec.</exception>
    public static ArtifactDiff Between(IArtifactPart before, IArtifactPart after, ArtifactCodecs? codecs = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        codecs ??= ArtifactCodecs.Default;
        return new ArtifactDiff(ArtifactContent.Of(before, codecs), ArtifactContent.Of(after, codecs));
    }

    /// <summary>Returns the hashes and every change in a line of its own.</summary>
    public override string ToString() => Changes.Count == 0
        ? $"equal: {HashBefore}"
        : string.Join('\n', [$"{HashBefore[..12]} → {HashAfter[..12]}, {Changes.Count.ToString(CultureInfo.InvariantCulture)} differences", .. Changes.Select(c => c.ToString())]);

    private static void Compare(string path, ArtifactContent.Entry? before, ArtifactContent.Entry? after, List<ArtifactChange> changes)
    {
        if (before is null || after is null)
        {
            changes.Add(new(before is null ? ArtifactChangeKind.Added : ArtifactChangeKind.Removed, path, string.Empty, Describe(before), Describe(after)));
            return;
        }

        if (before.Kind != after.Kind || before.Version != after.Version)
        {
            changes.Add(new(ArtifactChangeKind.Changed, path, string.Empty, Describe(before), Describe(after)));
        }

        if (before.Sha256 != after.Sha256)
        {
            int known = changes.Count;
            changes.AddRange(JsonDifferences.Of(path, before.Payload, after.Payload));
            if (changes.Count == known)
            {
                // No JSON, or the same values written in another way.
                changes.Add(new(ArtifactChangeKind.Changed, path, "content", Content(before), Content(after)));
            }
        }
    }

    private static string Describe(ArtifactContent.Entry? entry) =>
        entry is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{entry.Kind}, version {entry.Version}");

    private static string Content(ArtifactContent.Entry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Payload.Length} bytes, {entry.Sha256[..12]}");
}
