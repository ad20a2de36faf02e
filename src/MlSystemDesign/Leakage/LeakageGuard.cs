namespace MlSystemDesign.Leakage;

/// <summary>Proves whether features use what could not be known at the cutoff, by poisoning the future; and looks for the usual leaks of a split. Step 3.</summary>
/// <remarks>
/// <para><b>poison the future</b> works on any history and any builder, a host's own included, through their interfaces. For sampled observations the features are
/// built on a slice of the history; then facts that are not visible at the cutoff (by event time or by known time) are changed, deleted and invented, for all
/// sampled entities at once and for one first seen later, and the features are built again. Any changed bit proves a leak. Then the past is poisoned in the same
/// way, and something must move: a builder that reads nothing is not tested, never clean. Columns that the control does not move are named as untested. A column
/// that gives other values for equal facts could hide a leak behind its noise: the check is then undefined and names it. The frame's cohort, when given, is held
/// to the same poison.</para>
/// <para><b>single-feature AUC</b> raises suspicions, not proofs: a column, or its being missing, that separates the training outcomes nearly perfectly. Ties count
/// half, either direction counts, missing numbers count as the lowest or the highest value, whichever is stronger; a category counts by the positive share of
/// its level in the other half of the entities.</para>
/// <para><b>label-window overlap</b> and <b>rows on both sides of the split</b> prove that the holdout was not kept apart.</para>
/// <para>The verdict is clean only if the poison ran, its control moved something, every column repeats on equal facts, and nothing is proven. Immutable; safe for concurrent use. Cost: at most eight
/// builds of <see cref="LeakageGuardOptions.ObservationsPerCutoff"/> rows per sampled cutoff. Equal contexts and seeds give equal reports.</para>
/// </remarks>
public sealed class LeakageGuard : ILeakageGuard
{
    private readonly LeakageGuardOptions _options;

    /// <summary>Creates a guard.</summary>
    /// <param name="options">How much it samples; the defaults when <see langword="null"/>. Not to be changed afterwards.</param>
    /// <exception cref="PlanException">An option is outside its range.</exception>
    public LeakageGuard(LeakageGuardOptions? options = null)
    {
        _options = options ?? new LeakageGuardOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public async ValueTask<LeakageReport> InspectAsync(LeakageContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        List<LeakageFinding> findings = [];
        List<CheckOutcome> checks = [];
        bool isProof = await PoisonAsync(context, findings, checks, cancellationToken).ConfigureAwait(false);
        checks.Add(StrengthCheck.Run(context.Training, _options.SuspiciousAuc, findings, cancellationToken));
        checks.Add(SplitChecks.LabelWindows(context, findings));
        checks.Add(SplitChecks.Rows(context, findings));
        context.Progress?.Report(1);

        // Within one severity the order is that of the checks, and of the columns within a check; the sort is stable.
        LeakageFinding[] sorted = [.. findings.OrderByDescending(f => f.Severity)];
        return new LeakageReport
        {
            Findings = sorted,
            Checks = checks,
            Verdict = sorted.Any(f => f.Severity == LeakageSeverity.Proven) ? LeakageVerdict.Leaking : isProof ? LeakageVerdict.Clean : LeakageVerdict.NotTested,
        };
    }

    private async ValueTask<bool> PoisonAsync(LeakageContext context, List<LeakageFinding> findings, List<CheckOutcome> checks, CancellationToken cancellationToken)
    {
        string[] absent = [.. context.History is null ? new[] { "history" } : [], .. context.Features is null ? new[] { "feature builder" } : []];
        ObservationSet? observations = null;
        string? failure = null;
        try
        {
            observations = absent.Length > 0 ? null : ObservationsOf(context);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = $"the frame gives no observations: {e.GetType().Name}: {e.Message}";
        }

        string? missing =
            absent.Length > 0 ? $"there is no {string.Join(" and no ", absent)}"
            : failure is not null ? failure
            : observations is null ? "there are no observations: pass labels, a training set or a frame"
            : !observations.HasCutoffs ? "the observations have no cutoffs"
            : observations.Count == 0 ? "there are no observations: the set is empty"
            : null;
        if (missing is not null)
        {
            checks.Add(new CheckOutcome(PoisonCheck.Name, CheckStatus.NotRun, missing));
            checks.Add(new CheckOutcome(PoisonCheck.CohortName, CheckStatus.NotRun, missing));
            return false;
        }

        PoisonCheck check = new(context.History!, context.Features!, context.Frame, ObservationSample.Draw(observations!, _options, context.Seed));
        await check.RunAsync(context.Progress, cancellationToken).ConfigureAwait(false);
        findings.AddRange(check.Findings);
        checks.AddRange(check.Outcomes);
        if (context.Frame is null)
        {
            checks.Add(new CheckOutcome(PoisonCheck.CohortName, CheckStatus.NotRun, "there is no frame"));
        }

        return check.IsProof;
    }

    private ObservationSet? ObservationsOf(LeakageContext context)
    {
        if (context.Labels is not null || context.Training is not null)
        {
            return context.Labels?.Observations ?? context.Training!.Features.Observations;
        }

        if (context.Frame is null)
        {
            return null;
        }

        DateTimeOffset[] cutoffs = [.. ObservationSample.Spread(context.Frame.Cutoffs(context.History!), _options.MaximumCutoffs, new Random(context.Seed))];
        return ObservationSet.Concat([.. cutoffs.Select(c => context.Frame.Cohort(context.History!, c))]);
    }
}
