namespace MlSystemDesign.Training.Trees;

/// <summary>A node as a walk reads it. Its right child follows the left one; a leaf leads to itself, whatever the value.</summary>
/// <param name="Threshold">Where a number splits; infinity in categorical nodes and leaves.</param>
/// <param name="Feature">The column that decides.</param>
/// <param name="Child">The left child.</param>
/// <param name="Set">Where its category set begins.</param>
/// <param name="Kind">How it decides.</param>
internal readonly record struct FlatNode(double Threshold, int Feature, int Child, int Set, NodeKind Kind);
