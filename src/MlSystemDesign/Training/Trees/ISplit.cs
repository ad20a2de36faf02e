using System.Runtime.CompilerServices;

namespace MlSystemDesign.Training.Trees;

/// <summary>Which way a row goes at a node, without branches: a walk that had to guess would guess wrong half of the time.</summary>
internal interface ISplit
{
    /// <returns>1 for right, 0 for left.</returns>
    static abstract int Right(in FlatNode node, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets);
}

/// <summary>Nodes that compare numbers only.</summary>
internal readonly struct NumberSplit : ISplit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Right(in FlatNode node, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets)
    {
        double value = row[node.Feature];
        return (value > node.Threshold ? 1 : 0) | ((double.IsNaN(value) ? 1 : 0) & ~(int)node.Kind);
    }
}

/// <summary>Nodes that compare numbers or look for a category in a set.</summary>
internal readonly struct MixedSplit : ISplit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Right(in FlatNode node, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets) =>
        Decide(node, row[node.Feature], codes[node.Feature], sets);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Decide(in FlatNode node, double value, uint code, ReadOnlySpan<uint> sets)
    {
        // A category at or beyond the limit, and a missing one, is that of the limit, whose bit is 0.
        uint category = Math.Min(code, sets[node.Set]);
        int outside = (int)~(sets[node.Set + 1 + (int)(category >> 5)] >> (int)(category & 31)) & 1;
        int missing = double.IsNaN(value) ? 1 : 0, missingLeft = (int)node.Kind & 1;
        return (value > node.Threshold ? 1 : 0) | (missing & ~missingLeft) | (outside & ~(missing & missingLeft));
    }
}

/// <summary>Nodes of every kind, those that take zero as missing included.</summary>
internal readonly struct AnySplit : ISplit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Right(in FlatNode node, ReadOnlySpan<double> row, ReadOnlySpan<uint> codes, ReadOnlySpan<uint> sets)
    {
        double value = row[node.Feature];
        bool none = (node.Kind & NodeKind.ZeroIsMissing) != 0 && Math.Abs(value) <= TreeEnsemble.ZeroThreshold;
        return MixedSplit.Decide(node, none ? double.NaN : value, codes[node.Feature], sets);
    }
}
