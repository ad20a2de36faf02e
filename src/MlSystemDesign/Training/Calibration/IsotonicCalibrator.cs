using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Isotonic calibration: the non-decreasing curve with the least squared error, linear between its knots and constant outside.</summary>
/// <remarks>Fitted by pooling adjacent violators (Ayer et al. 1955); equal scores count as one with their mean. May give exactly 0 and 1.</remarks>
public sealed class IsotonicCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.isotonic";

    private readonly double[] _scores;
    private readonly double[] _probabilities;

    /// <summary>Creates a calibrator from the knots of its curve.</summary>
    /// <param name="scores">At least one score, strictly ascending and finite.</param>
    /// <param name="probabilities">As many probabilities in [0, 1], never descending.</param>
    /// <exception cref="ArgumentException">The knots are no such curve.</exception>
    public IsotonicCalibrator(ReadOnlySpan<double> scores, ReadOnlySpan<double> probabilities)
    {
        bool valid = scores.Length > 0 && scores.Length == probabilities.Length;
        for (int i = 0; valid && i < scores.Length; i++)
        {
            valid = double.IsFinite(scores[i]) && probabilities[i] is >= 0 and <= 1
                && (i == 0 || (scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1]));
        }

        if (!valid)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The knots must have ascending scores and non-descending probabilities in [0, 1]. Got {scores.Length} scores and {probabilities.Length} probabilities that are not such a curve. Fit the calibrator again."));
        }

        _scores = scores.ToArray();
        _probabilities = probabilities.ToArray();
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the scores of the knots, ascending.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Gets the probabilities at the knots.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <inheritdoc/>
    public double Calibrate(double score)
    {
        if (double.IsNaN(score))
        {
            return double.NaN;
        }

        int found = Array.BinarySearch(_scores, score);
        if (found >= 0)
        {
            return _probabilities[found];
        }

        int right = ~found;
        if (right == 0 || right == _scores.Length)
        {
            return _probabilities[Math.Max(right - 1, 0)];
        }

        double share = (score - _scores[right - 1]) / (_scores[right] - _scores[right - 1]);
        double value = _probabilities[right - 1] + (share * (_probabilities[right] - _probabilities[right - 1]));
        return Math.Clamp(value, _probabilities[right - 1], _probabilities[right]);
    }

    internal static IsotonicCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        // Negative zero counts as zero: the knots must ascend strictly.
        double[] sorted = new double[scores.Length];
        int[] order = new int[scores.Length];
        for (int i = 0; i < order.Length; i++)
        {
            sorted[i] = scores[i] + 0.0;
            order[i] = i;
        }

        Array.Sort([.. sorted.Select((score, row) => (score, row))], order);
        List<Block> blocks = [];
        foreach (int row in order)
        {
            Block block = new(sorted[row], sorted[row], weights[row], weights[row] * targets[row]);
            if (blocks.Count > 0 && blocks[^1].Last == block.First)
            {
                block = blocks[^1].With(block);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        return FromBlocks(Pool(blocks));
    }

    private static List<Block> Pool(List<Block> ties)
    {
        List<Block> pooled = [];
        foreach (Block tie in ties)
        {
            Block block = tie;
            while (pooled.Count > 0 && pooled[^1].Mean >= block.Mean)
            {
                block = pooled[^1].With(block);
                pooled.RemoveAt(pooled.Count - 1);
            }

            pooled.Add(block);
        }

        return pooled;
    }

    // A block is flat from its first to its last score: two knots, or one when both are the same score.
    private static IsotonicCalibrator FromBlocks(List<Block> blocks)
    {
        List<double> scores = [], probabilities = [];
        foreach (Block block in blocks)
        {
            double mean = Math.Clamp(block.Mean, 0, 1);
            scores.Add(block.First);
            probabilities.Add(mean);
            if (block.Last > block.First)
            {
                scores.Add(block.Last);
                probabilities.Add(mean);
            }
        }

        return new IsotonicCalibrator(scores.ToArray(), probabilities.ToArray());
    }

    private readonly record struct Block(double First, double Last, double Weight, double Sum)
    {
        internal double Mean => Sum / Weight;

        internal Block With(Block later) => new(First, later.Last, Weight + later.Weight, Sum + later.Sum);
    }
}
