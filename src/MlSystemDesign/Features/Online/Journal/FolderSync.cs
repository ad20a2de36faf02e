using System.Runtime.InteropServices;

namespace MlSystemDesign.Features;

/// <summary>Forces the names in a folder to the disk: a file that was made or renamed is only then there after a loss of power. .NET has no call for it.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;
    private const int NotSupported = 22; // EINVAL: a file system that cannot, some network drives

    /// <summary>Makes a folder and those above it, as far as they are not there, so that their names survive too.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal static void Create(string folder)
    {
        if (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
        {
            Create(above);
            Directory.CreateDirectory(folder);
            Flush(above);
        }
    }

    /// <summary>Flushes a folder. Does nothing on Windows, where the file system logs names itself.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(folder, ReadOnly);
        int result = descriptor < 0 ? descriptor : Sync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (result < 0 && error != NotSupported)
        {
            throw new IOException($"A folder must be flushed to disk for the files in it to survive a loss of power. '{folder}' gave: {Marshal.GetPInvokeErrorMessage(error)}. Check the disk.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
