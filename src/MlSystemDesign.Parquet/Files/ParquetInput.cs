namespace MlSystemDesign.Parquet.Files;

/// <summary>Bytes of a Parquet file, opened when the history is built.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Open">Opens it.</param>
/// <param name="IsOwned">Whether the stream is closed after it.</param>
internal sealed record ParquetInput(string Name, Func<Stream> Open, bool IsOwned)
{
    public static ParquetInput Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new ParquetInput(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), IsOwned: true);
    }

    public static ParquetInput Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new ParquetInput((stream as FileStream)?.Name is { } path ? Path.GetFileName(path) : "stream", () => stream, IsOwned: false)
            : throw new ArgumentException("The stream must be readable. Got one that is closed or for writing only. Open it for reading.", nameof(stream));
    }
}
