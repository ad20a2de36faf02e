using System.Globalization;

namespace MlSystemDesign.Evaluation;

/// <summary>Rows merged by score, ascending: how many rows, and how much weight, of either outcome each distinct score has.</summary>
/// <remarks>Every statistic walks these groups instead of the rows, so that ties are merged by construction and no bit of a result depends
/// on the order
/// of the rows: counts are exact, and the weights of a group are added in ascending order. O(n log n).</remarks>
internal sealed class ScoreGroups
{
    private ScoreGroups(int rows, int groups)
    {
        Rows = rows;
        Scores = new double[groups];
        PositiveCounts = new int[groups];
        NegativeCounts = new int[groups];
    }

    /// <summary>Gets the number of rows.</summary>
    internal int Rows { get; }

    /// <summary>Gets the distinct scores, ascending; minus zero counts as zero.</summary>
    internal double[] Scores { get; }

    internal int[] PositiveCounts { get; }

    internal int[] NegativeCounts { get; }

    /// <summary>Gets the weight of the positives of each group; their count without weights.</summary>
    internal double[] PositiveWeights { get; private set; } = [];

    internal double[] NegativeWeights { get; private set; } = [];

    /// <summary>Gets the sum of the squared weights of the positives of each group; their count without weights.</summary>
    internal double[] PositiveSquares { get; private set; } = [];

    internal double[] NegativeSquares { get; private set; } = [];

    internal bool IsWeighted { get; private set; }

    internal long Positives { get; private set; }

    internal long Negatives => Rows - Positives;

    internal double PositiveWeight { get; private set; }

    internal double NegativeWeight { get; private set; }

    internal double TotalWeight => PositiveWeight + NegativeWeight;

    internal int Count => Scores.Length;

    /// <summary>Merges rows by score, or says in words why that cannot be done.</summary>
    /// <param name="scores">n scores.</param>
    /// <param name="outcomes">n outcomes, 0 or 1.</param>
    /// <param name="weights">n weights, or empty.</param>
    /// <param name="probabilities">Whether scores must lie in [0, 1]; otherwise only NaN is refused.</param>
    /// <param name="groups">The groups, when there is no fault.</param>
    /// <returns>The fault in words, or <see langword="null"/>.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    internal static string? TryBuild(
        ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights, bool probabilities, out ScoreGroups groups)
    {
        groups = new ScoreGroups(0, 0);
        string? fault = FaultOf(scores, outcomes, weights, probabilities);
        if (fault is null)
        {
            groups = Build(scores, outcomes, weights);
        }

        return fault;
    }

    internal static string? FaultOf(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights, bool probabilities)
    {
        if (scores.Length != outcomes.Length || (!weights.IsEmpty && weights.Length != scores.Length))
        {
            throw new ArgumentException(
                $"Scores, outcomes and weights must have one length; weights may be absent. Got {scores.Length} scores, {outcomes.Length} outcomes and {weights.Length} weights. Pass one of each per row.");
        }

        if (scores.IsEmpty)
        {
            return "there are no rows";
        }

        // Counted, not located: a row number would make the reason depend on the order of the rows.
        int nan = 0, outside = 0, odd = 0, weightless = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            nan += double.IsNaN(scores[i]) ? 1 : 0;
            outside += probabilities && (scores[i] < 0 || scores[i] > 1) ? 1 : 0;
            odd += outcomes[i] is 0 or 1 ? 0 : 1;
            weightless += weights.IsEmpty || (weights[i] > 0 && double.IsFinite(weights[i])) ? 0 : 1;
        }

        return nan > 0 ? Text($"{nan} of {scores.Length} predictions are missing (NaN)")
            : outside > 0 ? Text($"{outside} of {scores.Length} predictions are no probabilities: they lie outside [0, 1]")
            : odd > 0 ? Text($"{odd} of {scores.Length} outcomes are neither 0 nor 1")
            : weightless > 0 ? Text($"{weightless} of {scores.Length} weights are not finite and above zero")
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ScoreGroups Build(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights)
    {
        double[] sorted = new double[scores.Length];
        int[] rows = new int[scores.Length];
        int distinct = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = scores[i] + 0.0; // turns minus zero into zero
            rows[i] = i;
        }

        Array.Sort(sorted, rows);
        for (int i = 0; i < sorted.Length; i++)
        {
            distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        ScoreGroups groups = new(sorted.Length, distinct);
        for (int i = 0, g = -1; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                groups.Scores[++g] = sorted[i];
            }

            (outcomes[rows[i]] == 1 ? groups.PositiveCounts : groups.NegativeCounts)[g]++;
        }

        groups.Weigh(rows, outcomes, weights);
        foreach (int count in groups.PositiveCounts)
        {
            groups.Positives += count;
        }

        groups.PositiveWeight = Sum(groups.PositiveWeights);
        groups.NegativeWeight = Sum(groups.NegativeWeights);
        return groups;
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private void Weigh(int[] rows, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights)
    {
        IsWeighted = !weights.IsEmpty;
        if (!IsWeighted)
        {
            PositiveWeights = PositiveSquares = Array.ConvertAll(PositiveCounts, c => (double)c);
            NegativeWeights = NegativeSquares = Array.ConvertAll(NegativeCounts, c => (double)c);
            return;
        }

        (PositiveWeights, PositiveSquares) = (new double[Count], new double[Count]);
        (NegativeWeights, NegativeSquares) = (new double[Count], new double[Count]);
        List<double> positives = [], negatives = [];
        for (int g = 0, i = 0; g < Count; g++)
        {
            positives.Clear();
            negatives.Clear();
            for (int end = i + PositiveCounts[g] + NegativeCounts[g]; i < end; i++)
            {
                (outcomes[rows[i]] == 1 ? positives : negatives).Add(weights[rows[i]]);
            }

            (PositiveWeights[g], PositiveSquares[g]) = SumAscending(positives);
            (NegativeWeights[g], NegativeSquares[g]) = SumAscending(negatives);
        }
    }

    private static (double Sum, double Squares) SumAscending(List<double> weights)
    {
        weights.Sort();
        double sum = 0, squares = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return (sum, squares);
    }
}
