using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>The inner loops of quadrature SHAP. The tables are built from checked trees, so that indices are in range.</summary>
internal static class QuadratureKernel
{
    /// <summary>Rows that are decided together, one to a bit; values and products lie so many apart.</summary>
    internal const int Rows = 8;

    /// <summary>Notes per slot, one bit per row, whether the row passes all conditions on the feature of its edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Decide(QuadratureTree tree, QuadratureWorkspace workspace)
    {
        byte[] passed = workspace.Passed;
        ref double values = ref workspace.Values.Origin;
        passed[tree.Slots] = byte.MaxValue;
        int index = 0;
        foreach (ref readonly QuadratureNode node in tree.Nodes.AsSpan())
        {
            ref double value = ref Unsafe.Add(ref values, node.Feature * Rows);
            int right = node.Kind <= NodeKind.MissingLeft
                ? GoRight(Vector256.LoadUnsafe(ref value), node) | (GoRight(Vector256.LoadUnsafe(ref value, 4), node) << 4)
                : GoRight(MemoryMarshal.CreateReadOnlySpan(ref value, Rows), node);
            int earlier = passed[node.Earlier];
            ref double masks = ref Unsafe.Add(ref workspace.Masks.Origin, 2 * Rows * index++);
            Spread(right, ref masks);
            Spread(~earlier, ref Unsafe.Add(ref masks, Rows));
            passed[node.Child] = (byte)(earlier & ~right);
            passed[node.Child + 1] = (byte)(earlier & right);
        }
    }

