using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>Exact path-dependent SHAP values of boosted trees by quadrature, eight rows at a time; see <see cref="QuadratureTree"/>.</summary>
internal sealed class QuadratureTreeShap : IAttributionKernel
{
    // Eight rows side by side cost about as much as three one by one.
    private const int FewestRowsSideBySide = 3;

    private readonly TreeEnsemble _ensemble;
    private readonly QuadratureTree[] _trees;
    private readonly bool _wide;
    private readonly int _slots;
    private readonly ConcurrentBag<QuadratureWorkspace> _workspaces = [];

    /// <param name="ensemble">The trees.</param>
    /// <param name="wide">Whether to compute in registers of 512 bits; by default where the processor has them.</param>
    /// <exception cref="ExplanationException">The trees have no covers.</exception>
    internal QuadratureTreeShap(TreeEnsemble ensemble, bool? wide = null)
    {
        if (ensemble.Cover == CoverKind.None && ensemble.Trees.Any(t => t.Feature.Length > 0))
        {
            throw new ExplanationException(
                "A path-dependent explanation must know how many training rows passed each node. Got trees without covers. Explain against a background table instead: ModelExplainer.Interventional.");
        }

        _ensemble = ensemble;
        _wide = wide ?? Vector512.IsHardwareAccelerated;
        _trees = [.. ensemble.Trees.Select((tree, t) => new QuadratureTree(tree, t))];
        _slots = _trees.Select(t => t.Slots).Append(1).Max();
        BaseValue = ensemble.Sigmoid * _trees.Sum(t => t.Expected);
        Scale = TreeScale.Of(ensemble);
        Rounding = TreeScale.RoundingOf(ensemble);
    }

    public double BaseValue { get; }

    public double Scale { get; }

    public double Rounding { get; }

    public AttributionMethod Method => AttributionMethod.PathDependent;

    public CoverKind Cover => _ensemble.Cover;

    /// <summary>Gets the size of the tables.</summary>
    internal long TableBytes => sizeof(double) * _trees.Sum(t =>
        t.Sweeps.Sum(s => (long)s.Tables.Length) + t.RowTables.Sum(r => (long)r.Length) + t.Again.Length);

    /// <summary>Gets the most features that decide together on any path.</summary>
    internal int LongestPath => _trees.Select(t => t.Features).DefaultIfEmpty().Max();

    public void Explain(FeatureTable table, int first, Span<double> scores, Span<double> values)
    {
        int columns = _ensemble.FeatureCount;
        double[] rows = new double[scores.Length * columns];
        FeatureRows.Fill(table, first, rows);
        _ensemble.Margins(rows, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] *= _ensemble.Sigmoid;
        }

        QuadratureWorkspace workspace = _workspaces.TryTake(out QuadratureWorkspace? used) ? used : new QuadratureWorkspace(columns, _slots);
        for (int row = 0; row < scores.Length; row += QuadratureKernel.Rows)
        {
            int count = Math.Min(QuadratureKernel.Rows, scores.Length - row);
            ExplainBlock(rows.AsSpan(row * columns, count * columns), count, workspace);
            Collect(workspace, count, values.Slice(row * columns, count * columns));
        }

        _workspaces.Add(workspace);
    }

    /// <summary>Splits the attributions of a row by pairs.</summary>
    /// <param name="table">Rows with exactly the model's columns.</param>
    /// <param name="row">The row.</param>
    /// <param name="attributions">Its attributions, which the values of each column add up to.</param>
    /// <param name="values">Columns × columns places, overwritten.</param>
    internal void Interact(FeatureTable table, int row, ReadOnlySpan<double> attributions, Span<double> values)
    {
        int columns = _ensemble.FeatureCount;
        double[] cells = new double[columns];
        FeatureRows.Fill(table, row, cells);
        QuadratureWorkspace workspace = _workspaces.TryTake(out QuadratureWorkspace? used) ? used : new QuadratureWorkspace(columns, _slots);
        Lay(cells, 1, workspace);
        values.Clear();
        foreach (QuadratureTree tree in _trees)
        {
            QuadratureKernel.Decide(tree, workspace, 1);
            InteractionSweep.Add(tree, workspace, columns, values);
        }

        _workspaces.Add(workspace);
        for (int c = 0; c < columns; c++)
        {
            double alone = attributions[c];
            Span<double> others = values.Slice(c * columns, columns);
            for (int other = 0; other < columns; other++)
            {
                others[other] *= _ensemble.Sigmoid;
                alone -= others[other];
            }

            others[c] = alone;
        }
    }

    // Values of a feature side by side.
    private static void Lay(ReadOnlySpan<double> rows, int count, QuadratureWorkspace workspace)
    {
        Span<double> values = workspace.Values.Span;
        for (int c = 0; c < workspace.Features; c++)
        {
            for (int row = 0; row < count; row++)
            {
                values[(c * QuadratureKernel.Rows) + row] = rows[(row * workspace.Features) + c];
            }
        }
    }

    private void ExplainBlock(ReadOnlySpan<double> rows, int count, QuadratureWorkspace workspace)
    {
        Lay(rows, count, workspace);
        workspace.Sums.Span.Clear();
        foreach (QuadratureTree tree in _trees)
        {
            QuadratureKernel.Decide(tree, workspace, count);
            if (count >= FewestRowsSideBySide)
            {
                SweepRows(tree, workspace);
            }
            else
            {
                SweepNodes(tree, workspace, count);
            }
        }
    }

    private void SweepRows(QuadratureTree tree, QuadratureWorkspace workspace)
    {
        for (int node = 0; node < tree.RowTables.Length; node++)
        {
            if (_wide)
            {
                QuadratureKernel.SweepRows<WideLanes8>(tree, node, workspace);
            }
            else
            {
                QuadratureKernel.SweepRows<Lanes8>(tree, node, workspace);
            }
        }
    }

    private void SweepNodes(QuadratureTree tree, QuadratureWorkspace workspace, int rows)
    {
        foreach (QuadratureSweep sweep in tree.Sweeps)
        {
            for (int row = 0; row < rows; row++)
            {
                if (sweep.Lanes == 4)
                {
                    QuadratureKernel.Sweep<Lanes4>(tree, sweep, workspace, row);
                }
                else if (_wide)
                {
                    QuadratureKernel.Sweep<WideLanes8>(tree, sweep, workspace, row);
                }
                else
                {
                    QuadratureKernel.Sweep<Lanes8>(tree, sweep, workspace, row);
                }
            }
        }
    }

    // The lanes are added in one order on every machine and in either layout.
    private void Collect(QuadratureWorkspace workspace, int count, Span<double> values)
    {
        const int Rows = QuadratureKernel.Rows;
        int columns = _ensemble.FeatureCount;
        bool sideBySide = count >= FewestRowsSideBySide;
        int step = sideBySide ? columns * Rows : 1;
        ReadOnlySpan<double> sums = workspace.Sums.Span;
        for (int row = 0; row < count; row++)
        {
            for (int c = 0; c < columns; c++)
            {
                int at = sideBySide ? (c * Rows) + row : ((row * columns) + c) * Rows;
                double first = (sums[at] + sums[at + step]) + (sums[at + (2 * step)] + sums[at + (3 * step)]);
                at += 4 * step;
                double second = (sums[at] + sums[at + step]) + (sums[at + (2 * step)] + sums[at + (3 * step)]);
                values[(row * columns) + c] = _ensemble.Sigmoid * (first + second);
            }
        }
    }
}
