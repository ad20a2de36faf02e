namespace MlSystemDesign.History;

/// <summary>When a row happened, became known and was superseded, in UTC ticks, and its number in the source.</summary>
internal readonly record struct RowClocks(long EventTicks, long KnownTicks, long Sequence, long Superseded = long.MaxValue);
