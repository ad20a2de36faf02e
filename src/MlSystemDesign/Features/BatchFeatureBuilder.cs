using System.Runtime.ExceptionServices;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Computes a <see cref="FeaturePlan"/> in memory, in parallel over the entities.</summary>
/// <remarks>
/// <para>Immutable; safe for concurrent use. Reads this library's own histories in columns, each entity once, and any other through <see cref="IHistory.AsOf"/>, row by row;
/// both give equal bits. A row's values depend on the facts that were visible at its
/// cutoff, inside the feature's window, and on nothing else: not on other rows, other features, the number of threads or the order of the input.</para>
/// <para>A result that no double can hold (an overflowing sum) is missing. Cost: O(facts in the longest window) per row, column and aggregate, less where no fact crosses a
/// window's border from one cutoff of an entity to the next, O(n log n) for order statistics; memory for the table only. Fastest with an entity's rows together, cutoffs ascending.</para>
/// </remarks>
public sealed class BatchFeatureBuilder : IFeatureBuilder
{
    /// <summary>The kind under which the builder is saved.</summary>
    public const string ArtifactKind = "features.batch";

    private BoundPlan? _bound;

    /// <summary>Creates a builder.</summary>
    /// <param name="plan">What to compute.</param>
    /// <param name="degreeOfParallelism">How many threads may compute at once, from 1; <see langword="null"/> for one per processor. Not saved; changes no bit.</param>
    /// <exception cref="PlanException">The plan contradicts itself; every fault is named.</exception>
    public BatchFeatureBuilder(FeaturePlan plan, int? degreeOfParallelism = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (degreeOfParallelism < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(degreeOfParallelism), $"The degree of parallelism must be at least 1. Got {degreeOfParallelism}. Leave it out to use every processor.");
        }

        IReadOnlyList<string> faults = plan.FaultsFor(null);
        if (faults.Count > 0)
        {
            throw new PlanException("Feature plan", faults);
        }

        Plan = plan;
        Schema = plan.SchemaIn(null);
        DegreeOfParallelism = degreeOfParallelism ?? Environment.ProcessorCount;
    }

    /// <summary>Gets what is computed.</summary>
    public FeaturePlan Plan { get; }

    /// <summary>Gets how many threads may compute at once.</summary>
    public int DegreeOfParallelism { get; }

    /// <inheritdoc/>
    /// <remarks>Units of amounts and levels of categories come with the history; the schema of a built table has them.</remarks>
    public FeatureSchema Schema { get; }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The observations have no cutoffs.</exception>
    public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Build(history, observations, null, cancellationToken));

    /// <summary>Builds one row per observation, on the calling thread and the degree of parallelism allowed.</summary>
    /// <param name="history">Anything recorded.</param>
    /// <param name="observations">Rows with cutoffs. An unknown entity is a row with the values for nothing and coverage 0.</param>
    /// <param name="progress">Gets the share of rows done, 0 to 1, never falling.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlanException">The plan does not fit the history; every fault is named.</exception>
    /// <exception cref="ArgumentException">The observations have no cutoffs.</exception>
    public FeatureTable Build(IHistory history, ObservationSet observations, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(observations);
        if (!observations.HasCutoffs)
        {
            throw new ArgumentException("Observations must have cutoffs to compute features as of them. Got rows without time. Use ObservationSet.At or Of.", nameof(observations));
        }

        BoundPlan plan = Bind(history.Schema);
        FeatureOutput output = new(plan, observations.Count);
        RowSource rows = history is IColumnarHistory columnar ? new ColumnarRows(columnar, plan, observations, output) : new TableRows(history, plan, observations, output);
        BuildProgress done = new(progress, observations.Count);
        int steps = (rows.Count + RowSource.GroupsPerStep - 1) / RowSource.GroupsPerStep;

        RowScan Step(int step, RowScan scan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = step * RowSource.GroupsPerStep;
            done.Add(rows.Compute(first, Math.Min(rows.Count, first + RowSource.GroupsPerStep), scan));
            return scan;
        }

        if (DegreeOfParallelism == 1 || steps <= 1)
        {
            RowScan scan = new(plan, observations.Count);
            for (int step = 0; step < steps; step++)
            {
                Step(step, scan);
            }
        }
        else
        {
            RunParallel(steps, () => new RowScan(plan, observations.Count), Step, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return output.ToTable(observations);
    }

    /// <summary>Ties the plan to a schema; the last one is kept, since services score row by row against one history after another of the same schema.</summary>
    private BoundPlan Bind(HistorySchema schema)
    {
        BoundPlan? bound = _bound;
        if (bound is null || !ReferenceEquals(bound.History, schema))
        {
            _bound = bound = new BoundPlan(Plan, schema);
        }

        return bound;
    }

    private void RunParallel(int steps, Func<RowScan> start, Func<int, RowScan, RowScan> step, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = DegreeOfParallelism, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, steps, options, start, (i, _, scan) => step(i, scan), _ => { });
        }
        catch (AggregateException e)
        {
            // A host's history may throw on several threads; the caller gets the first, as on one thread.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
