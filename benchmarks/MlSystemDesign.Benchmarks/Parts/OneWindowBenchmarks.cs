using BenchmarkDotNet.Attributes;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;

namespace MlSystemDesign.Benchmarks.Parts;

/// <summary>One feature by itself over 90 days, for every entity of S at 12 monthly cutoffs on one thread: what an aggregate costs beside the count.</summary>
[MemoryDiagnoser]
public class OneWindowBenchmarks
{
    private IContender[] _ours = [];

    public static IEnumerable<string> Features => FeatureSet.Full.Plan.Features.Select(f => f.Name).Where(n => !n.EndsWith("_30d", StringComparison.Ordinal) && !n.EndsWith("_60d", StringComparison.Ordinal));

    [ParamsSource(nameof(Features))]
    public string Feature { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        FeaturePlan plan = new(FeatureSet.Full.Plan.Features.Where(f => f.Name == Feature));
        OursContender ours = new(plan, degreeOfParallelism: 1);
        ours.Ingest(EventGenerator.Generate(WorkloadSize.S, EventGenerator.DefaultSeed), CancellationToken.None);
        ours.Prepare(PairColumns.Generate("a", WorkloadSize.S.Entities, EventGenerator.DefaultSeed));
        _ours = [ours];
    }

    [Benchmark]
    public void Compute() => _ours[0].Compute(CancellationToken.None);
}
