using System.Runtime.CompilerServices;

namespace MlSystemDesign.Features;

/// <summary>Computes the features of one scope: those of the facts of a source that pass the same filters. One per thread.</summary>
internal sealed class ScopeScan
{
    private readonly FactSet _source;
    private readonly FactSet? _passing;
    private readonly FactSet _visible;
    private readonly FactFilter _filter;
    private readonly FamilyScan[] _families;
    private bool[] _keep = [];
    private int _first;
    private long _holdsAfter;
    private long _holdsUntil;

    internal ScopeScan(ScopePlan plan, FactSet source, FactColumnNeeds needs)
    {
        _source = source;
        _filter = new FactFilter(plan.Where);
        _passing = _filter.IsAlways ? null : new FactSet(needs);
        _visible = new FactSet(needs);
        _families = [.. plan.Families.Select(f => new FamilyScan(f))];
    }

    /// <summary>Starts over after the source's facts were loaded.</summary>
    /// <param name="levels">Per column of the source: the texts behind the codes.</param>
    internal void Begin(IReadOnlyList<IReadOnlyList<string>?> levels)
    {
        _first = 0;
        (_holdsAfter, _holdsUntil) = (long.MaxValue, long.MinValue);
        if (_passing is not null)
        {
            _filter.Bind(levels);
            Span<bool> passes = FactSet.Sized(ref _keep, _source.Count).AsSpan(0, _source.Count);
            _filter.Test(_source, passes);
            _passing.CopyWhere(_source, passes);
        }
    }

    /// <summary>Computes the scope's part of one row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Compute(long cutoff, bool entityIsKnown, RowBuffer row)
    {
        FactSet facts = _passing ?? _source;
        if (cutoff > _holdsAfter && cutoff <= _holdsUntil && !facts.MayHide(cutoff))
        {
            foreach (FamilyScan family in _families)
            {
                family.ComputeUnmoved(cutoff, entityIsKnown, row);
            }

            return;
        }

        _first = Borders.CountSince(facts.Ticks, facts.Count, cutoff - facts.Delay, _first);
        int first = _first;
        bool isCopy = facts.MayHide(cutoff) && facts.AnyHidden(first, cutoff);
        Holding holding = isCopy ? Holding.Never : Holding.Always;
        holding.Add(facts.Ticks, facts.Count, first, facts.Delay);
        if (isCopy)
        {
            _visible.CopyVisible(facts, first, cutoff, ref _keep);
            (facts, first) = (_visible, 0);
        }

        (_holdsAfter, _holdsUntil) = (holding.After, holding.Until);
        foreach (FamilyScan family in _families)
        {
            family.Compute(facts, first, cutoff, entityIsKnown, row);
            (_holdsAfter, _holdsUntil) = (Math.Max(_holdsAfter, family.HoldsAfter), Math.Min(_holdsUntil, family.HoldsUntil));
        }
    }
}
