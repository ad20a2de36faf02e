using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>One version of an event: a row, or a retraction.</summary>
/// <param name="Key">The event key.</param>
/// <param name="Known">From when the version is known, in UTC ticks.</param>
/// <param name="Sequence">The source's sequence number; zero when it has none.</param>
/// <param name="IsRetraction">Whether the event is not to be counted from then on.</param>
/// <param name="Row">The row; of a retraction that an earlier ingest brought, block −1.</param>
/// <param name="Owner">The id of the row's entity.</param>
internal readonly record struct EventVersion(EntityKey Key, long Known, long Sequence, bool IsRetraction, RowRef Row, int Owner);
