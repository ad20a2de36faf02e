namespace MlSystemDesign.Parquet.Blocks;

/// <summary>What a stored time counts since 1970-01-01.</summary>
internal enum TimeUnit
{
    /// <summary>Days.</summary>
    Day,

    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Milliseconds.</summary>
    Millisecond,

    /// <summary>Microseconds.</summary>
    Microsecond,

    /// <summary>Nanoseconds, of which a tick holds a hundred: the rest is cut off, towards the past.</summary>
    Nanosecond,

    /// <summary>Ticks of 100 ns.</summary>
    Tick,
}
