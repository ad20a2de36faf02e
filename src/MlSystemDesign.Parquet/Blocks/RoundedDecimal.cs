using System.Globalization;
using System.Numerics;

namespace MlSystemDesign.Parquet.Blocks;

/// <summary>Turns stored decimals into the nearest double, as reading their digits would.</summary>
internal static class RoundedDecimal
{
    private const long ExactIntegers = 1L << 53;

    // The powers of ten that a double holds exactly: dividing an exact integer by one of them rounds once.
    private static readonly double[] ExactPowers = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <summary>Returns digits × 10^−scale.</summary>
    public static double Of(long digits, int scale) => digits is >= -ExactIntegers and <= ExactIntegers && scale >= 0 && scale < ExactPowers.Length
        ? digits / ExactPowers[scale]
        : Of(new BigInteger(digits), scale);

    /// <summary>Returns digits × 10^−scale.</summary>
    public static double Of(BigInteger digits, int scale) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{-scale}"), NumberStyles.Float, CultureInfo.InvariantCulture);
}
