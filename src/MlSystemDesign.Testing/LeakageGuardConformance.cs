using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Leakage;

namespace MlSystemDesign.Testing;

/// <summary>Checks a leakage guard against what <see cref="ILeakageGuard"/> promises.</summary>
public static class LeakageGuardConformance
{
    /// <summary>Runs all checks, on a small simulated history with builders that leak, do not, read nothing, and throw.</summary>
    /// <param name="guard">The guard.</param>
    /// <param name="seed">The seed of what the guard samples.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was checked.</returns>
    /// <remarks>A guard that does not look at builders passes as long as it never calls the leaking one clean.</remarks>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckAsync(ILeakageGuard guard, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ConformanceRun run = new($"ILeakageGuard '{guard.GetType().Name}'", seed, cancellationToken);
        await new GuardChecks(run, guard, seed, cancellationToken).RunAsync().ConfigureAwait(false);
        return run.Finish();
    }
}
