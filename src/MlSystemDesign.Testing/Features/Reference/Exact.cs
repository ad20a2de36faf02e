using System.Numerics;

namespace MlSystemDesign.Testing.Features;

/// <summary>Moments and slopes in integers: every double is taken as an integer times 2^-1074, so that nothing is rounded before the last step.</summary>
internal static class Exact
{
    private static readonly BigInteger One = BigInteger.Pow(2, 1074);

    /// <summary>The sample variance (n − 1).</summary>
    internal static double Variance(double[] values)
    {
        BigInteger n = values.Length;
        return Ratio(Power(values, 2), n * n * (n - 1) * One * One);
    }

    /// <summary>The sample standard deviation (n − 1).</summary>
    internal static double Std(double[] values)
    {
        BigInteger n = values.Length;
        return Root(Power(values, 2), n * n * (n - 1) * One * One);
    }

    /// <summary>The sample standard deviation (n − 1) of integers.</summary>
    internal static double Std(long[] values)
    {
        BigInteger n = values.Length;
        return Root(Power([.. values.Select(v => (BigInteger)v)], 2), n * n * (n - 1));
    }

    /// <summary>The adjusted skewness √(n(n−1))/(n−2) · m₃/m₂^1.5; NaN when all are equal.</summary>
    internal static double Skew(double[] values)
    {
        // With dᵢ = n xᵢ − Σx and Sₖ = Σ dᵢᵏ: m₃/m₂^1.5 = √n S₃/S₂^1.5.
        BigInteger n = values.Length, squares = Power(values, 2), cubes = Power(values, 3);
        return squares.IsZero ? double.NaN : cubes.Sign * Root(n * n * (n - 1) * cubes * cubes, (n - 2) * (n - 2) * squares * squares * squares);
    }

    /// <summary>The least-squares slope per day; NaN below two distinct times.</summary>
    internal static double Slope(long[] ticks, double[] values)
    {
        BigInteger n = values.Length, t = 0, v = 0, tt = 0, tv = 0;
        for (int i = 0; i < values.Length; i++)
        {
            BigInteger time = ticks[i] - (BigInteger)ticks[0], value = Scaled(values[i]);
            (t, v, tt, tv) = (t + time, v + value, tt + (time * time), tv + (time * value));
        }

        BigInteger spread = (n * tt) - (t * t);
        return spread.IsZero ? double.NaN : Ratio(((n * tv) - (t * v)) * TimeSpan.TicksPerDay, spread * One);
    }

    private static BigInteger Power(double[] values, int power) => Power([.. values.Select(Scaled)], power);

    private static BigInteger Power(BigInteger[] values, int power)
    {
        BigInteger n = values.Length, sum = values.Aggregate(BigInteger.Zero, (a, b) => a + b);
        return values.Aggregate(BigInteger.Zero, (total, value) => total + BigInteger.Pow((n * value) - sum, power));
    }

    private static BigInteger Scaled(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFFL) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -mantissa : mantissa) << (Math.Max(exponent, 1) - 1);
    }

    // 64 bits of quotient, then the power of two back: far more digits than a double has.
    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = Scale(numerator, denominator, 64, out int shift);
        return Math.ScaleB((double)quotient, -shift);
    }

    // The root of at least 128 bits of quotient, scaled by an even power of two.
    private static double Root(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = Scale(numerator, denominator, 128, out int shift);
        return Math.ScaleB(Math.Sqrt((double)quotient), -shift / 2);
    }

    private static BigInteger Scale(BigInteger numerator, BigInteger denominator, int bits, out int shift)
    {
        shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + bits;
        shift += shift & 1;
        return shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
    }
}
