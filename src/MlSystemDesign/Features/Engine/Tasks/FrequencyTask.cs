namespace MlSystemDesign.Features;

/// <summary>What the frequencies of a category column tell: how many distinct values, the most frequent one, the share of the top k, the entropy. One pass over all windows.</summary>
/// <param name="column">The column.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="outputs">Per window: what is wanted.</param>
internal sealed class FrequencyTask(int column, int[] windows, FrequencyOutput[][] outputs) : FamilyTask(windows)
{
    private readonly List<int> _seen = []; // codes, the most recently seen first
    private int[] _counts = [];
    private int[] _sorted = [];

    internal override void Compute(in WindowView view, RowBuffer row)
    {
        ReadOnlySpan<int> codes = view.Codes(column);
        int total = 0;
        for (int w = 0, i = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            for (; i < count; i++)
            {
                if (codes[i] >= 0)
                {
                    Add(codes[i]);
                    total++;
                }
            }

            foreach (FrequencyOutput output in outputs[w])
            {
                Write(output, total, row);
            }
        }

        foreach (int code in _seen)
        {
            _counts[code] = 0;
        }

        _seen.Clear();
    }

    private void Add(int code)
    {
        if (code >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(code + 1, 2 * _counts.Length));
        }

        if (_counts[code]++ == 0)
        {
            _seen.Add(code);
        }
    }

    private void Write(FrequencyOutput output, int total, RowBuffer row)
    {
        switch (output.Aggregate)
        {
            case FeatureAggregate.Distinct: row.Numbers[output.Slot] = _seen.Count; break;
            case FeatureAggregate.Mode: row.Codes[output.Slot] = Mode(); break;
            case FeatureAggregate.TopShare: row.Numbers[output.Slot] = TopShare(output.Top, total); break;
            default: row.Numbers[output.Slot] = Entropy(total); break;
        }
    }

    /// <summary>Of equally frequent values the one seen most recently.</summary>
    private int Mode()
    {
        int mode = -1;
        foreach (int code in _seen)
        {
            mode = mode < 0 || _counts[code] > _counts[mode] ? code : mode;
        }

        return mode;
    }

    private double TopShare(int top, int total)
    {
        if (total == 0)
        {
            return double.NaN;
        }

        FactSet.Sized(ref _sorted, _seen.Count);
        for (int s = 0; s < _seen.Count; s++)
        {
            _sorted[s] = -_counts[_seen[s]];
        }

        Span<int> sorted = _sorted.AsSpan(0, _seen.Count);
        sorted.Sort();
        long sum = 0;
        foreach (int count in sorted[..Math.Min(top, sorted.Length)])
        {
            sum -= count;
        }

        return (double)sum / total;
    }

    private double Entropy(int total)
    {
        if (total == 0)
        {
            return double.NaN;
        }

        double sum = 0;
        foreach (int code in _seen)
        {
            double share = (double)_counts[code] / total;
            sum -= share * Math.Log(share);
        }

        return sum;
    }
}

/// <summary>One feature of a frequency task.</summary>
/// <param name="Aggregate">Distinct, Mode, TopShare or Entropy.</param>
/// <param name="Top">How many top categories, for TopShare.</param>
/// <param name="Slot">Where the result goes.</param>
internal readonly record struct FrequencyOutput(FeatureAggregate Aggregate, int Top, int Slot);
