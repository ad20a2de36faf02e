using MlSystemDesign.Benchmarks.Report;

namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>What a run of the comparison has found.</summary>
internal sealed class ComparisonResult
{
    internal List<Measurement> Measurements { get; } = [];

    internal List<CheckedAnswers> Checks { get; } = [];

    /// <summary>Gets the least traffic by size and cutoff set, such as ("M", "a").</summary>
    internal Dictionary<(string Size, string Cutoffs), Traffic> Traffic { get; } = [];

    /// <summary>Gets the most events of one entity by size.</summary>
    internal Dictionary<string, int> Busiest { get; } = [];

    internal required StreamingSpeed Speed { get; set; }

    internal IReadOnlyList<Measurement> Of(string contender, string size, string step) =>
        [.. Measurements.Where(m => m.Contender == contender && m.Size == size && m.Step == step)];
}
