using MlSystemDesign.Benchmarks.Workload;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Benchmarks.Contenders;

/// <summary>This library: a declared plan over an ingested history.</summary>
internal sealed class OursContender(FeaturePlan plan, int? degreeOfParallelism = null) : IContender
{
    private static readonly string[] Categories = [.. Enumerable.Range(0, EventColumns.CategoryCount).Select(c => $"c{c:00}")];

    private readonly BatchFeatureBuilder _builder = new(plan, degreeOfParallelism);
    private InMemoryHistory? _history;
    private ObservationSet _observations = ObservationSet.Empty;
    private FeatureTable? _table;

    internal OursContender(FeatureSet set, int? degreeOfParallelism = null)
        : this(set.Plan, degreeOfParallelism)
    {
    }

    public string Name => "ours";

    public void Ingest(EventColumns log, CancellationToken cancellationToken)
    {
        FactColumns columns = new FactColumns(log.Count)
            .Entity(log.Entities).Time(log.Times, EpochUnit.Microseconds).KnownTime(log.Known, EpochUnit.Microseconds)
            .Number("amount", log.Amounts, "EUR").Category("category", log.Categories, Categories);
        _history = new HistoryBuilder().AddEvents("purchases", columns).Build().History;
    }

    public void Prepare(PairColumns pairs) => _observations = ObservationSet.Of(
        pairs.Entities.Select(id => new EntityKey(id)).ToArray(), pairs.Cutoffs.Select(c => Clock.ToDateTime(c).Ticks).ToArray());

    public void Compute(CancellationToken cancellationToken) => _table = _builder.Build(_history!, _observations, null, cancellationToken);

    public double[][] Answers() => [.. Enumerable.Range(0, plan.Features.Count).Select(f => _table!.Numbers(f).ToArray())];

    public void Forget() => _table = null;

    public void Dispose() => (_history, _observations, _table) = (null, ObservationSet.Empty, null);
}
