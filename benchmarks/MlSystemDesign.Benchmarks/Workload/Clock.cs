namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>The time axis of the workload, in microseconds since 1970, UTC.</summary>
internal static class Clock
{
    internal const long Day = 86_400_000_000;
    internal const int Days = 2 * 365;

    /// <summary>The first instant of the log: 2025-01-01.</summary>
    internal static readonly long Start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks / TimeSpan.TicksPerMicrosecond - (DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The first instant after the log, two years later.</summary>
    internal static readonly long End = Start + (Days * Day);

    internal static DateTime ToDateTime(long microseconds) => DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
