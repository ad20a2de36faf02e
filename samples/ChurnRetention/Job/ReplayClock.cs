namespace ChurnRetention.Job;

/// <summary>The job replays a recorded past: its clock stands at the end of the data, so that equal data give equal files, whenever it runs.</summary>
internal sealed class ReplayClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
