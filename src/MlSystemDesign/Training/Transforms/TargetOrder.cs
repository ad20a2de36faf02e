namespace MlSystemDesign.Training;

/// <summary>The targets of training rows in the order in which they became known.</summary>
internal sealed class TargetOrder
{
    private readonly int[] _rows;
    private readonly long[] _times;
    private readonly long _delay;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly double _middle;

    private TargetOrder(int[] rows, long[] times, long delay, double[] targets, double[] weights, TargetKind kind)
    {
        (_rows, _times, _delay, _targets) = (rows, times, delay, targets);

        // Of mean 1, so that the prior counts as rows; added in this order, which is that of no file.
        double mean = rows.Sum(row => weights[row]) / rows.Length;
        _weights = Array.ConvertAll(weights, weight => weight / mean);
        _middle = kind == TargetKind.Probability ? 0.5 : 0;
    }

    /// <summary>Orders rows by cutoff, or by a hash of the entity when there is none.</summary>
    internal static TargetOrder Of(TrainingSet training, TimeSpan labelDelay, int seed)
    {
        ObservationSet observations = training.Features.Observations;
        string salt = FormattableString.Invariant($"order:{seed}");
        EntityKey[] entities = observations.Entities.ToArray();
        double[] targets = training.Targets.ToArray(), weights = training.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, targets.Length)] : training.Weights.ToArray();
        long[] times = observations.HasCutoffs ? observations.CutoffTicks.ToArray() : Array.ConvertAll(entities, e => (long)(EntityHash.Of(e, salt) >> 2));

        // Beyond time the order matters only for the rounding of sums, which must not depend on the order of the rows.
        int[] rows = [.. Enumerable.Range(0, entities.Length).OrderBy(i => times[i]).ThenBy(i => entities[i]).ThenBy(i => targets[i]).ThenBy(i => weights[i])];
        return new TargetOrder(rows, times, observations.HasCutoffs ? labelDelay.Ticks : 0, targets, weights, training.TargetKind);
    }

    /// <summary>Encodes each row by the rows known before it.</summary>
    internal double[] Encode(ReadOnlySpan<int> codes, int levels, double strength)
    {
        Sums sums = new(levels, _middle, strength);
        double[] encoded = new double[codes.Length];
        int known = 0;
        foreach (int row in _rows)
        {
            while (_times[_rows[known]] < _times[row] && _times[row] - _times[_rows[known]] >= _delay)
            {
                sums.Add(codes[_rows[known]], _targets[_rows[known]], _weights[_rows[known]]);
                known++;
            }

            encoded[row] = sums.Of(codes[row]);
        }

        return encoded;
    }

    /// <summary>Encodes missing (at 0) and each level (from 1) by all rows.</summary>
    internal double[] EncodeAfterAll(ReadOnlySpan<int> codes, int levels, double strength)
    {
        Sums sums = new(levels, _middle, strength);
        foreach (int row in _rows)
        {
            sums.Add(codes[row], _targets[row], _weights[row]);
        }

        return [.. Enumerable.Range(-1, levels + 1).Select(sums.Of)];
    }

    private sealed class Sums(int levels, double middle, double strength)
    {
        private readonly double[] _sum = new double[levels + 1];
        private readonly double[] _weight = new double[levels + 1];
        private double _allSum;
        private double _allWeight;

        internal void Add(int code, double target, double weight)
        {
            _sum[code + 1] += weight * target;
            _weight[code + 1] += weight;
            _allSum += weight * target;
            _allWeight += weight;
        }

        internal double Of(int code)
        {
            double prior = (_allSum + middle) / (_allWeight + 1);
            return (_sum[code + 1] + (strength * prior)) / (_weight[code + 1] + strength);
        }
    }
}
