namespace MlSystemDesign.Framing;

/// <summary>Applies a frame to a history. Not safe for concurrent use: one per call.</summary>
internal sealed class EventLabeller
{
    private readonly EventFrame _frame;
    private readonly IHistory _history;
    private readonly FrameRuleCheck[] _rules;
    private readonly FactPredicate _where;
    private readonly TimeWindow _observed;

    // How late the facts of label windows became known: the fixed delay of the source, or the largest one seen.
    private long _latest;

    internal EventLabeller(EventFrame frame, IHistory history)
    {
        SourceSchema source = history.Schema[frame.Source];
        _frame = frame;
        _history = history;
        _rules = [.. frame.Rules.Select(r => new FrameRuleCheck(r, history.Schema))];
        _where = new FactPredicate(source, frame.Where is null ? [] : [frame.Where]);
        _observed = source.Observed;
        _latest = source.HasKnownTime ? 0 : Math.Max(0, source.KnownAfter.Ticks);
    }

    internal IEnumerable<EntityKey> Cohort(DateTimeOffset cutoff) => _history.EntitiesKnownBefore(cutoff).Where(e => PassesRules(e, cutoff));

    internal LabelledObservations Label(ObservationSet observations)
    {
        LabelStatus[] status = new LabelStatus[observations.Count];
        foreach (IGrouping<long, int> rows in Enumerable.Range(0, status.Length).GroupBy(row => observations.CutoffTicks[row]))
        {
            LabelAt(new DateTimeOffset(rows.Key, TimeSpan.Zero), [.. rows], observations, status);
        }

        return new LabelledObservations(observations, status, _frame.LeadTime, _frame.Horizon, TimeSpan.FromTicks(_latest));
    }

    private void LabelAt(DateTimeOffset cutoff, int[] rows, ObservationSet observations, LabelStatus[] status)
    {
        bool mature = LabelSpan.IsObserved(cutoff.UtcTicks, _frame, _observed);
        bool few = rows.Length < _history.EntityCount / 8; // then asking about them alone is cheaper than listing everybody
        IHistory asked = few ? _history.Slice([.. rows.Select(row => observations.Entities[row]).Distinct()]) : _history;
        HashSet<EntityKey> known = [.. asked.EntitiesKnownBefore(cutoff)];
        foreach (int row in rows)
        {
            EntityKey entity = observations.Entities[row];
            status[row] = !known.Contains(entity) || !PassesRules(entity, cutoff) ? LabelStatus.NotAtRisk
                : !mature ? LabelStatus.Immature
                : Happened(entity, cutoff) == (_frame.Outcome == OutcomeKind.Presence) ? LabelStatus.Positive
                : LabelStatus.Negative;
        }
    }

    private bool PassesRules(EntityKey entity, DateTimeOffset cutoff)
    {
        if (_rules.Length == 0)
        {
            return true;
        }

        EntityFacts facts = _history.AsOf(entity, cutoff);
        return Array.TrueForAll(_rules, rule => rule.Holds(facts, cutoff.UtcTicks));
    }

    private bool Happened(EntityKey entity, DateTimeOffset cutoff)
    {
        FactTable facts = _history.LookAhead.Read(entity, _frame.Source, TimeWindow.ForLabel(cutoff, _frame.LeadTime, _frame.Horizon));
        if (facts.Schema.HasKnownTime)
        {
            for (int i = 0; i < facts.Count; i++)
            {
                _latest = Math.Max(_latest, facts.KnownTickAt(i) - facts.EventTicks.Span[i]);
            }
        }

        return _where.Newest(facts) >= 0;
    }
}
