using MlSystemDesign.Testing.Checks;
using MlSystemDesign.Testing.Evaluation;

namespace MlSystemDesign.Testing;

/// <summary>Checks an evaluator against what <see cref="IEvaluator"/> promises.</summary>
public static class EvaluatorConformance
{
    /// <summary>Runs all checks.</summary>
    /// <param name="evaluator">The evaluator.</param>
    /// <param name="context">What it evaluates, with both outcomes; <see langword="null"/> for 200 simulated rows without a business case.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What was checked.</returns>
    /// <exception cref="ConformanceException">A promise is broken; all findings are listed.</exception>
    public static async Task<ConformanceReport> CheckAsync(IEvaluator evaluator, EvaluationContext? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        context ??= EvaluatorChecks.Sample();
        ConformanceRun run = new($"IEvaluator '{evaluator.GetType().Name}'", context.Seed, cancellationToken);
        await EvaluatorChecks.RunAsync(run, evaluator, context, cancellationToken).ConfigureAwait(false);
        return run.Finish();
    }
}
