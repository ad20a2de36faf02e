namespace MlSystemDesign;

/// <summary>Looks for features that use what could not be known at the cutoff. Step 3.</summary>
/// <remarks>Safe for concurrent use; never mutates its arguments. Reports every finding; throws nothing by itself: the host decides to gate on it with
/// <see cref="LeakageReport.ThrowIfLeaking"/>. A check that could not run is reported as such and is no pass.</remarks>
public interface ILeakageGuard
{
    /// <summary>Inspects a builder, its data and its split.</summary>
    /// <param name="context">What there is to look at.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask<LeakageReport> InspectAsync(LeakageContext context, CancellationToken cancellationToken = default);
}
