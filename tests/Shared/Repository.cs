namespace MlSystemDesign.Tests;

/// <summary>Finds the root of the repository from where the tests run.</summary>
internal static class Repository
{
    private static readonly Lazy<string> Folder = new(Find);

    /// <summary>Gets a path below the root.</summary>
    public static string File(params string[] parts) => Path.Combine([Folder.Value, .. parts]);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "MlSystemDesign.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run below the repository. MlSystemDesign.sln is in no folder above. Run them from a checkout.");
    }
}
