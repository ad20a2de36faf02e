using MlSystemDesign.Tests;
using MlSystemDesign.XGBoost.Native;

namespace MlSystemDesign.XGBoost.Tests;

/// <summary>A test that needs XGBoost's native library; it is skipped, with the remedy, where that cannot load.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class XGBoostFactAttribute : FactAttribute
{
    public XGBoostFactAttribute() => Skip = NativeXGBoost.Missing;
}

/// <summary>A theory that needs XGBoost's native library; it is skipped, with the remedy, where that cannot load.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class XGBoostTheoryAttribute : TheoryAttribute
{
    public XGBoostTheoryAttribute() => Skip = NativeXGBoost.Missing;
}

/// <summary>A test that trains with XGBoost on files of ../shared/data; it is skipped where either is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class XGBoostSharedDataFactAttribute : FactAttribute
{
    public XGBoostSharedDataFactAttribute(params string[] files) => Skip = SharedData.Missing(files) ?? NativeXGBoost.Missing;
}

internal static class NativeXGBoost
{
    /// <summary>Gets why XGBoost cannot be used here, and what to do; <see langword="null"/> when it can.</summary>
    public static string? Missing { get; } = XGBoostNative.TryLoad(null, out string reason) ? null : reason;
}
