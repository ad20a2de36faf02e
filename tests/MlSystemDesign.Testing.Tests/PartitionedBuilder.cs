using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Parquet;

namespace MlSystemDesign.Testing.Tests;

/// <summary>The build beyond memory as a builder: it ingests the rows of a case anew for each of three partitions, or copies them when they have event keys, writes each part to a file, and puts the
/// parts together.</summary>
internal sealed class PartitionedBuilder(FeatureConformanceCase @case) : IFeatureBuilder, IDisposable
{
    private readonly HashSet<string> _keyed = [.. @case.Arrivals.Where(a => a.EventKey != default).Select(a => a.Source)]; // the schema does not tell
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public string Kind => "tests.partitioned";

    public FeatureSchema Schema { get; } = new BatchFeatureBuilder(@case.Plan, 1).Schema;

    public async ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default) =>
        (await new PartitionedFeatureBuild(@case.Plan, [], Sources, _folder, 3, copies: _keyed.Count > 0).RunAsync(observations, null, cancellationToken)).ReadTable();

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private HistoryBuilder Sources()
    {
        HistoryBuilder builder = new();
        foreach (SourceSchema source in @case.History.Schema.Sources)
        {
            Arrival[] rows = [.. @case.Arrivals.Where(a => a.Source == source.Name)];
            _ = source.Kind == SourceKind.Events ? builder.AddEvents(source.Name, rows, map => Map(source, _keyed.Contains(source.Name), map)) : builder.AddAttributes(source.Name, rows, map => Map(source, _keyed.Contains(source.Name), map));
        }

        return builder;
    }

    private static void Map(SourceSchema source, bool isKeyed, ObjectMapping<Arrival> map)
    {
        map.Entity(a => (EntityKey?)a.Entity);

        // An undated attribute holds from the beginning of time: it has no time, and nobody says when it was known.
        if (source.Kind == SourceKind.Events || source.HasKnownTime)
        {
            map.Time(a => (DateTimeOffset?)a.Time).ObservedFrom(source.Observed.Start).ObservedUntil(source.Observed.End);
            _ = source.HasKnownTime ? map.KnownTime(a => (DateTimeOffset?)a.KnownTime) : map.KnownAfter(source.KnownAfter);
        }

        _ = isKeyed ? map.EventKey(a => (EntityKey?)a.EventKey).Retracted(a => a.IsRetraction) : map;
        _ = source.HasSequence ? map.Sequence(a => a.Sequence) : map;
        int numbers = 0, categories = 0;
        foreach (SourceColumn column in source.Columns)
        {
            int place = column.Kind == ColumnKind.Number ? numbers++ : categories++;
            _ = column.Kind == ColumnKind.Number
                ? map.Number(column.Name, a => (double?)a.Numbers[place], column.Unit)
                : map.Category(column.Name, a => a.Categories[place]);
        }
    }
}
