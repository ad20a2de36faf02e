using MlSystemDesign.Leakage;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A guard that is right but for one thing.</summary>
internal static class BrokenGuards
{
    internal static ILeakageGuard Right { get; } = new LeakageGuard();

    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["equal inputs give equal results"] = Check((parts, r, _) => r with { Checks = [new CheckOutcome("x", CheckStatus.Run, $"{parts.Next()}")] }),
        ["safe for concurrent use"] = Check((parts, r, _) => parts.IsShared() ? r with { Checks = [] } : r),
        ["cancellation obeyed"] = () => LeakageGuardConformance.CheckAsync(new Guard((c, _) => Right.InspectAsync(c))),
        ["inputs untouched"] = Check((_, r, c) => { if (c.Training is { } training) { BrokenParts.Write(training.Features.Numbers(0)); } return r; }),
        ["a leak is never clean"] = Check((_, r, c) => c.Features is not null && r.Verdict == LeakageVerdict.Leaking ? r with { Verdict = LeakageVerdict.Clean, Findings = [] } : r),
        ["an honest builder is not accused"] = Check((_, r, _) => r.Verdict == LeakageVerdict.Clean ? r with { Verdict = LeakageVerdict.Leaking, Findings = [Finding(LeakageSeverity.Proven)] } : r),
        ["a builder that reads nothing is not clean"] = Check((_, r, c) => c.Features is not null && r.Verdict == LeakageVerdict.NotTested ? r with { Verdict = LeakageVerdict.Clean } : r),
        ["what a builder throws is reported"] = () => LeakageGuardConformance.CheckAsync(new Guard(async (c, t) =>
        {
            if (c is { Features: { } features, Labels: { } labels })
            {
                await features.BuildAsync(c.History!, labels.Observations, t);
            }

            return await Right.InspectAsync(c, t);
        })),
        ["absent parts are not tested"] = Check((_, r, c) => c.Features is null ? r with { Verdict = LeakageVerdict.Clean } : r),
        ["the verdict follows the findings"] = Check((_, r, _) => r with { Findings = [Finding(LeakageSeverity.Suspicion), .. r.Findings] }),
    };

    private static LeakageFinding Finding(LeakageSeverity severity) => new("x", severity, null, "Something.", "Nothing.");

    private static Func<Task<ConformanceReport>> Check(Func<BrokenParts, LeakageReport, LeakageContext, LeakageReport> change)
    {
        BrokenParts parts = new();
        return () => LeakageGuardConformance.CheckAsync(new Guard(async (c, t) => change(parts, await Right.InspectAsync(c, t), c)));
    }

    private sealed class Guard(Func<LeakageContext, CancellationToken, ValueTask<LeakageReport>> inspect) : ILeakageGuard
    {
        public ValueTask<LeakageReport> InspectAsync(LeakageContext context, CancellationToken cancellationToken = default) => inspect(context, cancellationToken);
    }
}
