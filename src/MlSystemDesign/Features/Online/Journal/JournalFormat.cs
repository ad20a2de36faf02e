namespace MlSystemDesign.Features;

/// <summary>The layout of the files of a journal; all numbers are little-endian.</summary>
/// <remarks>
/// A file is a header (<see cref="JournalHeader"/>) and records. A record is a head (int32 length of the body, checksum of that and of the record's place), the body, and the checksum of
/// both. A body starts with its kind: a text, which the rows after it name by its number among the texts of the file; a row; or, in a checkpoint, the end.
/// </remarks>
internal static class JournalFormat
{
    internal const uint Version = 1;
    internal const int HeadBytes = 8;
    internal const int TailBytes = 4;
    internal const int MaximumBodyBytes = 1 << 24;

    internal const byte Text = 1;
    internal const byte Row = 2;
    internal const byte End = 3;

    internal const byte HasTime = 1;
    internal const byte HasKnownTime = 2;
    internal const byte HasSequence = 4;
    internal const byte HasEventKey = 8;
    internal const byte IsRetraction = 16;
}
