namespace MlSystemDesign;

/// <summary>Turns observations into a table of point-in-time features. Step 3.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. Equal inputs give equal bits, in the order of the observations, on one thread or many.
/// Reads only facts that happened, and were known, before each row's cutoff. Nothing in it is fitted to data.</remarks>
public interface IFeatureBuilder : IArtifactPart
{
    /// <summary>Gets the columns that it produces, in order; fixed for the life of the instance. Category columns have no levels yet.</summary>
    FeatureSchema Schema { get; }

    /// <summary>Builds one row per observation: n rows × <see cref="Schema"/>.Count columns.</summary>
    /// <param name="history">Anything recorded.</param>
    /// <param name="observations">Rows with cutoffs. An unknown entity is a row with the values for nothing, not an error.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlanException">The plan does not fit the history; every fault is named.</exception>
    ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default);
}
