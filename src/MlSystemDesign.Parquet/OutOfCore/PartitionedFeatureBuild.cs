using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet;

/// <summary>Builds features over a history that does not fit the memory: partition after partition of the entities, with the bits of a build in memory.</summary>
/// <remarks>
/// <para>Parquet sources are read once and their facts copied to the folder, partition by partition (<see cref="HistoryBuilder.PartitionAsync"/>: 32 bytes a fact with one number, one
/// category and a known time); then each partition is read, and the copy is removed at the end. Everything fits in the memory: nothing is copied. Sources of a builder of the host's own are read
/// once per partition instead, which takes no space, unless the host asks for a copy. Memory holds one partition's facts (about 55 bytes a fact with one number and one category while they are sorted, 20 after), one row group
/// while files are read, the entity keys, and a part of the table.</para>
/// <para>Every partition's part is a Parquet file in the folder, written whole or not at all. A run that was stopped or killed goes on with the copy, if it was complete, and the parts that are there; when the plan, the
/// observations, the number of partitions, a mapping or an input file has changed, it starts over and says why. One build at a time may use a folder.</para>
/// <para>Sources may have event keys. The versions of one event may belong to entities of several partitions: the copy then holds them in each of these. Sources that are read once per partition
/// are refused when they have event keys: an event's version elsewhere would not be seen.</para>
/// </remarks>
/// <example><code>
/// ParquetSources sources = new ParquetSources().AddEvents("orders", ["orders.parquet"], m => m.Entity("customer_id").Time("at").Number("amount", "EUR"));
/// PartitionedFeatures features = await new PartitionedFeatureBuild(plan, sources, "features", memory: 512L &lt;&lt; 20).RunAsync(observations);
/// FeatureTable table = features.ReadTable(); // or features.Parts, one file after the other
/// </code></example>
public sealed class PartitionedFeatureBuild
{
    private readonly BatchFeatureBuilder _builder;
    private readonly string[] _inputs;
    private readonly Func<HistoryBuilder> _history;
    private readonly ParquetSources? _sources;
    private readonly string _folder;
    private readonly int _partitions;
    private readonly long _memory;
    private readonly bool _copies;

    /// <summary>Creates a build over Parquet files, with as many partitions as a memory budget asks for.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="sources">The files, and how their rows become facts. The files' paths, lengths and times of change and the mappings tell whether parts of an earlier run still hold; what
    /// code in a mapping does is not seen: after a change of it, use another folder.</param>
    /// <param name="folder">Where the parts go; of this build alone.</param>
    /// <param name="memory">The memory that the build may take, in bytes, beside the runtime's and about 60 bytes per entity. An estimate from the files' footers: a few very busy entities
    /// can take more, and so can corrections that move more than an eighth of the rows with event keys to other entities.</param>
    /// <param name="degreeOfParallelism">How many threads may compute at once, from 1; <see langword="null"/> for one per processor. Changes no bit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory or the degree of parallelism is not positive.</exception>
    /// <exception cref="PlanException">The plan contradicts itself; every fault is named.</exception>
    public PartitionedFeatureBuild(FeaturePlan plan, ParquetSources sources, string folder, long memory, int? degreeOfParallelism = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(memory);
        BatchFeatureBuilder builder = new(plan, degreeOfParallelism);
        (_builder, _sources, _folder, _memory) = (builder, sources, folder, memory);
        _copies = true;
        (_inputs, _history) = ([.. sources.Files], () => sources.ToBuilder().WithDegreeOfParallelism(builder.DegreeOfParallelism));
    }

    /// <summary>Creates a build over any sources.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="inputs">The files that the sources read: their path, length and time of change tell whether parts of an earlier run still hold. Mappings are not seen: after a change of
    /// one, use another folder.</param>
    /// <param name="sources">Returns a new builder with all sources; is called once per partition, or once in all when they are copied.</param>
    /// <param name="folder">Where the parts go; of this build alone.</param>
    /// <param name="partitions">How many partitions, from 1; about the number of facts times 55 bytes over the memory there is.</param>
    /// <param name="copies">Whether the facts are copied to the folder, so that the sources are read once, rather than once per partition. Sources with event keys need it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of partitions is not positive.</exception>
    /// <exception cref="PlanException">The plan contradicts itself; every fault is named.</exception>
    public PartitionedFeatureBuild(FeaturePlan plan, IEnumerable<string> inputs, Func<HistoryBuilder> sources, string folder, int partitions, bool copies = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        (_builder, _inputs, _history, _folder, _partitions, _copies) = (new BatchFeatureBuilder(plan), [.. inputs], sources, folder, partitions, copies);
    }

