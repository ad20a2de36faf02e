using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Explanation.Trees;

/// <summary>A split as the kernel reads it.</summary>
/// <param name="Threshold">Of a numeric split.</param>
/// <param name="Feature">The column.</param>
/// <param name="Slot">Its slot (see <see cref="PathTree"/>).</param>
/// <param name="Child">The slot of its left child; the right one follows.</param>
/// <param name="Earlier">The slot below the nearest split on the same feature; one past the last slot when there is none.</param>
/// <param name="Left">The first of the left edge's blocks: fails, passes, and, where the feature splits again, failed before.</param>
/// <param name="Right">As <paramref name="Left"/>, of the right edge.</param>
/// <param name="Kind">How it decides.</param>
/// <param name="Categories">The categories that go left.</param>
internal readonly record struct QuadratureNode(
    double Threshold, int Feature, int Slot, int Child, int Earlier, int Left, int Right, NodeKind Kind, uint[]? Categories);
