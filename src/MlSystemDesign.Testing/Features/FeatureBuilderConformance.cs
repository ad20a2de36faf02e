using MlSystemDesign.Features;
using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Features;

namespace MlSystemDesign.Testing;

/// <summary>Proves a feature builder: against the definitions of the features on random histories, and against what <see cref="IFeatureBuilder"/> promises.</summary>
public static class FeatureBuilderConformance
{
    /// <summary>Compares a builder of plans with a brute-force reference on random histories and plans.</summary>
    /// <param name="create">Creates the builder of a plan. A builder that can be disposed of is, after its case.</param>
    /// <param name="options">Seed, cases, and what the builder supports; the defaults when <see langword="null"/>.</param>
    /// <param name="progress">Gets the share of cases done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many values were compared.</returns>
    /// <exception cref="ConformanceException">A value differs. The message has the seed, the number of the case and the smallest case found that still fails.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<ConformanceReport> CheckAsync(
        Func<FeaturePlan, IFeatureBuilder> create, FeatureConformanceOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        return CheckCasesAsync(c => create(c.Plan), options, progress, cancellationToken);
    }

    /// <summary>Compares an engine with a brute-force reference on random histories and plans; for engines that take facts row by row.</summary>
    /// <param name="create">Creates an engine for a case, gives it the rows if it wants them, and returns it as a builder. The builder is then asked with the case's history, which it may
    /// ignore, and disposed of if it can be.</param>
    /// <param name="options">Seed, cases, and what the engine supports; the defaults when <see langword="null"/>.</param>
    /// <param name="progress">Gets the share of cases done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many values were compared.</returns>
    /// <remarks>
    /// The histories have ties, late facts, announcements, revisions and retractions, silent entities, days on which clocks change, neighbours one tick apart and extreme values; the
    /// reference reads raw rows with LINQ and textbook formulas, moments in integers of any size, and shares no code with the
    /// engines of the library. Cases run one after the other; the reference takes some milliseconds for each.
    /// </remarks>
    /// <exception cref="ConformanceException">A value differs. The message has the seed, the number of the case and the smallest case found that still fails.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Task<ConformanceReport> CheckCasesAsync(
        Func<FeatureConformanceCase, IFeatureBuilder> create, FeatureConformanceOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(create);
        options ??= new FeatureConformanceOptions();
        options.Validate();
        return new DifferentialRun(create, options, cancellationToken).RunAsync(progress);
    }

    /// <summary>Checks what every builder promises, whatever it computes, on a history of your own.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="history">A history that it can read, with facts before and after the cutoffs.</param>
    /// <param name="observations">Rows with cutoffs, at least two.</param>
    /// <param name="seed">The seed of what is sampled.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was checked; a check that could not tell says why, and is no proof.</returns>
    /// <remarks>Nothing read past the cutoff is proven by <see cref="MlSystemDesign.Leakage.LeakageGuard"/>, which poisons the future.</remarks>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckContractAsync(
        IFeatureBuilder builder, IHistory history, ObservationSet observations, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(observations);
        if (observations.Count < 2 || !observations.HasCutoffs)
        {
            throw new ArgumentException($"There must be at least two rows, with cutoffs. Got {observations.Count}{(observations.HasCutoffs ? null : " without")}. Use ObservationSet.At or Of.", nameof(observations));
        }

        ConformanceRun run = new($"IFeatureBuilder '{builder.Kind}'", seed, cancellationToken);
        await FeatureBuilderChecks.RunAsync(run, builder, history, observations, seed, cancellationToken).ConfigureAwait(false);
        return run.Finish();
    }
}
