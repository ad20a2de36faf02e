namespace MlSystemDesign.Explanation.Trees;

/// <summary>What one thread needs to explain eight rows.</summary>
internal sealed class QuadratureWorkspace(int features, int slots)
{
    internal int Features { get; } = features;

    /// <summary>Per feature the values of the rows.</summary>
    internal AlignedDoubles Values { get; } = new(features * QuadratureKernel.Rows);

    /// <summary>Per slot the product of the path above; then the sum below.</summary>
    internal AlignedDoubles Products { get; } = new(slots * QuadratureKernel.Rows);

    /// <summary>Sums, per row and feature lane by lane, or per lane and feature row by row.</summary>
    internal AlignedDoubles Sums { get; } = new(QuadratureKernel.Rows * features * QuadratureKernel.Rows);

    /// <summary>Per split a mask of the rows that go right, and one of those that failed before.</summary>
    internal AlignedDoubles Masks { get; } = new(slots * QuadratureKernel.Rows);

    /// <summary>Per slot one bit per row; and one more that every row passes.</summary>
    internal byte[] Passed { get; } = new byte[slots + 1];

    /// <summary>Per slot but the root where its block of the table begins.</summary>
    internal nint[] Offsets { get; } = new nint[slots];
}
