namespace MlSystemDesign.Explanation.Trees;

/// <summary>The tables of one tree for four or eight nodes of the quadrature: per block the growth of the path's product, then the weight of what lies below.</summary>
internal sealed class QuadratureSweep(int lanes, int blocks, ReadOnlySpan<double> t, ReadOnlySpan<double> weights)
{
    internal int Lanes { get; } = lanes;

    internal AlignedDoubles Tables { get; } = new(2 * lanes * blocks);

    /// <summary>The nodes, in (0, 1).</summary>
    internal double[] T { get; } = t.ToArray();

    /// <summary>Their weights; over all sweeps they sum to 1.</summary>
    internal double[] Weights { get; } = weights.ToArray();

    internal void Set(int block, int lane, double growth, double weight)
    {
        Span<double> tables = Tables.Span;
        tables[(2 * Lanes * block) + lane] = growth;
        tables[(2 * Lanes * block) + Lanes + lane] = weight;
    }

    internal double Get(int block, int lane, bool growth) => Tables.Span[(2 * Lanes * block) + (growth ? 0 : Lanes) + lane];
}
