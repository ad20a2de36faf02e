using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Testing.Tests;

/// <summary>An evaluator that is right but for one thing.</summary>
internal static class BrokenEvaluators
{
    internal static IEvaluator Right { get; } = new DecisionEvaluator();

    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["equal inputs give equal results"] = Check((parts, r, _) => r with { Metrics = [Metric.Of("x", parts.Next(), 1)] }),
        ["safe for concurrent use"] = Check((parts, r, _) => parts.IsShared() ? r with { Metrics = [] } : r),
        ["cancellation obeyed"] = () => EvaluatorConformance.CheckAsync(new Evaluator((c, _) => Right.EvaluateAsync(c))),
        ["inputs untouched"] = Check((_, r, c) => { BrokenParts.Write(c.Predictions.Span); return r; }),
        ["every metric is finite or undefined"] = Check((_, r, _) => r with { Metrics = [Metric.Of("odds", double.PositiveInfinity, 1)] }),
        ["one class is a result"] = Throwing(c => c.Holdout.Count > 0 && c.Holdout.PositiveCount == c.Holdout.Count),
        ["an empty holdout is a result"] = Check((_, r, c) => c.Holdout.Count == 0 ? r with { Metrics = [Metric.Of("AUC-ROC", 0, 0)] } : r),
        ["zero variance is a result"] = Throwing(c => c.Predictions.Length > 0 && !c.Predictions.Span.ContainsAnyExcept(c.Predictions.Span[0])),
    };

    private static Func<Task<ConformanceReport>> Check(Func<BrokenParts, EvaluationReport, EvaluationContext, EvaluationReport> change)
    {
        BrokenParts parts = new();
        return () => EvaluatorConformance.CheckAsync(new Evaluator(async (c, t) => change(parts, await Right.EvaluateAsync(c, t), c)));
    }

    private static Func<Task<ConformanceReport>> Throwing(Func<EvaluationContext, bool> when) => Check((_, r, c) => when(c) ? throw new InvalidOperationException("nothing to rank") : r);

    internal sealed class Evaluator(Func<EvaluationContext, CancellationToken, ValueTask<EvaluationReport>> evaluate) : IEvaluator
    {
        public ValueTask<EvaluationReport> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken = default) => evaluate(context, cancellationToken);
    }
}
