using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MlSystemDesign.Features;

namespace MlSystemDesign.Parquet;

/// <summary>What the parts of a build depend on, by name. Builds with equal manifests have equal parts.</summary>
internal sealed class BuildManifest
{
    private const string Format = "2"; // to be raised when parts are written otherwise
    private readonly SortedDictionary<string, string> _entries = new(StringComparer.Ordinal);

    private BuildManifest()
    {
    }

    public static BuildManifest Of(FeaturePlan plan, ObservationSet observations, int partitions, IReadOnlyList<string> inputs, IEnumerable<(string Source, string Words)> sources)
    {
        BuildManifest manifest = new();
        manifest.Add("the format of the parts", Format);
        manifest.Add("the plan", plan.Hash);
        manifest.Add("the observations", HashOf(observations));
        manifest.Add("the number of partitions", partitions.ToString(CultureInfo.InvariantCulture));
        foreach (string input in inputs.Distinct(StringComparer.Ordinal))
        {
            manifest.Add(NameOf(input), StateOf(input)
                ?? throw new FileNotFoundException($"Every input of the build must be there. Got no file '{input}'. Check the paths.", input));
        }

        foreach ((string source, string words) in sources)
        {
            manifest.Add($"the mapping of source '{source}'", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words))));
        }

        return manifest;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static BuildManifest Parse(string text)
    {
        BuildManifest manifest = new();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int tab = line.LastIndexOf('\t');
            manifest.Add(line[..Math.Max(tab, 0)], line[(tab + 1)..]);
        }

        return manifest;
    }

    /// <summary>Returns what differs, in words.</summary>
    public IReadOnlyList<string> DifferencesFrom(BuildManifest other) =>
        [.. _entries.Keys.Union(other._entries.Keys, StringComparer.Ordinal).Where(name => _entries.GetValueOrDefault(name) != other._entries.GetValueOrDefault(name))];

    /// <summary>Returns those inputs that are no longer as they were.</summary>
    public IReadOnlyList<string> ChangedAmong(IEnumerable<string> inputs) =>
        [.. inputs.Distinct(StringComparer.Ordinal).Where(input => _entries.GetValueOrDefault(NameOf(input)) != StateOf(input))];

    /// <summary>Returns words that only equal manifests have.</summary>
    public string ToHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    public override string ToString() => string.Concat(_entries.Select(entry => $"{entry.Key}\t{entry.Value}\n"));

    private static string NameOf(string input) => $"the file '{Path.GetFullPath(input)}'".ReplaceLineEndings(" ");

    private static string? StateOf(string input) => new FileInfo(input) is { Exists: true } file
        ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes, changed at tick {file.LastWriteTimeUtc.Ticks}")
        : null;

    private static string HashOf(ObservationSet observations)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        for (int row = 0; row < observations.Count; row++)
        {
            byte[] key = Encoding.UTF8.GetBytes(observations.Entities[row].ToCanonicalString());
            BinaryPrimitives.WriteInt64LittleEndian(number, key.Length); // in front: no two lists of keys give the same bytes
            hash.AppendData(number);
            hash.AppendData(key);
            BinaryPrimitives.WriteInt64LittleEndian(number, observations.CutoffTicks[row]);
            hash.AppendData(number);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A source that was added in several parts has one entry for all of them.
    private void Add(string name, string value)
    {
        string line = name.ReplaceLineEndings(" ");
        _entries[line] = _entries.TryGetValue(line, out string? before) ? $"{before} {value}" : value;
    }
}
