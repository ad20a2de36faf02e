using System.Globalization;

namespace MlSystemDesign.Leakage;

/// <summary>Poisons the future of sampled observations and demands that neither features nor cohort move; poisons the past and demands that something does.</summary>
internal sealed class PoisonCheck(IHistory history, IFeatureBuilder builder, IProblemFrame? frame, List<(long Cutoff, ObservationSet Rows)> sample)
{
    internal const string Name = "poison the future";
    internal const string CohortName = "cohort under a poisoned future";

    private static readonly PoisonKind[] Poisons = [PoisonKind.Changed, PoisonKind.Deleted, PoisonKind.Invented];

    private readonly Dictionary<string, (int Cells, string Example)> _moved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unrepeatable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _controlled = new(StringComparer.Ordinal);
    private string[] _columns = [];
    private string? _cohortEvidence;
    private bool _cohortReacts;
    private bool _cohortHasRows;

    /// <summary>Gets what was found.</summary>
    internal List<LeakageFinding> Findings { get; } = [];

    /// <summary>Gets what became of the checks.</summary>
    internal List<CheckOutcome> Outcomes { get; } = [];

    /// <summary>Gets a value indicating whether the proof ran, its control moved at least one column, and every column repeats on equal facts.</summary>
    internal bool IsProof { get; private set; }

    internal async ValueTask RunAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        EntityKey[] entities = [.. sample.SelectMany(s => s.Rows.Entities.ToArray()).Distinct().Order()];
        string? failure = null;
        try
        {
            IHistory slice = history.Slice(entities);
            FactPoison poison = new(slice, entities);
            for (int i = 0; i < sample.Count && failure is null; i++)
            {
                failure = await InspectAsync(slice, poison, sample[i].Cutoff, sample[i].Rows, cancellationToken).ConfigureAwait(false);
                progress?.Report((i + 1.0) / sample.Count);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = $"it could not be finished: {e.GetType().Name}: {e.Message}";
        }

        Conclude(entities.Length, failure);
    }