    /// <summary>Builds the parts that are not there yet.</summary>
    /// <param name="observations">Rows with cutoffs. An entity that no source knows is a row with the values for nothing.</param>
    /// <param name="progress">Gets the share of the work that is done, 0 to 1, never falling.</param>
    /// <param name="cancellationToken">Stops the work; the parts that are done stay, and the next run goes on from there.</param>
    /// <exception cref="ArgumentException">The observations have no cutoffs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The memory is too small for any number of partitions.</exception>
    /// <exception cref="FileNotFoundException">An input file is not there.</exception>
    /// <exception cref="DataFormatException">A source cannot be read, changed during the build, or has event keys and is read once per partition.</exception>
    /// <exception cref="PlanException">The plan does not fit the sources; every fault is named.</exception>
    /// <exception cref="IOException">Another build uses the folder, or a part cannot be written.</exception>
    public async Task<PartitionedFeatures> RunAsync(ObservationSet observations, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (!observations.HasCutoffs)
        {
            throw new ArgumentException("Observations must have cutoffs to compute features as of them. Got rows without time. Use ObservationSet.At or Of.", nameof(observations));
        }

        SourceSizes sizes = _sources is null ? default : await _sources.MeasureAsync(cancellationToken).ConfigureAwait(false);
        int count = _sources is null ? _partitions : sizes.PartitionsWithin(_memory, observations.Count, _builder.Schema.Count);
        BuildManifest manifest = BuildManifest.Of(_builder.Plan, observations, count, _inputs, _sources?.Describe() ?? []);
        using PartFolder parts = PartFolder.Open(_folder, manifest, count);
        int[][] rows = RowsOf(observations, count);
        int[] missing = [.. Enumerable.Range(0, count).Where(p => !parts.Has(p))];
        int found = count - missing.Length;
        bool copies = _copies && count > 1;
        PartitionProgress done = new(progress, count, sizes.Rows, copies);
        PartitionedHistory? copy = copies ? await CopyAsync(manifest, count, missing.Length, done, cancellationToken).ConfigureAwait(false) : null;
        IReadOnlyDictionary<string, IReadOnlyList<SkippedRows>>? skipped = copy?.Skipped;
        done.Done(found);
        for (int i = 0; i < missing.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IHistory? history = copy?.Load(missing[i], _builder.DegreeOfParallelism, cancellationToken);
            if (history is null)
            {
                IngestResult read = await _history().OnlyPartition(missing[i], count).BuildAsync(done.OfReading(found + i), cancellationToken).ConfigureAwait(false);
                history = read.History;
                skipped = read.Report.Sources.ToDictionary(s => s.Source, s => s.Skipped, StringComparer.Ordinal);
            }

            FeatureTable table = _builder.Build(history, observations.Select(rows[missing[i]]), done.OfComputing(found + i), cancellationToken);
            if (copy is null)
            {
                RequireUnchanged(manifest);
            }

            await table.WriteParquetAsync(parts.PathOf(missing[i]), cancellationToken).ConfigureAwait(false);
            done.Done(found + i + 1);
        }

        copy?.Delete();
        return new PartitionedFeatures(observations, [.. Enumerable.Range(0, count).Select(parts.PathOf)], rows)
        {
            PartsFound = found,
            Skipped = skipped,
            StartedOverBecause = parts.StartedOverBecause,
        };
    }

    private static int[][] RowsOf(ObservationSet observations, int count)
    {
        int[] partitionOf = new int[observations.Count], sizes = new int[count], next = new int[count];
        for (int row = 0; row < partitionOf.Length; row++)
        {
            partitionOf[row] = HistoryBuilder.PartitionOf(observations.Entities[row], count);
            sizes[partitionOf[row]]++;
        }

        int[][] rows = Array.ConvertAll(sizes, size => new int[size]);
        for (int row = 0; row < partitionOf.Length; row++)
        {
            rows[partitionOf[row]][next[partitionOf[row]]++] = row;
        }

        return rows;
    }

    /// <summary>Copies the sources, unless that was done before, or nothing is missing.</summary>
    private async Task<PartitionedHistory?> CopyAsync(BuildManifest manifest, int count, int missing, PartitionProgress done, CancellationToken cancellationToken)
    {
        string tag = manifest.ToHash();
        PartitionedHistory? copy = PartitionedHistory.TryOpen(_folder, tag);
        if (copy is null && missing > 0)
        {
            copy = await _history().PartitionAsync(_folder, count, tag, done.OfCopying(count - missing), cancellationToken).ConfigureAwait(false);
            if (manifest.ChangedAmong(_inputs).Count > 0)
            {
                copy.Delete();
                RequireUnchanged(manifest);
            }
        }

        return copy;
    }

    private void RequireUnchanged(BuildManifest manifest)
    {
        if (manifest.ChangedAmong(_inputs) is { Count: > 0 } changed)
        {
            throw new DataFormatException(
                $"The files must stay as they are until the build ends: its parts would not be of one history. Got another length or time of change of '{string.Join("', '", changed)}'. "
                + "Run again: the build then starts over.");
        }
    }
}
