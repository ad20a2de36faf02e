using System.Runtime.CompilerServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Computes rows of a bound plan, entity by entity. Holds scratch memory: one per thread.</summary>
internal sealed class RowScan
{
    private readonly BoundPlan _plan;
    private readonly FactSet[] _facts;
    private readonly ScopeScan[][] _scopes;
    private readonly double[] _operands;

    /// <summary>Creates a scan.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="rows">How many rows there are at most.</param>
    internal RowScan(BoundPlan plan, int rows)
    {
        _plan = plan;
        Block = new RowBlock(plan.Layout, rows);
        _facts = [.. plan.Sources.Select(s => new FactSet(s.Needs))];
        _scopes = [.. plan.Sources.Select((s, i) => s.Scopes.Select(scope => new ScopeScan(scope, _facts[i], s.Needs, Block)).ToArray())];
        _operands = new double[plan.Expressions.Select(e => e.Operands.Length).DefaultIfEmpty().Max()];
    }

    /// <summary>Gets the rows: to be added, computed, finished, written and cleared.</summary>
    internal RowBlock Block { get; }

    /// <summary>Asks for the facts of an entity that is loaded soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Expect(IColumnarHistory history, int entity)
    {
        foreach (SourcePlan source in _plan.Sources)
        {
            FactRun run = history.Run(source.Index, entity);
            if (run.Count > 0)
            {
                Prefetch.Start(run.Block.EventTicks, run.Start, run.Count);
                foreach (int column in source.Needs.Numbers)
                {
                    Prefetch.Start(run.Block.Numbers[column], run.Start, run.Count);
                }
            }
        }
    }

    /// <summary>Takes an entity's facts from where they lie.</summary>
    /// <param name="history">The history.</param>
    /// <param name="entity">Its id; −1 for one never seen.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Load(IColumnarHistory history, int entity)
    {
        for (int s = 0; s < _facts.Length; s++)
        {
            SourcePlan source = _plan.Sources[s];
            _facts[s].Load(history.Run(source.Index, entity), source.Delay);
            Begin(s, history.Levels(source.Index));
        }
    }

    /// <summary>Takes an entity's facts from an online engine, whose lock on the entity the caller holds until the row is finished.</summary>
    internal void Load(OnlineEntity entity, OnlineSource[] sources)
    {
        for (int s = 0; s < _facts.Length; s++)
        {
            OnlineSource source = sources[_plan.Sources[s].Index];
            _facts[s].Load(entity.Find(_plan.Sources[s].Index), source.Delay);
            Begin(s, source.Levels);
        }
    }

    /// <summary>Takes what was visible of an entity at a cutoff.</summary>
    internal void Load(EntityFacts facts)
    {
        for (int s = 0; s < _facts.Length; s++)
        {
            FactTable table = facts.Sources[_plan.Sources[s].Index];
            _facts[s].Load(table);
            Begin(s, table.Levels);
        }
    }

    /// <summary>Computes the rows of the block from one on: those of the entity that was loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Compute(int from)
    {
        foreach (ScopeScan[] scopes in _scopes)
        {
            foreach (ScopeScan scope in scopes)
            {
                scope.Compute(from, Block.Count);
            }
        }
    }

    /// <summary>Ends the computation of all rows of the block.</summary>
    internal void Finish()
    {
        foreach (ScopeScan[] scopes in _scopes)
        {
            foreach (ScopeScan scope in scopes)
            {
                scope.Finish();
            }
        }

        foreach (ExpressionStep step in _plan.Expressions)
        {
            step.Compute(Block, _operands);
        }
    }

    private void Begin(int source, IReadOnlyList<IReadOnlyList<string>?> levels)
    {
        foreach (ScopeScan scope in _scopes[source])
        {
            scope.Begin(levels);
        }
    }
}
