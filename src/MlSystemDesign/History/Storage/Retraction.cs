namespace MlSystemDesign.History;

/// <summary>The news that an event is not, or no longer, to be counted.</summary>
/// <param name="Known">From when that was known, in UTC ticks.</param>
/// <param name="Sequence">The source's sequence number; zero when it has none.</param>
internal readonly record struct Retraction(long Known, long Sequence);
