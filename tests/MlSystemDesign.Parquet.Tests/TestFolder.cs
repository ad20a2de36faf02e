namespace MlSystemDesign.Parquet.Tests;

/// <summary>A folder of its own, gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("mlsd").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public string[] Files() => [.. Directory.GetFiles(_path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
