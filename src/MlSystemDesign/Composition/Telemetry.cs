using System.Diagnostics.Metrics;

namespace MlSystemDesign;

/// <summary>The instruments of the meter "MlSystemDesign". The one tag is the system's name.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new("MlSystemDesign");

    internal static Counter<long> Decisions { get; } = Meter.CreateCounter<long>("mlsystemdesign.decisions", "{decision}", "Decisions made.");

    internal static Counter<long> DriftAlarms { get; } = Meter.CreateCounter<long>("mlsystemdesign.drift.alarms", "{alarm}", "Columns with material drift.");

    internal static Histogram<double> TrainingDuration { get; } = Meter.CreateHistogram<double>("mlsystemdesign.training.duration", "s", "Duration of a training.");

    internal static KeyValuePair<string, object?> SystemTag(string name) => new("mlsystemdesign.system", name);
}
