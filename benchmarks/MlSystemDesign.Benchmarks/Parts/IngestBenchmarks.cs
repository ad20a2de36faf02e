using BenchmarkDotNet.Attributes;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Parts;

/// <summary>Sorting S by entity and time from columns in memory: as it arrived, and sorted already. The baseline sorts with <see cref="Array.Sort{TKey, TValue}(TKey[], TValue[])"/>.</summary>
[MemoryDiagnoser]
public class IngestBenchmarks
{
    private EventColumns _arrived = null!;
    private EventColumns _sorted = null!;

    [GlobalSetup]
    public void Setup()
    {
        _arrived = EventGenerator.Generate(WorkloadSize.S, EventGenerator.DefaultSeed);
        SortedEvents events = SortedEvents.From(_arrived);
        long[] entities = new long[events.Times.Length];
        for (int e = 0; e < events.Ids.Length; e++)
        {
            entities.AsSpan(events.Offsets[e]..events.Offsets[e + 1]).Fill(events.Ids[e]);
        }

        _sorted = new EventColumns(entities, events.Times, events.Known, events.Amounts, events.Categories);
    }

    [Benchmark(Baseline = true, Description = "Array.Sort, in arrival order")]
    public void ArraySort() => SortedEvents.From(_arrived);

    [Benchmark(Description = "history, in arrival order")]
    public void Arrived() => Ingest(_arrived);

    [Benchmark(Description = "history, sorted already")]
    public void Sorted() => Ingest(_sorted);

    private static void Ingest(EventColumns log)
    {
        using OursContender ours = new(FeatureSet.Core);
        ours.Ingest(log, CancellationToken.None);
    }
}
