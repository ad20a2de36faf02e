using BenchmarkDotNet.Attributes;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;

namespace MlSystemDesign.Benchmarks.Parts;

/// <summary>Writing, reading and hashing the core plan of 20 features.</summary>
[MemoryDiagnoser]
public class PlanJsonBenchmarks
{
    private static readonly string Json = FeatureSet.Core.Plan.ToJson();

    [Benchmark(Baseline = true)]
    public string Write() => Fresh().ToJson();

    [Benchmark]
    public FeaturePlan Read() => FeaturePlan.FromJson(Json);

    [Benchmark]
    public string Hash() => Fresh().Hash;

    // A plan remembers its text.
    private static FeaturePlan Fresh() => new(FeatureSet.Core.Plan.Features);
}
