using MlSystemDesign.Training.LightGbm.Native;

namespace MlSystemDesign.Tests;

/// <summary>A test that trains with LightGBM; it is skipped, with the remedy, where the native library cannot load.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BoosterFactAttribute : FactAttribute
{
    public BoosterFactAttribute() => Skip = Booster.Missing;
}

/// <summary>A theory that trains with LightGBM; it is skipped, with the remedy, where the native library cannot load.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BoosterTheoryAttribute : TheoryAttribute
{
    public BoosterTheoryAttribute() => Skip = Booster.Missing;
}

/// <summary>A test that trains with LightGBM on files of ../shared/data; it is skipped where either is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BoosterSharedDataFactAttribute : FactAttribute
{
    public BoosterSharedDataFactAttribute(params string[] files) => Skip = SharedData.Missing(files) ?? Booster.Missing;
}

internal static class Booster
{
    /// <summary>Gets why LightGBM cannot train here, and what to do; <see langword="null"/> when it can.</summary>
    public static string? Missing { get; } = LightGbmNative.TryLoad(out string reason) ? null : reason;
}
