using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet;

/// <summary>Builds features over a history that does not fit the memory: partition after partition of the entities, with the bits of a build in memory.</summary>
/// <remarks>
/// <para>Each partition reads all sources to their end and keeps only its entities' facts, so that nothing is copied to disk but the results, and memory holds one partition's facts (about 55
/// bytes a fact with one number and one category while they are sorted, 20 after), one row group, the entity keys, and a part of the table. Cost: as many readings as there are partitions.</para>
/// <para>Every partition's part is a Parquet file in the folder, written whole or not at all. A run that was stopped or killed goes on with the parts that are there; when the plan, the
/// observations, the number of partitions or an input file has changed, it starts over.</para>
/// <para>Sources with event keys are refused: the versions of one event may belong to entities of several partitions.</para>
/// </remarks>
/// <example><code>
/// PartitionedFeatureBuild build = new(plan, ["orders.parquet"], () => new HistoryBuilder().AddEventsFromParquet("orders", "orders.parquet", m => m.Entity("customer_id").Time("at")), "features", 16);
/// PartitionedFeatures features = await build.RunAsync(observations);
/// FeatureTable table = features.ReadTable(); // or features.Parts, one file after the other
/// </code></example>
public sealed class PartitionedFeatureBuild
{
    private readonly FeaturePlan _plan;
    private readonly string[] _inputs;
    private readonly Func<HistoryBuilder> _sources;
    private readonly string _folder;
    private readonly int _partitions;

    /// <summary>Creates a build.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">The files that the sources read: their path, length and time of change tell whether parts of an earlier run still hold.</param>
    /// <param name="sources">Returns a new builder with all sources, once per partition.</param>
    /// <param name="folder">Where the parts go; of this build alone.</param>
    /// <param name="partitions">How many partitions, from 1; about the number of facts times 55 bytes over the memory there is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of partitions is not positive.</exception>
    public PartitionedFeatureBuild(FeaturePlan plan, IEnumerable<string> inputs, Func<HistoryBuilder> sources, string folder, int partitions)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        (_plan, _inputs, _sources, _folder, _partitions) = (plan, [.. inputs], sources, folder, partitions);
    }

    /// <summary>Builds the parts that are not there yet.</summary>
    /// <param name="observations">Rows with cutoffs.</param>
    /// <param name="progress">Gets the share of partitions done, 0 to 1, never falling.</param>
    /// <param name="cancellationToken">Stops the work; the parts that are done stay, and the next run goes on from there.</param>
    /// <exception cref="ArgumentException">The observations have no cutoffs.</exception>
    /// <exception cref="FileNotFoundException">An input file is not there.</exception>
    /// <exception cref="DataFormatException">A source cannot be read, or has event keys.</exception>
    /// <exception cref="PlanException">The plan does not fit the sources; every fault is named.</exception>
    public async Task<PartitionedFeatures> RunAsync(ObservationSet observations, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (!observations.HasCutoffs)
        {
            throw new ArgumentException("Observations must have cutoffs to compute features as of them. Got rows without time. Use ObservationSet.At or Of.", nameof(observations));
        }

        PartFolder parts = PartFolder.Open(_folder, Fingerprint.Of(_plan, observations, _partitions, _inputs), _partitions);
        int[][] rows = RowsOf(observations);
        BatchFeatureBuilder builder = new(_plan);
        for (int p = 0; p < _partitions; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!parts.Has(p))
            {
                await BuildPartAsync(builder, observations.Select(rows[p]), p, parts.PathOf(p), cancellationToken).ConfigureAwait(false);
            }

            progress?.Report((p + 1.0) / _partitions);
        }

        return new PartitionedFeatures(observations, [.. Enumerable.Range(0, _partitions).Select(parts.PathOf)], rows);
    }

    private async Task BuildPartAsync(BatchFeatureBuilder builder, ObservationSet observations, int partition, string path, CancellationToken cancellationToken)
    {
        IngestResult ingest = await _sources().OnlyPartition(partition, _partitions).BuildAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        FeatureTable table = builder.Build(ingest.History, observations, null, cancellationToken);
        await table.WriteParquetAsync(path, cancellationToken).ConfigureAwait(false);
    }

    private int[][] RowsOf(ObservationSet observations)
    {
        List<int>[] rows = [.. Enumerable.Range(0, _partitions).Select(_ => new List<int>())];
        for (int row = 0; row < observations.Count; row++)
        {
            rows[HistoryBuilder.PartitionOf(observations.Entities[row], _partitions)].Add(row);
        }

        return [.. rows.Select(r => r.ToArray())];
    }
}
