using System.Globalization;

namespace MlSystemDesign.Tests.Features;

/// <summary>How many random cases a law is tried on.</summary>
/// <remarks>Few enough for every build. For a longer run set MLSYSTEMDESIGN_CASES to how many times as many: <c>MLSYSTEMDESIGN_CASES=50 dotnet test --filter Features</c>.</remarks>
internal static class Cases
{
    private static readonly long Factor = long.Parse(Environment.GetEnvironmentVariable("MLSYSTEMDESIGN_CASES") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Laws that build once or twice per case.</summary>
    internal static long Many { get; } = 400 * Factor;

    /// <summary>Laws that build many times per case.</summary>
    internal static long Some { get; } = 100 * Factor;

    /// <summary>Laws whose case is large.</summary>
    internal static long Few { get; } = 20 * Factor;
}
