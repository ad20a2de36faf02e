using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Framing;

namespace MlSystemDesign.Testing;

/// <summary>Checks a frame against what <see cref="IProblemFrame"/> promises.</summary>
public static class FrameConformance
{
    /// <summary>Runs all checks.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="history">A history that it can read, in which it has cutoffs and cohorts.</param>
    /// <param name="cancellationToken">Stops the work between two checks.</param>
    /// <returns>What was checked; a check that could not tell says why, and is no proof.</returns>
    /// <remarks>A cohort is proven to read nothing past its cutoff in two ways: through a history that refuses to look ahead, and by taking the future away. Cost: some ten
    /// cohorts per cutoff, at three cutoffs.</remarks>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckAsync(IProblemFrame frame, IHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(history);
        ConformanceRun run = new($"IProblemFrame '{frame.Name}'", 0, cancellationToken);
        await new FrameChecks(run, frame, history).RunAsync().ConfigureAwait(false);
        return run.Finish();
    }
}
