using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Parquet;

/// <summary>The parts of one build: a file each, and a file that says of which build they are.</summary>
internal sealed class PartFolder
{
    private const string BuildFile = "build.txt";
    private readonly string _folder;
    private readonly int _count;

    private PartFolder(string folder, int count) => (_folder, _count) = (folder, count);

    /// <summary>Opens a folder. Parts of another build are removed.</summary>
    public static PartFolder Open(string folder, string fingerprint, int count)
    {
        Directory.CreateDirectory(folder);
        PartFolder parts = new(folder, count);
        string build = Path.Combine(folder, BuildFile);
        if (!File.Exists(build) || File.ReadAllText(build) != fingerprint)
        {
            foreach (string part in Directory.GetFiles(folder, "part-*-of-*.parquet"))
            {
                File.Delete(part);
            }

            AtomicFile.Write(build, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(fingerprint))); // last: until then the parts are those of the build before
        }

        return parts;
    }

    public string PathOf(int part) => Path.Combine(_folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"part-{part:0000}-of-{_count:0000}.parquet"));

    /// <summary>Tells whether a part is done: it appears whole or not at all.</summary>
    public bool Has(int part) => File.Exists(PathOf(part));
}
