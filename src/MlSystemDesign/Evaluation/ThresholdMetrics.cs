namespace MlSystemDesign.Evaluation;

/// <summary>Precision, recall and F1 when every row with a score of at least a threshold is called positive. Weights are not used.</summary>
/// <remarks>Counts only, so the order of the rows changes no bit. Intervals take rows as independent. O(n).</remarks>
public static class ThresholdMetrics
{
    /// <summary>Precision: the share of positives among the rows called positive.</summary>
    /// <param name="scores">Any numbers; length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="threshold">Rows with a score of at least this are called positive.</param>
    /// <param name="confidence">The nominal coverage of the Wilson interval, in (0, 1).</param>
    /// <returns>In [0, 1], higher is better; undefined, with the reason, when n = 0, when no row is called positive, or when a score is
    /// NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Metric Precision(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, double threshold, double confidence = 0.95) =>
        Counts(scores, outcomes, threshold, out long hits, out long falseAlarms, out _) is { } fault
            ? Metric.Undefined("precision", fault, scores.Length)
            : Share("precision", hits, hits + falseAlarms, "no row is called positive at this threshold", scores.Length, confidence);

    /// <summary>Recall: the share of the positives that is called positive.</summary>
    /// <param name="scores">Any numbers; length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="threshold">Rows with a score of at least this are called positive.</param>
    /// <param name="confidence">The nominal coverage of the Wilson interval, in (0, 1).</param>
    /// <returns>In [0, 1], higher is better; undefined, with the reason, when n = 0, when no row is positive, or when a score is NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Metric Recall(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, double threshold, double confidence = 0.95) =>
        Counts(scores, outcomes, threshold, out long hits, out _, out long misses) is { } fault
            ? Metric.Undefined("recall", fault, scores.Length)
            : Share("recall", hits, hits + misses, "no row is positive", scores.Length, confidence);

    /// <summary>F1: the harmonic mean of precision and recall.</summary>
    /// <param name="scores">Any numbers; length n.</param>
    /// <param name="outcomes">0 or 1; length n.</param>
    /// <param name="threshold">Rows with a score of at least this are called positive.</param>
    /// <param name="confidence">The nominal coverage of the interval, in (0, 1).</param>
    /// <returns>In [0, 1], higher is better; undefined, with the reason, when n = 0, when no row is positive or called positive, or when a
    /// score is NaN.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>2 TP / (2 TP + FP + FN). Its interval is Wilson's for J = TP / (TP + FP + FN), a proportion of the rows that are positive
    /// or called so,
    /// mapped by F1 = 2 J / (1 + J), which is increasing.</remarks>
    public static Metric F1(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, double threshold, double confidence = 0.95)
    {
        const string Name = "F1";
        if (Counts(scores, outcomes, threshold, out long hits, out long falseAlarms, out long misses) is { } fault)
        {
            return Metric.Undefined(Name, fault, scores.Length);
        }

        long named = hits + falseAlarms + misses;
        if (named == 0)
        {
            return Metric.Undefined(Name, "no row is positive or called positive", scores.Length);
        }

        Interval jaccard = Intervals.Wilson(hits, named, confidence);
        Interval interval = new(Map(jaccard.Lower), Map(jaccard.Upper), confidence, "Wilson on TP / (TP + FP + FN), mapped");
        return Metric.Of(Name, 2.0 * hits / (hits + named), scores.Length, interval: interval);

        static double Map(double j) => 2 * j / (1 + j);
    }

    private static Metric Share(string name, long hits, long of, string whenNone, int rows, double confidence) => of == 0
        ? Metric.Undefined(name, whenNone, rows)
        : Metric.Of(name, (double)hits / of, rows, interval: Intervals.Wilson(hits, of, confidence), unit: "share");

    private static string? Counts(ReadOnlySpan<double> scores, ReadOnlySpan<double> outcomes, double threshold, out long hits, out long falseAlarms, out long misses)
    {
        (hits, falseAlarms, misses) = (0, 0, 0);
        if (double.IsNaN(threshold))
        {
            return "the threshold is missing (NaN)";
        }

        if (ScoreGroups.FaultOf(scores, outcomes, default, probabilities: false) is { } fault)
        {
            return fault;
        }

        for (int i = 0; i < scores.Length; i++)
        {
            bool called = scores[i] >= threshold, positive = outcomes[i] == 1;
            hits += called && positive ? 1 : 0;
            falseAlarms += called && !positive ? 1 : 0;
            misses += !called && positive ? 1 : 0;
        }

        return null;
    }
}
