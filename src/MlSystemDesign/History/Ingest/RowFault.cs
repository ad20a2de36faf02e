namespace MlSystemDesign.History;

/// <summary>What is wrong with one row.</summary>
/// <param name="Reason">Why it cannot be used.</param>
/// <param name="Column">Where.</param>
/// <param name="Came">What stood there, in words.</param>
/// <param name="Cause">What was thrown, if anything was.</param>
internal readonly record struct RowFault(BadRowReason Reason, string? Column, string Came, Exception? Cause = null)
{
    /// <summary>Says what must hold.</summary>
    public static string MustHold(BadRowReason reason) => reason switch
    {
        BadRowReason.EntityMissing => "Each row must name its entity",
        BadRowReason.EntityUnreadable => "Each entity must be of the source's kind of key",
        BadRowReason.TimeMissing => "Each row must have its times",
        BadRowReason.TimeUnreadable => "Each time must be readable (ISO 8601, or the exact format that was stated)",
        BadRowReason.TimeSkippedByClock => "Each local time must exist in its zone",
        BadRowReason.NumberUnreadable => "Each number must be readable in the invariant culture",
        BadRowReason.NumberInfinite => "Each number must be finite, or missing",
        BadRowReason.CategoryUnreadable => "Each code of a category must have its text",
        BadRowReason.EventKeyMissing => "Each row must have its event key",
        BadRowReason.FlagUnreadable => "Each mark must be true or false, 1 or 0",
        BadRowReason.SequenceUnreadable => "Each row must have a whole sequence number",
        BadRowReason.TargetMissing => "Each row must have its target",
        BadRowReason.CostMissing => "Each row must have its four costs",
        BadRowReason.ConversionFailed => "Each value must be readable by the code that was given for it",
        _ => "Each row must have one field per column of the header",
    };

    public DataFormatException ToException(string source, long row) => new(
        $"{MustHold(Reason)}. Got {Came} in row {row}{(Column is null ? string.Empty : $", column '{Column}'")}, of source '{source}'. " +
        "Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).",
        row,
        Column,
        Cause);
}
