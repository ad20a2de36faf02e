using System.Globalization;

namespace MlSystemDesign.Testing.Features;

/// <summary>Compares an engine with the reference, case by case; shrinks and tells the first one that fails.</summary>
internal sealed class DifferentialRun(Func<FeatureConformanceCase, IFeatureBuilder> create, FeatureConformanceOptions options, CancellationToken cancellationToken)
{
    private const string Definitions = "agrees with the definitions";

    private string _subject = "The feature builder";
    private long _compared;

    /// <summary>Runs the cases.</summary>
    /// <exception cref="ConformanceException">A case fails.</exception>
    internal async Task<ConformanceReport> RunAsync(IProgress<double>? progress)
    {
        RandomCases cases = new(options);
        for (int i = 0; i < options.Cases; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int number = options.FirstCase + i;
            FeatureCase @case = cases[number];
            if (await FailureAsync(@case).ConfigureAwait(false) is { } failure)
            {
                throw await ExplainAsync(@case, failure, number).ConfigureAwait(false);
            }

            progress?.Report((i + 1.0) / options.Cases);
        }

        return Report([], string.Create(CultureInfo.InvariantCulture, $"{options.Cases} cases, {_compared} values"));
    }

    private async Task<Exception?> FailureAsync(FeatureCase @case)
    {
        IHistory history = @case.World.History();
        Arrival[] arrivals = Arrivals.InOrder(@case.World, options.Seed, options.ArriveAsKnown);
        IFeatureBuilder? builder = null;
        try
        {
            builder = create(new FeatureConformanceCase(@case.Plan, history, arrivals));
            _subject = $"IFeatureBuilder '{builder.Kind}'";
            _compared += FeatureComparison.Compare(@case, await builder.BuildAsync(history, Worlds.Rows(@case.Cutoffs), cancellationToken).ConfigureAwait(false), options.Tolerance);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return e;
        }
        finally
        {
            if (builder is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (builder as IDisposable)?.Dispose();
            }
        }
    }

    private async Task<ConformanceException> ExplainAsync(FeatureCase @case, Exception failure, int number)
    {
        (FeatureCase smallest, Exception last) = await @case.ShrinkAsync(failure, FailureAsync, cancellationToken).ConfigureAwait(false);
        string what = last is FeatureMismatch ? last.Message : $"it threw {last.GetType().Name}: {last.Message}";
        ConformanceFinding finding = new(
            Definitions,
            $"in case {number}: {what.TrimEnd('.')}. The smallest case found that fails so:{Environment.NewLine}{smallest}{Environment.NewLine}",
            $"Repeat it with Seed = {options.Seed}, FirstCase = {number}, Cases = 1; say in the options what the builder does not support.");
        return new ConformanceException(Report([finding], $"stopped in case {number}"), last);
    }

    private ConformanceReport Report(IReadOnlyList<ConformanceFinding> findings, string detail) => new()
    {
        Subject = _subject, Seed = options.Seed, Comparisons = _compared, Findings = findings, Checks = [new CheckOutcome(Definitions, CheckStatus.Run, detail)],
    };
}
