using Microsoft.Extensions.Logging;

namespace MlSystemDesign;

/// <summary>Every log event of the façade. Ids 100 to 699, one hundred per step; entity ids appear nowhere above Trace.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "System {System}: framed {Training} training rows and {Holdout} holdout rows; {Purged} purged")]
    internal static partial void Framed(ILogger logger, string system, int training, int holdout, int purged);

    [LoggerMessage(300, LogLevel.Information, "System {System}: leakage verdict {Verdict}, {Findings} finding(s)")]
    internal static partial void Inspected(ILogger logger, string system, LeakageVerdict verdict, int findings);

    [LoggerMessage(400, LogLevel.Information, "System {System}: trained {Algorithm}, artifact {Hash}")]
    internal static partial void Trained(ILogger logger, string system, string algorithm, string hash);

    [LoggerMessage(600, LogLevel.Information, "System {System}: {Decisions} decision(s) for {Candidates} candidates, {Written} ledger record(s) written")]
    internal static partial void Decided(ILogger logger, string system, int decisions, int candidates, int written);

    [LoggerMessage(610, LogLevel.Information, "System {System}: drift verdict {Verdict}, {Material} material column(s) over {Rows} rows")]
    internal static partial void DriftChecked(ILogger logger, string system, DriftVerdict verdict, int material, int rows);

    [LoggerMessage(620, LogLevel.Information, "System {System}: saved artifact {Hash}")]
    internal static partial void Saved(ILogger logger, string system, string hash);

    [LoggerMessage(621, LogLevel.Information, "System {System}: loaded artifact {Hash}")]
    internal static partial void Loaded(ILogger logger, string system, string hash);
}
