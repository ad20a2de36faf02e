using System.Globalization;

namespace MlSystemDesign.Evaluation;

/// <summary>The part of an evaluation that says nothing of money.</summary>
internal sealed class PredictionQuality
{
    private PredictionQuality()
    {
    }

    internal List<Metric> Metrics { get; } = [];

    internal List<CheckOutcome> Checks { get; } = [];

    internal IReadOnlyList<RocPoint> Roc { get; private set; } = [];

    internal IReadOnlyList<ReliabilityBin> Reliability { get; private set; } = [];

    /// <summary>Why these rows cannot be judged as probabilities of yes/no outcomes; <see langword="null"/> when they can.</summary>
    internal static string? FaultOf(EvaluationContext context) => context.Holdout.TargetKind == TargetKind.Probability
        ? ScoreGroups.FaultOf(context.Predictions.Span, context.Holdout.Targets, default, probabilities: true)
        : "the targets are values, not yes/no outcomes";

    internal static PredictionQuality Of(EvaluationContext context)
    {
        PredictionQuality quality = new();
        ReadOnlySpan<double> predictions = context.Predictions.Span, targets = context.Holdout.Targets;
        if (context.Holdout.TargetKind != TargetKind.Probability)
        {
            quality.NothingOf(FaultOf(context)!, context.Holdout.Count);
            return quality;
        }

        double confidence = context.Confidence, share = targets.IsEmpty ? 0 : (double)context.Holdout.PositiveCount / targets.Length, threshold = context.Threshold ?? share;
        ReadOnlySpan<double> weights = context.Holdout.Weights;
        quality.Metrics.AddRange(
        [
            ShareOf(context.Holdout.PositiveCount, targets.Length, confidence),
            RankingMetrics.AucRoc(predictions, targets, weights, confidence),
            RankingMetrics.AveragePrecision(predictions, targets, weights, confidence),
            ThresholdMetrics.Precision(predictions, targets, threshold, confidence),
            ThresholdMetrics.Recall(predictions, targets, threshold, confidence),
            ThresholdMetrics.F1(predictions, targets, threshold, confidence),
            ProperScores.LogLoss(predictions, targets, weights, confidence),
            ProperScores.Brier(predictions, targets, weights, confidence),
            CalibrationMetrics.ObservedOverExpected(predictions, targets, confidence),
            CalibrationMetrics.Slope(predictions, targets, confidence),
        ]);
        quality.Roc = RankingMetrics.RocCurve(predictions, targets);
        quality.Reliability = CalibrationMetrics.Reliability(predictions, targets, confidence: confidence);
        quality.Check(context, threshold);
        return quality;
    }

    private static Metric ShareOf(int positives, int rows, double confidence) => rows == 0
        ? Metric.Undefined("share of positives", "there are no rows", 0, MetricDirection.Descriptive)
        : Metric.Of("share of positives", (double)positives / rows, rows, MetricDirection.Descriptive, Intervals.Wilson(positives, rows, confidence), "share");

    private void NothingOf(string reason, int rows)
    {
        foreach (string name in new[] { "share of positives", "AUC-ROC", "average precision", "precision", "recall", "F1", "log loss", "Brier score", "observed over expected", "calibration slope" })
        {
            MetricDirection direction = name is "log loss" or "Brier score" ? MetricDirection.LowerIsBetter
                : name is "share of positives" or "observed over expected" or "calibration slope" ? MetricDirection.Descriptive : MetricDirection.HigherIsBetter;
            Metrics.Add(Metric.Undefined(name, reason, rows, direction));
        }

        Checks.Add(new CheckOutcome("predictions", CheckStatus.Undefined, reason));
    }

    private void Check(EvaluationContext context, double threshold)
    {
        string rows = string.Create(CultureInfo.InvariantCulture, $"{context.Holdout.Count} rows, {context.Holdout.PositiveCount} positive");
        Add("ranking", rows, "AUC-ROC", "average precision");
        string cut = string.Create(CultureInfo.InvariantCulture, $"rows with at least {threshold:0.0000}{(context.Threshold is null ? " (the share of positives)" : string.Empty)} are called positive");
        Add("threshold", cut, "precision", "recall", "F1");
        Add("proper scores", rows, "log loss", "Brier score");
        Add("calibration", string.Create(CultureInfo.InvariantCulture, $"{Reliability.Count} bins of near equal mass"), "observed over expected", "calibration slope");
        if (Metrics.Find(m => m.Name == "AUC-ROC") is { IsDefined: true, Interval: null } auc)
        {
            Checks.Add(new CheckOutcome("interval of AUC-ROC", CheckStatus.Undefined, WithoutInterval(auc.Value!.Value, context)));
        }

        int entities = new HashSet<EntityKey>(context.Holdout.Features.Observations.Entities.ToArray()).Count;
        Checks.Add(new CheckOutcome("independent rows", CheckStatus.Run, entities == context.Holdout.Count
            ? "every entity has one row"
            : string.Create(CultureInfo.InvariantCulture, $"{context.Holdout.Count} rows of {entities} entities: the intervals of the metrics above take rows as independent, and are too narrow")));
    }

    private void Add(string check, string detail, params IReadOnlyList<string> names)
    {
        List<Metric> undefined = Metrics.FindAll(m => names.Contains(m.Name) && !m.IsDefined);
        Checks.Add(undefined.Count == 0
            ? new CheckOutcome(check, CheckStatus.Run, detail)
            : new CheckOutcome(check, CheckStatus.Undefined, string.Join("; ", undefined.Select(m => $"{m.Name}: {m.UndefinedReason}"))));
    }

    private static string WithoutInterval(double auc, EvaluationContext context) => !context.Holdout.Weights.IsEmpty ? "DeLong's variance is not defined for weighted rows"
        : auc is 0 or 1 ? "the scores separate the classes perfectly; DeLong's variance is zero, which is no proof of certainty"
        : context.Holdout.PositiveCount is var positives && (positives == 1 || positives == context.Holdout.Count - 1) ? "one class has a single row"
        : "DeLong's variance is zero, which is no proof of certainty";
}
