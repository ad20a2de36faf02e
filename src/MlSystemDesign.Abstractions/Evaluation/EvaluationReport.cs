namespace MlSystemDesign;

/// <summary>One point of a value curve: what contacting the best-ranked entities up to here is expected to bring.</summary>
/// <param name="Contacts">Entities contacted.</param>
/// <param name="Spend">What the contacts cost.</param>
/// <param name="Value">Expected value, net of cost, with its interval.</param>
public sealed record ValuePoint(int Contacts, Money Spend, MoneyEstimate Value);

/// <summary>One bin of a reliability curve.</summary>
/// <param name="Predicted">The mean prediction of the bin.</param>
/// <param name="Observed">The observed share of positives, with a Wilson interval.</param>
public sealed record ReliabilityBin(double Predicted, Metric Observed);

/// <summary>One point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">In [0, 1].</param>
/// <param name="TruePositiveRate">In [0, 1].</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate);

/// <summary>What an evaluator found: numbers with intervals, and what could not be computed, with the reason.</summary>
public sealed record EvaluationReport
{
    /// <summary>Gets the metrics, in a fixed order.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Gets what became of each check: run, not run (why), undefined (why).</summary>
    public required IReadOnlyList<CheckOutcome> Checks { get; init; }

    /// <summary>Gets the expected value of what the policy would have decided on the holdout, judged by the outcomes that then happened; <see langword="null"/> when not run.</summary>
    public MoneyEstimate? DecisionValue { get; init; }

    /// <summary>Gets observed outcomes over predicted ones among the entities that the policy picks: 1 means that money is calibrated where it matters.</summary>
    public Metric? PickedCalibration { get; init; }

    /// <summary>Gets value against the number of contacts; empty when not run.</summary>
    public IReadOnlyList<ValuePoint> ValueCurve { get; init; } = [];

    /// <summary>Gets the reliability curve; empty when undefined.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>Gets the ROC curve, thinned to at most 200 points; empty when undefined.</summary>
    public IReadOnlyList<RocPoint> Roc { get; init; } = [];

    /// <summary>Finds a metric.</summary>
    /// <param name="name">Its name, such as "AUC-ROC".</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Metric this[string name] => Metrics.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"The metric must be one of the report. Got '{name}'. Use one of: {string.Join(", ", Metrics.Select(m => m.Name))}.", nameof(name));
}
