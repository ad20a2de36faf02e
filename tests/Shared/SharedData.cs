namespace MlSystemDesign.Tests;

/// <summary>Finds the public data sets that lie beside the repository, in ../shared/data.</summary>
internal static class SharedData
{
    private static readonly Lazy<string?> Folder = new(Find);

    public static string Path(string file) => System.IO.Path.Combine(Folder.Value ?? string.Empty, file);

    public static bool Has(string file) => Folder.Value is not null && File.Exists(Path(file));

    /// <summary>Says which files are absent; <see langword="null"/> when none is.</summary>
    public static string? Missing(IEnumerable<string> files)
    {
        string[] missing = [.. files.Where(f => !Has(f))];
        return missing.Length == 0 ? null : $"needs {string.Join(", ", missing)} in ../shared/data beside the repository";
    }

    private static string? Find()
    {
        DirectoryInfo? folder = new(Repository.File());

        // A linked working tree lies deeper than the repository does, so every folder above is looked at.
        for (folder = folder.Parent; folder is not null; folder = folder.Parent)
        {
            string data = System.IO.Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
