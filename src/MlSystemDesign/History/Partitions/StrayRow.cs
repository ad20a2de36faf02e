using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>A row that another partition needs as well, because it is a version of an event there.</summary>
/// <param name="Row">Its block among those of its own partition, and its place there.</param>
/// <param name="To">The other partition.</param>
internal readonly record struct StrayRow(RowRef Row, int To);
