using System.Globalization;

namespace MlSystemDesign.Benchmarks.Report;

/// <summary>The highest resident memory of the process since a restart, as Linux counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Starts anew.</summary>
    /// <returns>What is resident now, in bytes; <see langword="null"/> on systems that cannot start anew.</returns>
    internal static long? Restart()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return Field("VmRSS:");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static long? Read() => OperatingSystem.IsLinux() ? Field("VmHWM:") : null;

    private static long Field(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
