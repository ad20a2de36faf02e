namespace MlSystemDesign.Evaluation;

/// <summary>How well scores put positives before negatives.</summary>
/// <remarks>Scores need not be probabilities; only their order counts, and ties are merged. Every result is the same to the last bit in any
/// order of the rows.
/// Intervals take rows as independent: with several rows per entity they are too narrow.</remarks>
public static class RankingMetrics
{
    /// <summary>Area under the ROC curve: the probability that a random positive has a higher score than a random negative, ties counted
    /// half.</summary>
    /// <param name="scores">Any numbers, infinities included; length n.</param>
    /// <param name="outcomes">0 or 1, in the same order; length n.</param>
    /// <param name="weights">Finite, positive; length n, or empty. They enter the value; with weights there is no interval.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In [0, 1], higher is better, 0.5 says nothing. Undefined, with the reason, when n = 0, when only one class occurs, or when
    /// a score is NaN. There is
    /// a value without an interval when DeLong's variance is zero (all positives above all negatives, or the reverse, or all scores equal: no proof
    /// of certainty) or does not exist (one positive or one negative).</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Mann-Whitney. Variance by DeLong, DeLong, Clarke-Pearson, Biometrics 44 (1988), through mid-ranks (Sun, Xu, IEEE Signal
    /// Processing Letters
    /// 21, 2014); interval on the logit scale, so it stays inside (0, 1) without clipping. O(n log n).</remarks>
    public static Metric AucRoc(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights = default, double confidence = 0.95)
    {
        const string Name = "AUC-ROC";
        if (ScoreGroups.TryBuild(scores, outcomes, weights, probabilities: false, out ScoreGroups groups) is { } fault)
        {
            return Metric.Undefined(Name, fault, scores.Length);
        }

        if (OneClass(groups) is { } oneClass)
        {
            return Metric.Undefined(Name, oneClass, groups.Rows);
        }

        if (groups.IsWeighted)
        {
            return Metric.Of(Name, Weighted(groups), groups.Rows);
        }

        (double auc, double variance) = DeLong(groups);
        return Metric.Of(Name, auc, groups.Rows, interval: Intervals.Logit(auc, Math.Sqrt(variance) / (auc * (1 - auc)), confidence, "DeLong, logit scale"));
    }

    /// <summary>Average precision: the mean of the precision at each positive, over positives in order of falling score; one point per
    /// distinct score.</summary>
    /// <param name="scores">Any numbers; length n.</param>
    /// <param name="outcomes">0 or 1, in the same order; length n.</param>
    /// <param name="weights">Finite, positive; length n, or empty. They enter the value; with weights there is no interval.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In (0, 1], higher is better; the share of positives says nothing. Undefined, with the reason, when n = 0, when only one
    /// class occurs, or when
    /// a score is NaN. No interval when the value is 1.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Σ (Rₖ − Rₖ₋₁) Pₖ, a step sum: the trapezoid is another, optimistic number (Davis, Goadrich, ICML 2006). Interval: logit,
    /// standard error
    /// 1 / √(n⁺ AP (1 − AP)) with n⁺ positives (Boyd, Eng, Page, ECML PKDD 2013). O(n log n).</remarks>
    public static Metric AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights = default, double confidence = 0.95)
    {
        const string Name = "average precision";
        if (ScoreGroups.TryBuild(scores, outcomes, weights, probabilities: false, out ScoreGroups groups) is { } fault)
        {
            return Metric.Undefined(Name, fault, scores.Length);
        }

        if (OneClass(groups) is { } oneClass)
        {
            return Metric.Undefined(Name, oneClass, groups.Rows);
        }

        double sum = 0, found = 0, called = 0;
        for (int g = groups.Count - 1; g >= 0; g--)
        {
            found += groups.PositiveWeights[g];
            called += groups.PositiveWeights[g] + groups.NegativeWeights[g];
            sum += groups.PositiveWeights[g] * (found / called);
        }

        double value = sum / groups.PositiveWeight;
        Interval? interval = groups.IsWeighted ? null : Intervals.Logit(value, 1 / Math.Sqrt(groups.Positives * value * (1 - value)), confidence, "logit (Boyd, Eng, Page)");
        return Metric.Of(Name, value, groups.Rows, interval: interval);
    }

    /// <summary>The ROC curve: one point per distinct score, from (0, 0) to (1, 1), thinned evenly along the curve. Weights are not used.</summary>
    /// <param name="scores">Any numbers; length n.</param>
    /// <param name="outcomes">0 or 1, in the same order; length n.</param>
    /// <param name="maximumPoints">How many points at most; at least 2.</param>
    /// <returns>Points by falling score; empty when the curve is undefined: n = 0, one class only, or a NaN score.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<RocPoint> RocCurve(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, int maximumPoints = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPoints, 2);
        if (ScoreGroups.TryBuild(scores, outcomes, default, probabilities: false, out ScoreGroups groups) is not null || OneClass(groups) is not null)
        {
            return [];
        }

        List<RocPoint> points = [new(0, 0)];
        bool all = groups.Count + 1 <= maximumPoints;
        long falsePositives = 0, truePositives = 0;
        int step = 1;
        for (int g = groups.Count - 1; g >= 0; g--)
        {
            falsePositives += groups.NegativeCounts[g];
            truePositives += groups.PositiveCounts[g];
            RocPoint point = new((double)falsePositives / groups.Negatives, (double)truePositives / groups.Positives);
            double along = (point.FalsePositiveRate + point.TruePositiveRate) / 2 * (maximumPoints - 1);
            if (all || g == 0 || (along >= step && points.Count < maximumPoints - 1))
            {
                points.Add(point);
                step = (int)along + 1;
            }
        }

        return points;
    }

    /// <summary>Says in words which class is missing; <see langword="null"/> when both occur.</summary>
    internal static string? OneClass(ScoreGroups groups) =>
        groups.Positives == 0 ? "no row is positive: both classes must occur" : groups.Negatives == 0 ? "every row is positive: both classes must occur" : null;

    private static double Weighted(ScoreGroups groups)
    {
        double pairs = 0, below = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            pairs += groups.PositiveWeights[g] * (below + (groups.NegativeWeights[g] / 2));
            below += groups.NegativeWeights[g];
        }

        return pairs / (groups.PositiveWeight * groups.NegativeWeight);
    }

    // A positive's placement is the share of negatives below it (ties half), a negative's the share of positives above it; the AUC is the
    // mean of either,
    // and its variance is the sum of the variances of the two means.
    private static (double Auc, double Variance) DeLong(ScoreGroups groups)
    {
        double m = groups.Positives, n = groups.Negatives;
        long twicePairs = 0, negativesBelow = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            twicePairs += groups.PositiveCounts[g] * ((2 * negativesBelow) + groups.NegativeCounts[g]);
            negativesBelow += groups.NegativeCounts[g];
        }

        double auc = twicePairs / (2 * m * n), ofPositives = 0, ofNegatives = 0, below = 0, above = m;
        for (int g = 0; g < groups.Count; g++)
        {
            above -= groups.PositiveCounts[g];
            double placement = (below + (groups.NegativeCounts[g] / 2.0)) / n, mirrored = (above + (groups.PositiveCounts[g] / 2.0)) / m;
            ofPositives += groups.PositiveCounts[g] * (placement - auc) * (placement - auc);
            ofNegatives += groups.NegativeCounts[g] * (mirrored - auc) * (mirrored - auc);
            below += groups.NegativeCounts[g];
        }

        return (auc, (ofPositives / (m - 1) / m) + (ofNegatives / (n - 1) / n)); // NaN with one positive or one negative: no interval
    }
}
