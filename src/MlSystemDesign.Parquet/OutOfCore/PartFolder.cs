using System.Globalization;
using System.Text;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Parquet;

/// <summary>The parts of one build: a file each, and a file that says of which build they are. One build at a time has it open.</summary>
internal sealed class PartFolder : IDisposable
{
    private const string ManifestFile = "build.txt";
    private const string LockFile = "build.lock";
    private readonly string _folder;
    private readonly int _count;
    private readonly FileStream _lock;

    private PartFolder(string folder, int count, FileStream held) => (_folder, _count, _lock) = (folder, count, held);

    /// <summary>Gets why parts of an earlier build were removed; empty when none were.</summary>
    public IReadOnlyList<string> StartedOverBecause { get; private set; } = [];

    /// <summary>Opens a folder. Parts of another build are removed, and so is what a killed run left half-written.</summary>
    /// <exception cref="IOException">Another build has it open.</exception>
    public static PartFolder Open(string folder, BuildManifest manifest, int count)
    {
        Directory.CreateDirectory(folder);
        PartFolder parts = new(folder, count, Lock(folder));
        try
        {
            parts.TakeOver(manifest);
            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    public string PathOf(int part) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"part-{part:0000}-of-{_count:0000}.parquet"));

    /// <summary>Tells whether a part is done: it appears whole or not at all.</summary>
    public bool Has(int part) => File.Exists(PathOf(part));

    public void Dispose() => _lock.Dispose();

    // The system lets go of a killed process's lock. The file stays: whoever removed it could remove the next one's.
    private static FileStream Lock(string folder)
    {
        string path = Path.Combine(folder, LockFile);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(path))
        {
            throw new IOException($"One build at a time may use a folder. Got '{folder}', which another one has open. Wait for it, or give this one a folder of its own.", fault);
        }
    }

    private void TakeOver(BuildManifest manifest)
    {
        Remove("part-*-of-*.parquet.tmp-*");
        Remove($"{ManifestFile}.tmp-*");
        string path = Path.Combine(_folder, ManifestFile);
        IReadOnlyList<string> differences = File.Exists(path) ? manifest.DifferencesFrom(BuildManifest.Parse(File.ReadAllText(path))) : ["the manifest"];
        if (differences.Count > 0)
        {
            Remove("history.*"); // what was written of the sources
            StartedOverBecause = Remove("part-*-of-*.parquet") > 0 ? differences : [];
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(manifest.ToString()))); // last: until then the parts are those of the build before
        }
    }

    private int Remove(string pattern)
    {
        string[] files = Directory.GetFiles(_folder, pattern);
        foreach (string file in files)
        {
            File.Delete(file);
        }

        return files.Length;
    }
}
