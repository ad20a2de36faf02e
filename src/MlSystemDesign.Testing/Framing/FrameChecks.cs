using MlSystemDesign.Testing.Checks;

namespace MlSystemDesign.Testing.Framing;

/// <summary>What every frame promises.</summary>
internal sealed class FrameChecks(ConformanceRun run, IProblemFrame frame, IHistory history)
{
    private DateTimeOffset[] _cutoffs = [];

    internal async Task RunAsync()
    {
        await run.CheckAsync("cutoffs ascend", "Return the cutoffs oldest first, each once.", () =>
        {
            DateTimeOffset[] all = [.. frame.Cutoffs(history)];
            _cutoffs = all.Length == 0 ? [] : [.. new[] { all[0], all[all.Length / 2], all[^1] }.Distinct()];
            return all.Length == 0
                ? CheckResult.Undefined("the history has no cutoffs: pass one that spans the frame")
                : CheckResult.Of(all.Zip(all.Skip(1), (a, b) => a < b).All(x => x), $"{all.Length} cutoffs", "A cutoff is not after the one before it.");
        }).ConfigureAwait(false);
        await run.CheckAsync("lengths are valid", "Give a lead time of zero or more and a horizon above zero.", () => CheckResult.Of(
            frame.LeadTime >= TimeSpan.Zero && frame.Horizon > TimeSpan.Zero, "lead time and horizon", $"The lead time is {frame.LeadTime} and the horizon {frame.Horizon}.")).ConfigureAwait(false);
        if (_cutoffs.Length == 0)
        {
            return;
        }

        await CommonChecks.RunWithoutTokenAsync(run, Everything, () => Fingerprint.Of(history, history.EntitiesKnownBefore(DateTimeOffset.MaxValue))).ConfigureAwait(false);
        await run.CheckAsync("cohort is in the order of the keys", "Give each entity once, in the order of the keys, at the cutoff asked for.", () => EachCohort(Ordered)).ConfigureAwait(false);
        await run.CheckAsync("cohort was known before the cutoff", "Take the cohort from EntitiesKnownBefore.", () => EachCohort((cutoff, cohort) =>
        {
            HashSet<EntityKey> known = [.. history.EntitiesKnownBefore(cutoff)];
            EntityKey[] strangers = [.. cohort.Entities.ToArray().Where(e => !known.Contains(e))];
            return strangers.Length == 0 ? null : $"'{strangers[0]}' was not known before {cutoff:O}.";
        })).ConfigureAwait(false);
        await run.CheckAsync("cohort reads nothing past the cutoff", "Read the history through AsOf and EntitiesKnownBefore, at the cutoff.", () => EachCohort(WithoutFuture)).ConfigureAwait(false);
        await run.CheckAsync("labels keep the rows", "Label row i from observation i, and nothing but it.", LabelsKeepRows).ConfigureAwait(false);
        await run.CheckAsync("labels beyond the observed span are immature", "Call a label immature when its window ends after what the source has observed.", Immature).ConfigureAwait(false);
    }

    private static string? Ordered(DateTimeOffset cutoff, ObservationSet cohort)
    {
        EntityKey[] entities = cohort.Entities.ToArray();
        return !cohort.HasCutoffs || cohort.CutoffTicks.ContainsAnyExcept(cutoff.UtcTicks)
            ? $"A row of the cohort at {cutoff:O} has another cutoff."
            : entities.Zip(entities.Skip(1), (a, b) => Comparer<EntityKey>.Default.Compare(a, b) < 0).All(x => x) ? null : $"The cohort at {cutoff:O} is not in the order of the keys, or has one twice.";
    }

    private string Everything() => string.Join(';', frame.Cutoffs(history).Select(c => c.UtcTicks)) + string.Join(' ', _cutoffs.Select(c => Fingerprint.Of(frame.Label(history, frame.Cohort(history, c)))));

    private CheckResult EachCohort(Func<DateTimeOffset, ObservationSet, string?> fault)
    {
        int rows = 0;
        foreach (DateTimeOffset cutoff in _cutoffs)
        {
            ObservationSet cohort = frame.Cohort(history, cutoff);
            rows += cohort.Count;
            if (fault(cutoff, cohort) is { } evidence)
            {
                return CheckResult.Broken(evidence);
            }
        }

        return rows == 0 ? CheckResult.Undefined("no cohort has a row: pass a history that has some") : CheckResult.Kept($"{_cutoffs.Length} cohorts, {rows} rows");
    }

    private string? WithoutFuture(DateTimeOffset cutoff, ObservationSet cohort)
    {
        if (!frame.Cohort(new CutoffOnlyHistory(history, cutoff), cutoff).SequenceEqual(cohort))
        {
            return $"The cohort at {cutoff:O} is another one when the history cannot look ahead.";
        }

        // Whoever has nothing dated to show at the cutoff (all of it retracted) cannot be told from a stranger in a history of what was visible.
        EntityFacts[] visible = [.. history.EntitiesKnownBefore(DateTimeOffset.MaxValue).Select(e => history.AsOf(e, cutoff))];
        HashSet<EntityKey> silent = [.. visible.Where(f => f.Sources.All(s => !s.EventTicks.Span.ContainsAnyExcept(0L))).Select(f => f.Entity)];
        ObservationSet past = frame.Cohort(history.Overlay(visible), cutoff);
        return Shown(past).SequenceEqual(Shown(cohort)) ? null : $"The cohort at {cutoff:O} is another one when everything after the cutoff is taken away.";

        IEnumerable<EntityKey> Shown(ObservationSet rows) => rows.Entities.ToArray().Where(e => !silent.Contains(e));
    }

    private CheckResult LabelsKeepRows() => EachCohort((cutoff, cohort) =>
    {
        LabelledObservations labels = frame.Label(history, cohort);
        int[] backwards = [.. Enumerable.Range(0, cohort.Count).Reverse()];
        LabelledObservations turned = frame.Label(history, cohort.Select(backwards));
        return !labels.Observations.SequenceEqual(cohort) ? $"The labels at {cutoff:O} have other rows than were asked for."
            : labels.LeadTime != frame.LeadTime || labels.Horizon != frame.Horizon
                ? $"The labels say a lead time of {labels.LeadTime} and a horizon of {labels.Horizon}; the frame says {frame.LeadTime} and {frame.Horizon}."
            : Array.TrueForAll(backwards, i => labels.Status[i] == turned.Status[cohort.Count - 1 - i]) ? null : $"The labels at {cutoff:O} are others when the rows come backwards.";
    });

    private CheckResult Immature()
    {
        DateTimeOffset end = history.Schema.Sources.Max(s => s.Observed.End);
        ObservationSet cohort = frame.Cohort(history, end);
        int told = frame.Label(history, cohort).Status.ToArray().Count(s => s is LabelStatus.Positive or LabelStatus.Negative);
        return cohort.Count == 0
            ? CheckResult.Undefined($"the cohort at {end:O}, where the sources end, has no row")
            : CheckResult.Of(told == 0, $"{cohort.Count} rows at {end:O}", $"{told} of {cohort.Count} rows at {end:O} have a label, but no source has observed anything later.");
    }
}