    private static string At(long cutoff) => new DateTime(cutoff, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Describe(PoisonKind kind) => kind switch
    {
        PoisonKind.Changed => "facts not visible at the cutoff were changed",
        PoisonKind.Deleted => "facts not visible at the cutoff were deleted",
        _ => "facts not visible at the cutoff were invented",
    };

    private async ValueTask<string?> InspectAsync(IHistory slice, FactPoison poison, long cutoff, ObservationSet rows, CancellationToken cancellationToken)
    {
        FeatureTable before = await builder.BuildAsync(slice, rows, cancellationToken).ConfigureAwait(false);
        FeatureTable again = await builder.BuildAsync(poison.PoisonFuture(slice, cutoff, PoisonKind.None), rows, cancellationToken).ConfigureAwait(false);
        _columns = [.. before.Schema.Select(c => c.Name)];
        if (!TableDifferences.HaveOneShape(before, again))
        {
            return "the builder gives other rows or columns for equal facts";
        }

        _unrepeatable.UnionWith(TableDifferences.Between(before, again).Select(d => _columns[d.Column]));
        EntityKey[]? cohort = frame?.Cohort(slice, new DateTimeOffset(cutoff, TimeSpan.Zero)).Entities.ToArray();
        foreach (PoisonKind kind in Poisons)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IHistory poisoned = poison.PoisonFuture(slice, cutoff, kind);
            CompareCohort(cohort, poisoned, cutoff, kind);
            FeatureTable after;
            try
            {
                after = await builder.BuildAsync(poisoned, rows, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                return $"the builder failed when only {Describe(kind)}, at cutoff {At(cutoff)}: {e.GetType().Name}: {e.Message}";
            }

            if (!TableDifferences.HaveOneShape(before, after))
            {
                Note("(rows and columns)", $"the table has other rows or columns when {Describe(kind)}, at cutoff {At(cutoff)}.", 1);
                continue;
            }

            foreach (TableDifferences.Cell cell in TableDifferences.Between(before, after))
            {
                Note(_columns[cell.Column], $"for entity '{rows.Entities[cell.Row]}' at cutoff {At(cutoff)} it went from {cell.Before} to {cell.After} when {Describe(kind)}.", 1);
            }
        }

        await ControlAsync(slice, poison, cutoff, before, cohort, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async ValueTask ControlAsync(IHistory slice, FactPoison poison, long cutoff, FeatureTable before, EntityKey[]? cohort, CancellationToken cancellationToken)
    {
        foreach (PoisonKind kind in Poisons)
        {
            bool cohortIsOpen = cohort is not null && !_cohortReacts;
            if (_controlled.Count == _columns.Length && !cohortIsOpen)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            IHistory poisoned = poison.PoisonPast(slice, cutoff, kind);
            FeatureTable after = await builder.BuildAsync(poisoned, before.Observations, cancellationToken).ConfigureAwait(false);
            if (TableDifferences.HaveOneShape(before, after))
            {
                _controlled.UnionWith(TableDifferences.Between(before, after).Select(d => _columns[d.Column]).Where(c => !_unrepeatable.Contains(c)));
            }

            if (cohortIsOpen)
            {
                _cohortReacts |= !frame!.Cohort(poisoned, new DateTimeOffset(cutoff, TimeSpan.Zero)).Entities.SequenceEqual(cohort);
            }
        }
    }

    private void CompareCohort(EntityKey[]? cohort, IHistory poisoned, long cutoff, PoisonKind kind)
    {
        if (cohort is null)
        {
            return;
        }

        _cohortHasRows |= cohort.Length > 0;
        EntityKey[] after = frame!.Cohort(poisoned, new DateTimeOffset(cutoff, TimeSpan.Zero)).Entities.ToArray();
        if (_cohortEvidence is null && !after.AsSpan().SequenceEqual(cohort))
        {
            EntityKey example = after.Except(cohort).Concat(cohort.Except(after)).FirstOrDefault();
            _cohortEvidence = string.Create(
                CultureInfo.InvariantCulture,
                $"The cohort at {At(cutoff)} went from {cohort.Length} to {after.Length} of the sampled entities when {Describe(kind)}; '{example}' is one that came or went.");
        }
    }

    private void Note(string column, string example, int cells)
    {
        (int Cells, string Example) so = _moved.GetValueOrDefault(column, (0, example));
        _moved[column] = (so.Cells + cells, so.Example);
    }

    private void Conclude(int entities, string? failure)
    {
        // A column can repeat at one cutoff and not at the next; then what the control saw of it is worth nothing either.
        _controlled.ExceptWith(_unrepeatable);
        foreach ((string column, (int cells, string example)) in _moved.Where(m => !_unrepeatable.Contains(m.Key)).OrderBy(m => Array.IndexOf(_columns, m.Key)))
        {
            Findings.Add(new LeakageFinding(
                Name,
                LeakageSeverity.Proven,
                Array.IndexOf(_columns, column) < 0 ? null : column,
                string.Create(CultureInfo.InvariantCulture, $"'{column}' knows the future: {example} {cells} value(s) moved in all."),
                "Read facts through IHistory.AsOf at the row's cutoff only: those that happened and were known before it."));
        }

        if (_cohortEvidence is not null)
        {
            Findings.Add(new LeakageFinding(
                CohortName, LeakageSeverity.Proven, null, _cohortEvidence, "Choose the cohort from IHistory.EntitiesKnownBefore and AsOf at the cutoff; look ahead in Label only."));
        }

        IsProof = failure is null && _controlled.Count > 0 && _unrepeatable.Count == 0;
        Outcomes.Add(OutcomeOf(entities, failure));
        if (frame is not null)
        {
            Outcomes.Add(
                failure is not null ? new CheckOutcome(CohortName, CheckStatus.Undefined, failure)
                : _cohortEvidence is null && !_cohortReacts ? new CheckOutcome(
                    CohortName, CheckStatus.Undefined, _cohortHasRows ? "the cohort did not react to a poisoned past either" : "the cohort of the sampled entities is empty")
                : new CheckOutcome(CohortName, CheckStatus.Run, string.Create(CultureInfo.InvariantCulture, $"{sample.Count} cutoff(s), {entities} entities")));
        }
    }

    private CheckOutcome OutcomeOf(int entities, string? failure)
    {
        if (failure is not null)
        {
            return new CheckOutcome(Name, CheckStatus.Undefined, failure);
        }

        if (_controlled.Count == 0 && _unrepeatable.Count == 0)
        {
            return new CheckOutcome(Name, CheckStatus.Undefined, "no column moved when the past was poisoned: the builder reads nothing of these entities");
        }

        string[] still = [.. _columns.Where(c => !_controlled.Contains(c) && !_unrepeatable.Contains(c))];
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Sum(s => s.Rows.Count)} row(s) of {entities} entities at {sample.Count} cutoff(s); facts changed, deleted and invented; the control moved {_controlled.Count} of {_columns.Length} columns");
        detail += still.Length == 0 ? string.Empty : $"; constant in the control, so untested: {string.Join(", ", still)}";
        detail += Undated() is { Length: > 0 } undated ? $"; undated facts hold from the beginning of time and cannot be tested: {string.Join(", ", undated)}" : string.Empty;
        if (_unrepeatable.Count == 0)
        {
            return new CheckOutcome(Name, CheckStatus.Run, detail);
        }

        // Such a column may hide a leak behind its noise: nothing is cleared until it repeats.
        string[] unrepeatable = [.. _columns.Where(_unrepeatable.Contains)];
        return new CheckOutcome(Name, CheckStatus.Undefined, string.Create(
            CultureInfo.InvariantCulture,
            $"{unrepeatable.Length} of {_columns.Length} columns give other values for equal facts, so a leak in them cannot be told from noise: {string.Join(", ", unrepeatable)}. Make the builder deterministic. Of the rest: {detail}"));
    }

    private string[] Undated() =>
        [.. history.Schema.Sources.Where(s => s.Kind == SourceKind.Attributes && s.Observed.Start == DateTimeOffset.MinValue).Select(s => s.Name)];
}
