namespace MlSystemDesign.History;

/// <summary>The unit of times that are counted from 1970-01-01T00:00:00Z, as Unix, Parquet, Arrow and most logs do.</summary>
/// <remarks>A tick has 100 ns, so each of these units is a whole number of ticks and no time is rounded. Nanoseconds are none: divide them first.</remarks>
public enum EpochUnit
{
    /// <summary>Seconds since 1970.</summary>
    Seconds,

    /// <summary>Milliseconds since 1970.</summary>
    Milliseconds,

    /// <summary>Microseconds since 1970.</summary>
    Microseconds,
}
