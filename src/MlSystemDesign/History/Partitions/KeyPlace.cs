using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Where a row with an event key is.</summary>
/// <param name="Hash">Of the source and the key.</param>
/// <param name="Partition">The partition of the row's entity.</param>
/// <param name="Row">Its block among those of the partition, and its place there.</param>
internal readonly record struct KeyPlace(ulong Hash, int Partition, RowRef Row);
