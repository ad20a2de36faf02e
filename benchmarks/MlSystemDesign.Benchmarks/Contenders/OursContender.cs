using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>This library: a declared plan over an ingested history.</summary>
internal sealed class OursContender(FeatureSet set) : IContender
{
    private static readonly string[] Categories = [.. Enumerable.Range(0, EventColumns.CategoryCount).Select(c => $"c{c:00}")];

    private readonly BatchFeatureBuilder _builder = new(set.Plan);
    private InMemoryHistory? _history;
    private ObservationSet _observations = ObservationSet.Empty;
    private FeatureTable? _table;

    public string Name => "ours";

    public void Ingest(EventColumns log, CancellationToken cancellationToken) => _history = new HistoryBuilder()
        .AddEvents("purchases", Enumerable.Range(0, log.Count), m => m
            .Entity(i => (EntityKey?)log.Entities[i])
            .Time(i => (DateTime?)Clock.ToDateTime(log.Times[i]))
            .KnownTime(i => (DateTime?)Clock.ToDateTime(log.Known[i]))
            .Number("amount", i => (double?)log.Amounts[i], "EUR")
            .Category("category", i => Categories[log.Categories[i]]))
        .Build().History;

    public void Prepare(PairColumns pairs) => _observations = ObservationSet.Of(
        pairs.Entities.Select(id => new EntityKey(id)).ToArray(), pairs.Cutoffs.Select(c => Clock.ToDateTime(c).Ticks).ToArray());

    public void Compute(CancellationToken cancellationToken) => _table = _builder.Build(_history!, _observations, null, cancellationToken);

    public double[][] Answers() => [.. Enumerable.Range(0, set.Count).Select(f => _table!.Numbers(f).ToArray())];

    public void Forget() => _table = null;

    public void Dispose() => (_history, _observations, _table) = (null, ObservationSet.Empty, null);
}
