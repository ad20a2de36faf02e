using Microsoft.Extensions.Logging;

namespace MlSystemDesign.Lifecycle;

internal static partial class LedgerLog
{
    [LoggerMessage(EventId = 610, Level = LogLevel.Warning, Message = "The ledger {Path} ended in an unfinished record at byte {Offset}; its {Length} bytes were saved as {SavedAs} and cut off.")]
    internal static partial void TornTail(ILogger logger, string path, long offset, long length, string savedAs);
}
