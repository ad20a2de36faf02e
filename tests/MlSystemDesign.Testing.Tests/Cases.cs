using System.Globalization;

namespace MlSystemDesign.Testing.Tests;

/// <summary>How many random cases are tried: few enough for every build, times MLSYSTEMDESIGN_CASES for a long run.</summary>
internal static class Cases
{
    private static readonly int Factor = int.Parse(Environment.GetEnvironmentVariable("MLSYSTEMDESIGN_CASES") ?? "1", CultureInfo.InvariantCulture);

    internal static int Many { get; } = 200 * Factor;
}
