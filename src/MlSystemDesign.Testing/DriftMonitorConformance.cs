using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Monitoring;

namespace MlSystemDesign.Testing;

/// <summary>Checks a monitor against what <see cref="IDriftMonitor"/> promises.</summary>
public static class DriftMonitorConformance
{
    /// <summary>Runs all checks, on simulated rows with columns recency, amount and channel, and a score.</summary>
    /// <param name="monitor">The monitor.</param>
    /// <param name="seed">The seed of the rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was checked.</returns>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckAsync(IDriftMonitor monitor, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        ConformanceRun run = new($"IDriftMonitor '{monitor.GetType().Name}'", seed, cancellationToken);
        await new MonitorChecks(run, monitor, seed, cancellationToken).RunAsync().ConfigureAwait(false);
        return run.Finish();
    }
}
