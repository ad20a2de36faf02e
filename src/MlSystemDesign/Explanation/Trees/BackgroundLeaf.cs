using System.Numerics;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>A leaf with what the background rows do on its path: which patterns of passed features occur, and how often.</summary>
/// <remarks>
/// With one background row the leaf plays a simple game: it pays its value when all features that only the explained row passes (a of them) are known and none that
/// only the background row passes (b) is. Each of the former gets value · (a − 1)! b! / (a + b)!, each of the latter −value · a! (b − 1)! / (a + b)!. Rows
/// with one pattern get the same, so that patterns, not pairs of rows, are gone through (as in WOODELF, arXiv 2511.09376).
/// </remarks>
internal sealed class BackgroundLeaf
{
    private readonly LeafPath _path;
    private readonly ulong[] _patterns;
    private readonly double[] _weights;
    private readonly ulong _all;

    internal BackgroundLeaf(LeafPath path, SortedDictionary<ulong, int> patterns)
    {
        _path = path;
        _all = path.Features.Length == 64 ? ulong.MaxValue : (1UL << path.Features.Length) - 1;
        _patterns = [.. patterns.Keys];
        double rows = patterns.Values.Sum();
        _weights = [.. patterns.Values.Select(count => path.Value * (count / rows))];
        Expected = patterns.TryGetValue(_all, out int reached) ? path.Value * (reached / rows) : 0;
    }

    internal ReadOnlySpan<int> Features => _path.Features;

    /// <summary>The leaf's part in the mean over the background.</summary>
    internal double Expected { get; }

    internal ulong Pattern(ReadOnlySpan<bool> passed) => _path.Pattern(passed);

    /// <summary>What each feature of the path brings a row of a pattern.</summary>
    internal double[] Attributions(ulong pattern)
    {
        double[] values = new double[_path.Features.Length];
        for (int p = 0; p < _patterns.Length; p++)
        {
            ulong own = pattern & ~_patterns[p], other = _patterns[p] & ~pattern;
            if ((pattern | _patterns[p]) == _all)
            {
                int a = BitOperations.PopCount(own), b = BitOperations.PopCount(other);
                Add(values, own, _weights[p] * Share(a, b));
                Add(values, other, -_weights[p] * Share(b, a));
            }
        }

        return values;
    }

    // (a − 1)! b! / (a + b)!; not used when a is 0.
    private static double Share(int a, int b)
    {
        double share = 1.0 / Math.Max(a, 1);
        for (int i = 1; i <= b; i++)
        {
            share *= (double)i / (a + i);
        }

        return share;
    }

    private static void Add(double[] values, ulong features, double amount)
    {
        for (; features != 0; features &= features - 1)
        {
            values[BitOperations.TrailingZeroCount(features)] += amount;
        }
    }
}
