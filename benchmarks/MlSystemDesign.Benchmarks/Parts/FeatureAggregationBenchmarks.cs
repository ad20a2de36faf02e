using BenchmarkDotNet.Attributes;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Parts;

/// <summary>The core plan on S: 20 features for every entity at 12 monthly cutoffs. The baseline is LINQ over a dictionary of sorted lists, as a .NET developer would write it.
/// The command <c>compare</c> checks all of them; it also knows the larger workloads and DuckDB.</summary>
[MemoryDiagnoser]
public class FeatureAggregationBenchmarks
{
    private const int Linq = 0, Loop = 1, OneThread = 2, AllThreads = 3;

    private IContender[] _contenders = [];

    [GlobalSetup]
    public void Setup()
    {
        EventColumns log = EventGenerator.Generate(WorkloadSize.S, EventGenerator.DefaultSeed);
        PairColumns pairs = PairColumns.Generate("a", WorkloadSize.S.Entities, EventGenerator.DefaultSeed);
        _contenders =
        [
            new LinqContender(FeatureSet.Core), Roster.Create("loop", FeatureSet.Core), new OursContender(FeatureSet.Core, degreeOfParallelism: 1), new OursContender(FeatureSet.Core),
        ];
        foreach (IContender contender in _contenders)
        {
            contender.Ingest(log, CancellationToken.None);
            contender.Prepare(pairs);
        }
    }

    [Benchmark(Baseline = true, Description = "LINQ over sorted lists")]
    public void LinqOverLists() => _contenders[Linq].Compute(CancellationToken.None);

    [Benchmark(Description = "compiled loop, every processor")]
    public void CompiledLoop() => _contenders[Loop].Compute(CancellationToken.None);

    [Benchmark(Description = "plan, one thread")]
    public void PlanOnOneThread() => _contenders[OneThread].Compute(CancellationToken.None);

    [Benchmark(Description = "plan, every processor")]
    public void PlanOnAllThreads() => _contenders[AllThreads].Compute(CancellationToken.None);
}
