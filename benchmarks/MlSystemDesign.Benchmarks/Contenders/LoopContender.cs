using System.Collections.Concurrent;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>A compiled parallel loop over the pairs: binary search over arrays sorted by entity and time, then a kernel of its own.</summary>
internal sealed class LoopContender(string name, FeatureSet set, Func<SortedEvents, PairColumns, double[][], ILoopKernel> kernelOf) : IContender
{
    private const int PairsPerStep = 4096;

    private SortedEvents? _events;
    private PairColumns? _pairs;
    private double[][] _answers = [];

    public string Name => name;

    public void Ingest(EventColumns log, CancellationToken cancellationToken) => _events = SortedEvents.From(log);

    public void Prepare(PairColumns pairs) => _pairs = pairs;

    public void Compute(CancellationToken cancellationToken)
    {
        (SortedEvents events, PairColumns pairs) = (_events!, _pairs!);
        double[][] answers = new double[set.Count][];
        for (int f = 0; f < answers.Length; f++)
        {
            answers[f] = GC.AllocateUninitializedArray<double>(pairs.Count); // every cell is written
        }

        ParallelOptions options = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        OrderablePartitioner<Tuple<int, int>> steps = Partitioner.Create(0, Math.Max(1, pairs.Count), PairsPerStep);
        Parallel.ForEach(
            steps, options, () => kernelOf(events, pairs, answers),
            (step, _, kernel) =>
            {
                kernel.Run(step.Item1, Math.Min(step.Item2, pairs.Count));
                return kernel;
            },
            _ => { });
        _answers = answers;
    }

    public double[][] Answers() => _answers;

    public void Forget() => _answers = [];

    public void Dispose() => (_events, _pairs, _answers) = (null, null, []);
}
