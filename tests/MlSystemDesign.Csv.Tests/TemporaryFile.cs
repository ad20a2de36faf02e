namespace MlSystemDesign.Csv.Tests;

/// <summary>A folder of its own with one file, gone afterwards.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string? text = null)
    {
        Folder = Directory.CreateTempSubdirectory("mlsd").FullName;
        Path = System.IO.Path.Combine(Folder, "file.csv");
        if (text is not null)
        {
            File.WriteAllText(Path, text);
        }
    }

    public string Folder { get; }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
