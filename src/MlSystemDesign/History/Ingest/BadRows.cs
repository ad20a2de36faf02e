namespace MlSystemDesign.History;

/// <summary>What happens to a row that cannot be used.</summary>
public enum BadRows
{
    /// <summary>The first one stops the ingest with a <see cref="DataFormatException"/> that names row, column and what came.</summary>
    Fail,

    /// <summary>It is left out, counted by reason and shown with examples in the <see cref="IngestReport"/>. Nothing is dropped silently.</summary>
    SkipAndReport,
}

/// <summary>Why a row cannot be used.</summary>
public enum BadRowReason
{
    /// <summary>The entity is missing.</summary>
    EntityMissing,

    /// <summary>The entity is not of the kind of key that the source has.</summary>
    EntityUnreadable,

    /// <summary>The time is missing.</summary>
    TimeMissing,

    /// <summary>The time cannot be read.</summary>
    TimeUnreadable,

    /// <summary>The local time never happened: clocks were put forward over it.</summary>
    TimeSkippedByClock,

    /// <summary>A number cannot be read.</summary>
    NumberUnreadable,

    /// <summary>A number is infinite.</summary>
    NumberInfinite,

    /// <summary>The code of a category has no text in its dictionary.</summary>
    CategoryUnreadable,

    /// <summary>The event key is missing.</summary>
    EventKeyMissing,

    /// <summary>What should be true or false, 1 or 0, is something else.</summary>
    FlagUnreadable,

    /// <summary>The sequence number is missing or no integer.</summary>
    SequenceUnreadable,

    /// <summary>The target of a ready table is missing.</summary>
    TargetMissing,

    /// <summary>A cost of a ready table is missing or infinite.</summary>
    CostMissing,

    /// <summary>The row has fewer or more fields than the header.</summary>
    FieldCount,

    /// <summary>The code that reads a value threw: a selector, a converter, or the provider of the reader.</summary>
    ConversionFailed,
}
