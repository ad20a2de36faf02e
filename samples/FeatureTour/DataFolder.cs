namespace FeatureTour;

/// <summary>Where the data sets lie: a folder that was named, or ../shared/data beside the repository.</summary>
internal sealed class DataFolder(string? named)
{
    /// <summary>Returns the path of a file.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public string File(string name)
    {
        string folder = named ?? Beside(new DirectoryInfo(AppContext.BaseDirectory)) ?? Path.Combine("..", "shared", "data");
        string path = Path.Combine(folder, name);
        return System.IO.File.Exists(path) ? path : throw new FileNotFoundException(
            $"The data set must be there. Got no '{name}' in '{folder}'. Pass its folder with --data, or run without arguments for the simulated shop.", path);
    }

    // A linked working tree lies deeper than the repository does, so every folder above is looked at.
    private static string? Beside(DirectoryInfo? folder)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
