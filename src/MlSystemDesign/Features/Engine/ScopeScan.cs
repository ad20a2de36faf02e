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
    private readonly RowBlock _block;
    private readonly long _reach; // how far back from a cutoff features look, in ticks
    private readonly long[] _happenedBefore; // per row: what happened then or later is not visible
    private readonly int[] _newest; // per row
    private bool[] _keep = [];

    internal ScopeScan(ScopePlan plan, FactSet source, FactColumnNeeds needs, RowBlock block)
    {
        _source = source;
        _filter = new FactFilter(plan.Where);
        _passing = _filter.IsAlways ? null : new FactSet(needs);
        _visible = new FactSet(needs);
        _families = [.. plan.Families.Select(f => new FamilyScan(f, block))];
        _block = block;
        _reach = plan.Families.SelectMany(f => f.Tasks.Select(t => t.ReachIn(f.Family))).Max();
        _happenedBefore = new long[block.Height];
        _newest = new int[block.Height];
    }

    /// <summary>Starts over after the source's facts were loaded.</summary>
    /// <param name="levels">Per column of the source: the texts behind the codes.</param>
    internal void Begin(IReadOnlyList<IReadOnlyList<string>?> levels)
    {
        if (_passing is not null)
        {
            _filter.Bind(levels);
            Span<bool> passes = Scratch.Sized(ref _keep, _source.Count).AsSpan(0, _source.Count);
            _filter.Test(_source, passes);
            _passing.CopyWhere(_source, passes);
        }
    }

    /// <summary>Computes the scope's part of rows of the entity that was loaded.</summary>
    /// <param name="from">The first row of the block.</param>
    /// <param name="until">The row behind the last one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compute(int from, int until)
    {
        FactSet facts = _passing ?? _source;
        WindowFamily.Before(_block.Cutoffs.AsSpan(from, until - from), facts.Visibility.Delay, _happenedBefore.AsSpan(from));
        Borders.CountSince(facts, _happenedBefore.AsSpan(from, until - from), [], _newest.AsSpan(from));
        if (facts.Visibility.HidesNothing)
        {
            Compute(facts, from, until);
            return;
        }

        for (int row = from; row < until;)
        {
            int same = row;
            while (same < until && !Hides(facts, same))
            {
                same++;
            }

            if (same > row)
            {
                Compute(facts, row, same);
                row = same;
            }
            else
            {
                _visible.CopyVisible(facts, _newest[row], _block.Cutoffs[row], _reach);
                _newest[row] = 0;
                Compute(_visible, row, ++row);
            }
        }
    }

    /// <summary>Ends the computation of all rows of the block.</summary>
    internal void Finish()
    {
        foreach (FamilyScan family in _families)
        {
            family.Finish();
        }
    }

    private bool Hides(FactSet facts, int row) => facts.Visibility.MayHide(_block.Cutoffs[row]) && facts.Visibility.AnyHidden(facts.Ticks.Span(facts.Count), _newest[row], _block.Cutoffs[row]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compute(FactSet facts, int from, int until)
    {
        foreach (FamilyScan family in _families)
        {
            family.Compute(facts, _newest, from, until);
        }
    }
}
