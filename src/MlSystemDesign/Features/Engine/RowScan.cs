using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Computes rows of a bound plan, entity by entity. Holds scratch memory: one per thread.</summary>
internal sealed class RowScan
{
    private readonly BoundPlan _plan;
    private readonly FactSet[] _facts;
    private readonly ScopeScan[][] _scopes;
    private readonly double[] _operands;

    internal RowScan(BoundPlan plan, FeatureOutput output)
    {
        Tile = new RowTile(output);
        _plan = plan;
        Row = new RowBuffer(plan.Layout);
        _facts = [.. plan.Sources.Select(s => new FactSet(s.Needs))];
        _scopes = [.. plan.Sources.Select((s, i) => s.Scopes.Select(scope => new ScopeScan(scope, _facts[i], s.Needs)).ToArray())];
        _operands = new double[plan.Expressions.Select(e => e.Operands.Length).DefaultIfEmpty().Max()];
    }

    /// <summary>Gets the values of the row that was computed last.</summary>
    internal RowBuffer Row { get; }

    /// <summary>Gets where rows go; to be flushed when a thread's work is done.</summary>
    internal RowTile Tile { get; }

    /// <summary>Asks for the facts of an entity that is loaded soon.</summary>
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
    internal void Load(IColumnarHistory history, int entity)
    {
        for (int s = 0; s < _facts.Length; s++)
        {
            SourcePlan source = _plan.Sources[s];
            _facts[s].Load(history.Run(source.Index, entity), source.Delay);
            Begin(s, history.Levels(source.Index));
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

    /// <summary>Computes the row of one cutoff into <see cref="Row"/>.</summary>
    /// <param name="cutoff">The cutoff in UTC ticks.</param>
    /// <param name="entityIsKnown">Whether any fact of the entity was visible.</param>
    internal void Compute(long cutoff, bool entityIsKnown)
    {
        foreach (ScopeScan[] scopes in _scopes)
        {
            foreach (ScopeScan scope in scopes)
            {
                scope.Compute(cutoff, entityIsKnown, Row);
            }
        }

        foreach (ExpressionStep step in _plan.Expressions)
        {
            step.Compute(Row.Numbers, _operands);
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
