using System.Diagnostics;
using System.Globalization;

namespace ChurnRetention.Job;

/// <summary>The largest resident memory of this process so far.</summary>
internal static class PeakMemory
{
    /// <summary>Reads VmHWM where the system has it, the process's peak working set elsewhere. MiB.</summary>
    public static double Mebibytes()
    {
        const string status = "/proc/self/status";
        if (File.Exists(status))
        {
            foreach (string line in File.ReadLines(status))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    return double.Parse(line[6..].Replace("kB", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
                }
            }
        }

        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1024.0 / 1024.0;
    }
}
