namespace ChurnRetention.Simulation;

/// <summary>What a customer's random stream is used for; each purpose draws from its own stream.</summary>
public enum StreamPurpose
{
    Profile,
    Path,
    Sessions,
    Tickets,
    Effects,
    PilotOutcome,
}

/// <summary>A deterministic stream of random numbers: xoshiro256** seeded by SplitMix64.</summary>
/// <remarks>
/// A stream depends on (seed, population, customer, purpose) alone, so that another customer, another thread count or
/// another runtime version changes no draw. Not safe for concurrent use. Source: Blackman and Vigna, ACM TOMS 47(4), 2021.
/// </remarks>
public sealed class RandomSource
{
    private ulong _s0, _s1, _s2, _s3;

    public RandomSource(int seed, int population, int customer, StreamPurpose purpose)
    {
        ulong key = SplitMix((ulong)(uint)seed);
        key = SplitMix(key ^ (((ulong)(uint)population << 32) | (uint)customer));
        key = SplitMix(key ^ (ulong)purpose);
        _s0 = SplitMix(key);
        _s1 = SplitMix(_s0);
        _s2 = SplitMix(_s1);
        _s3 = SplitMix(_s2);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = ulong.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = ulong.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform on the open interval (0, 1), so that a logarithm of it is finite.</summary>
    public double NextUniform() => ((NextBits() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Exponential with the given rate; positive infinity when the rate is 0.</summary>
    public double NextExponential(double rate) => rate > 0 ? -Math.Log(NextUniform()) / rate : double.PositiveInfinity;

    /// <summary>Standard normal (Box and Muller, one of the pair).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(NextUniform()));
        return radius * Math.Cos(2 * Math.PI * NextUniform());
    }

    /// <summary>An index drawn with the given shares, which sum to 1.</summary>
    public int NextIndex(ReadOnlySpan<double> shares)
    {
        double u = NextUniform();
        int i = 0;
        while (i < shares.Length - 1 && u >= shares[i])
        {
            u -= shares[i++];
        }

        return i;
    }

    private static ulong SplitMix(ulong state)
    {
        ulong z = state + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
