using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>A world, a plan and cutoffs for which something is to hold.</summary>
internal sealed record FeatureCase(World World, FeaturePlan Plan, long[] Cutoffs)
{
    /// <summary>Leaves out and simplifies facts, features and cutoffs as long as the case fails in the same way: with an exception of the same type.</summary>
    /// <param name="failure">How this case fails.</param>
    /// <param name="check">Returns how a case fails; <see langword="null"/> when it does not.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The smallest case found, and how it fails.</returns>
    internal async Task<(FeatureCase Smallest, Exception Failure)> ShrinkAsync(Exception failure, Func<FeatureCase, Task<Exception?>> check, CancellationToken cancellationToken = default)
    {
        FeatureCase smallest = this;
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (FeatureCase candidate in SmallerCases.Of(smallest))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await check(candidate).ConfigureAwait(false) is { } same && same.GetType() == failure.GetType())
                {
                    (smallest, failure, smaller) = (candidate, same, true);
                    break;
                }
            }
        }

        return (smallest, failure);
    }

    /// <summary>Returns the case in words.</summary>
    public override string ToString() => CaseText.Of(this);
}