    /// <summary>Adds the attributions of one row by one tree, at some nodes of the quadrature: products on the way down, sums on the way up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sweep<TLanes>(QuadratureTree tree, QuadratureSweep sweep, QuadratureWorkspace workspace, int row)
        where TLanes : struct, ILanes<TLanes>
    {
        ReadOnlySpan<QuadratureNode> nodes = tree.Nodes;
        ref byte passed = ref MemoryMarshal.GetArrayDataReference(workspace.Passed);
        ref nint offset = ref MemoryMarshal.GetArrayDataReference(workspace.Offsets);
        ref double tables = ref sweep.Tables.Origin;
        ref double products = ref workspace.Products.Origin;
        TLanes.One.Store(ref products, 0);
        for (int i = 0; i < nodes.Length; i++)
        {
            ref readonly QuadratureNode node = ref nodes[i];
            int failedBefore = ~(Unsafe.Add(ref passed, node.Earlier) >> row) & 1;
            nint left = Block<TLanes>(node.Left + ((Unsafe.Add(ref passed, node.Child) >> row) & 1) + (2 * failedBefore));
            nint right = Block<TLanes>(node.Right + ((Unsafe.Add(ref passed, node.Child + 1) >> row) & 1) + (2 * failedBefore));
            Unsafe.Add(ref offset, 2 * i) = left;
            Unsafe.Add(ref offset, (2 * i) + 1) = right;
            TLanes product = TLanes.Load(ref products, node.Slot * TLanes.Count);
            nint child = node.Child * TLanes.Count;
            (product * TLanes.Load(ref tables, left)).Store(ref products, child);
            (product * TLanes.Load(ref tables, right)).Store(ref products, child + TLanes.Count);
        }

        ref double sums = ref Unsafe.Add(ref workspace.Sums.Origin, row * workspace.Features * Rows);
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            ref readonly QuadratureNode node = ref nodes[i];
            nint left = Unsafe.Add(ref offset, 2 * i) + TLanes.Count, right = Unsafe.Add(ref offset, (2 * i) + 1) + TLanes.Count;
            nint child = node.Child * TLanes.Count, feature = node.Feature * Rows;
            TLanes below = TLanes.Load(ref products, child), beside = TLanes.Load(ref products, child + TLanes.Count);
            TLanes sum = (below * TLanes.Load(ref tables, left)) + (beside * TLanes.Load(ref tables, right));
            (TLanes.Load(ref sums, feature) + sum).Store(ref sums, feature);
            (below + beside).Store(ref products, node.Slot * TLanes.Count);
        }
    }

    /// <summary>Adds the attributions of eight rows by one tree, at one node of the quadrature: as <see cref="Sweep"/>, operation by operation, with rows as lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SweepRows<TLanes>(QuadratureTree tree, int quadratureNode, QuadratureWorkspace workspace)
        where TLanes : struct, ILanes<TLanes>
    {
        ReadOnlySpan<QuadratureNode> nodes = tree.Nodes;
        ref double table = ref tree.RowTables[quadratureNode].Origin;
        ref double again = ref tree.Again.Origin;
        ref double masks = ref workspace.Masks.Origin;
        ref double products = ref workspace.Products.Origin;
        int none = tree.Slots;
        TLanes.One.Store(ref products, 0);
        for (int i = 0; i < nodes.Length; i++)
        {
            ref readonly QuadratureNode node = ref nodes[i];
            nint line = Rows * i, child = node.Child * Rows;
            TLanes right = TLanes.Load(ref masks, 2 * line), product = TLanes.Load(ref products, node.Slot * Rows);
            TLanes growLeft = TLanes.Select(right, TLanes.Broadcast(ref table, line + 1), TLanes.Broadcast(ref table, line));
            TLanes growRight = TLanes.Select(right, TLanes.Broadcast(ref table, line + 2), TLanes.Broadcast(ref table, line + 3));
            if (node.Earlier != none)
            {
                TLanes failed = TLanes.Load(ref masks, (2 * line) + Rows);
                growLeft = TLanes.Select(failed, TLanes.Broadcast(ref again, 2 * i), growLeft);
                growRight = TLanes.Select(failed, TLanes.Broadcast(ref again, (2 * i) + 1), growRight);
            }

            (product * growLeft).Store(ref products, child);
            (product * growRight).Store(ref products, child + Rows);
        }

        ref double sums = ref Unsafe.Add(ref workspace.Sums.Origin, quadratureNode % Rows * workspace.Features * Rows);
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            ref readonly QuadratureNode node = ref nodes[i];
            nint line = Rows * i, child = node.Child * Rows, feature = node.Feature * Rows;
            TLanes right = TLanes.Load(ref masks, 2 * line);
            TLanes weightLeft = TLanes.Select(right, TLanes.Broadcast(ref table, line + 5), TLanes.Broadcast(ref table, line + 4));
            TLanes weightRight = TLanes.Select(right, TLanes.Broadcast(ref table, line + 6), TLanes.Broadcast(ref table, line + 7));
            if (node.Earlier != none)
            {
                TLanes failed = TLanes.Load(ref masks, (2 * line) + Rows);
                weightLeft = TLanes.Select(failed, default, weightLeft);
                weightRight = TLanes.Select(failed, default, weightRight);
            }

            TLanes below = TLanes.Load(ref products, child), beside = TLanes.Load(ref products, child + Rows);
            TLanes sum = (below * weightLeft) + (beside * weightRight);
            (TLanes.Load(ref sums, feature) + sum).Store(ref sums, feature);
            (below + beside).Store(ref products, node.Slot * Rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(int rows, ref double masks)
    {
        Vector256<long> all = Vector256.Create((long)rows), low = Vector256.Create(1L, 2, 4, 8), high = Vector256.Create(16L, 32, 64, 128);
        Vector256.Equals(all & low, low).AsDouble().StoreUnsafe(ref masks);
        Vector256.Equals(all & high, high).AsDouble().StoreUnsafe(ref masks, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Block<TLanes>(int block)
        where TLanes : struct, ILanes<TLanes> => (nint)block * (2 * TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int GoRight(Vector256<double> values, in QuadratureNode node)
    {
        Vector256<double> above = Vector256.GreaterThan(values, Vector256.Create(node.Threshold));
        Vector256<double> missing = ~Vector256.Equals(values, values);
        return (int)(node.Kind == NodeKind.None ? above | missing : above).ExtractMostSignificantBits();
    }

    private static int GoRight(ReadOnlySpan<double> values, in QuadratureNode node)
    {
        int right = 0;
        for (int row = 0; row < values.Length; row++)
        {
            right |= SplitDecision.GoesRight(node.Kind, node.Threshold, node.Categories, values[row]) ? 1 << row : 0;
        }

        return right;
    }
}
