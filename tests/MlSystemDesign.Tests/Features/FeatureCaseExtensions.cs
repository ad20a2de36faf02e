using Xunit.Sdk;

namespace MlSystemDesign.Tests.Features;

/// <summary>Laws that are checked on a case.</summary>
internal static class FeatureCaseExtensions
{
    /// <summary>Checks; when that fails, leaves out facts, features and cutoffs as long as it fails in the same way, and tells the smallest case.</summary>
    /// <param name="case">The case.</param>
    /// <param name="check">Throws what is wrong.</param>
    internal static void Check(this FeatureCase @case, Action<FeatureCase> check)
    {
        if (Failure(@case) is { } failure)
        {
            (FeatureCase smallest, Exception last) = @case.ShrinkAsync(failure, c => Task.FromResult(Failure(c))).GetAwaiter().GetResult();
            throw new XunitException($"{last.Message}\n{smallest}", last);
        }

        Exception? Failure(FeatureCase c)
        {
            try
            {
                check(c);
                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        }
    }
}
