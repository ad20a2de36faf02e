using System.Globalization;

namespace MlSystemDesign.Lifecycle;

/// <summary>Writes a file so that it appears complete or not at all: under a temporary name in the same folder, flushed to disk, then renamed.</summary>
/// <remarks>Safe for concurrent use: every call has a temporary file of its own. Of several writers to one path the last rename wins.</remarks>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;
    private static long _calls;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to; an existing file is replaced, a missing folder is made.</param>
    /// <param name="write">Writes the content; when it throws, nothing is left behind and an existing file stays as it was.</param>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        FileStream stream = OpenTemporary(target, FileOptions.None);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(stream.Name, target, overwrite: true);
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to; an existing file is replaced, a missing folder is made.</param>
    /// <param name="write">Writes the content; when it throws, nothing is left behind and an existing file stays as it was.</param>
    /// <param name="cancellationToken">Goes to <paramref name="write"/>; up to the rename it stops the work, as if that had thrown.</param>
    /// <exception cref="IOException">The file cannot be written; nothing half-written stays.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing half-written stays.</exception>
    public static async ValueTask WriteAsync(string path, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        string target = Path.GetFullPath(path);
        FileStream stream = OpenTemporary(target, FileOptions.Asynchronous);
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(stream.Name, target, overwrite: true);
        }
        catch
        {
            File.Delete(stream.Name);
            throw;
        }
    }

    private static FileStream OpenTemporary(string target, FileOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        while (true)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{target}.tmp-{Environment.ProcessId}-{Interlocked.Increment(ref _calls)}");
            try
            {
                return new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, options);
            }
            catch (IOException) when (File.Exists(name))
            {
                // Process ids repeat: in containers that share a folder, and after a crash. What is there belongs to another; take the next name.
            }
        }
    }
}
