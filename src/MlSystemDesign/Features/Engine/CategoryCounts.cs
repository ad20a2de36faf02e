namespace MlSystemDesign.Features;

/// <summary>How often each category was seen, the most recently seen first.</summary>
internal sealed class CategoryCounts
{
    private int[] _counts = [];
    private int[] _sorted = [];
    private int[] _seen = [];

    /// <summary>Gets the number of distinct categories.</summary>
    internal int Distinct { get; private set; }

    /// <summary>Gets the number of values.</summary>
    internal int Total { get; private set; }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        for (int s = 0; s < Distinct; s++)
        {
            _counts[_seen[s]] = 0;
        }

        (Distinct, Total) = (0, 0);
    }

    /// <summary>Counts the next older value; a missing one is skipped.</summary>
    internal void Add(int code)
    {
        if (code < 0)
        {
            return;
        }

        if (code >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(code + 1, 2 * _counts.Length));
            Array.Resize(ref _seen, _counts.Length);
        }

        Total++;
        if (_counts[code]++ == 0)
        {
            _seen[Distinct++] = code;
        }
    }

    /// <summary>Returns the most frequent category, of equally frequent ones the one seen most recently; −1 for nothing.</summary>
    internal int Mode()
    {
        int mode = -1;
        foreach (int code in _seen.AsSpan(0, Distinct))
        {
            mode = mode < 0 || _counts[code] > _counts[mode] ? code : mode;
        }

        return mode;
    }

    /// <summary>Returns the share of the values that the most frequent categories have; NaN for nothing.</summary>
    internal double TopShare(int top)
    {
        Span<int> sorted = Scratch.Sized(ref _sorted, Distinct).AsSpan(0, Distinct);
        for (int s = 0; s < sorted.Length; s++)
        {
            sorted[s] = -_counts[_seen[s]];
        }

        sorted.Sort();
        long sum = 0;
        foreach (int count in sorted[..Math.Min(top, sorted.Length)])
        {
            sum -= count;
        }

        return (double)sum / Total;
    }

    /// <summary>Returns −Σ p ln p; NaN for nothing.</summary>
    internal double Entropy()
    {
        double sum = Total == 0 ? double.NaN : 0;
        foreach (int code in _seen.AsSpan(0, Distinct))
        {
            double share = (double)_counts[code] / Total;
            sum -= share * Math.Log(share);
        }

        return sum;
    }
}
