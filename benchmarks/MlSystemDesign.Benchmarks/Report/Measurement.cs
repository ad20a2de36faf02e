namespace MlSystemDesign.Benchmarks.Report;

/// <summary>One timed step of one contender.</summary>
/// <param name="Contender">The contender's short name.</param>
/// <param name="Size">T, S, M or L.</param>
/// <param name="Step">"ingest", or the cutoff set that was computed.</param>
/// <param name="Cpu">CPU seconds of the process, over all threads.</param>
/// <param name="Wall">Seconds on the clock.</param>
/// <param name="PeakBytes">Resident memory at its highest, above what was resident before; <see langword="null"/> where the system does not tell.</param>
internal sealed record Measurement(string Contender, string Size, string Step, double Cpu, double Wall, long? PeakBytes)
{
    internal const string Ingest = "ingest";
}
