namespace MlSystemDesign.Benchmarks.Workload;

/// <summary>How large a generated log is.</summary>
/// <param name="Name">T (a smoke test), S, M or L.</param>
/// <param name="Events">The number of events.</param>
/// <param name="Entities">The number of entities that may have events; a few have none.</param>
internal sealed record WorkloadSize(string Name, int Events, int Entities)
{
    internal static readonly WorkloadSize T = new("T", 100_000, 1_000);
    internal static readonly WorkloadSize S = new("S", 1_000_000, 10_000);
    internal static readonly WorkloadSize M = new("M", 10_000_000, 100_000);
    internal static readonly WorkloadSize L = new("L", 50_000_000, 500_000);

    internal static WorkloadSize Named(string name) => Array.Find([T, S, M, L], s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"A size must be T, S, M or L. Got '{name}'. Use --size S, or several: --size M,L.");
}
