using System.Globalization;

namespace MlSystemDesign;

/// <summary>Which way a metric improves.</summary>
public enum MetricDirection
{
    /// <summary>Higher is better.</summary>
    HigherIsBetter,

    /// <summary>Lower is better.</summary>
    LowerIsBetter,

    /// <summary>It describes; neither is better.</summary>
    Descriptive,
}

/// <summary>One number with its name, direction, interval and count; or, when it does not exist, the reason in words.</summary>
/// <remarks>Undefined is a result: one class in a fold, an empty arm, zero variance. It is never a silent 0 or NaN.</remarks>
public sealed record Metric
{
    private Metric(string name, double? value, Interval? interval, int count, MetricDirection direction, string? unit, string? undefinedReason)
    {
        Name = name;
        Value = value;
        Interval = interval;
        Count = count;
        Direction = direction;
        Unit = unit;
        UndefinedReason = undefinedReason;
    }

    /// <summary>Gets the name, in the field's standard terms, such as "AUC-ROC".</summary>
    public string Name { get; }

    /// <summary>Gets the value; <see langword="null"/> exactly when <see cref="UndefinedReason"/> is set. Never NaN.</summary>
    public double? Value { get; }

    /// <summary>Gets the interval when the value is an estimate and an interval can be given; otherwise <see langword="null"/>.</summary>
    public Interval? Interval { get; }

    /// <summary>Gets the number of rows that it was computed from.</summary>
    public int Count { get; }

    /// <summary>Gets which way it improves.</summary>
    public MetricDirection Direction { get; }

    /// <summary>Gets the unit, such as "EUR" or "share"; <see langword="null"/> for a pure number.</summary>
    public string? Unit { get; }

    /// <summary>Gets why there is no value; <see langword="null"/> when there is one.</summary>
    public string? UndefinedReason { get; }

    /// <summary>Gets a value indicating whether there is a value.</summary>
    public bool IsDefined => Value is not null;

    /// <summary>Creates a metric that has a value. A value that is NaN makes it undefined, with that as the reason.</summary>
    /// <param name="name">The standard name.</param>
    /// <param name="value">The value.</param>
    /// <param name="count">Rows used.</param>
    /// <param name="direction">Which way it improves.</param>
    /// <param name="interval">Its interval, if any.</param>
    /// <param name="unit">Its unit, if any.</param>
    public static Metric Of(
        string name, double value, int count, MetricDirection direction = MetricDirection.HigherIsBetter, Interval? interval = null, string? unit = null) =>
        double.IsNaN(value)
            ? Undefined(name, "the computation gave no number (NaN)", count, direction)
            : new Metric(name, value, interval, count, direction, unit, null);

    /// <summary>Creates a metric that does not exist for this input.</summary>
    /// <param name="name">The standard name.</param>
    /// <param name="reason">Why, in words that can be printed in a report.</param>
    /// <param name="count">Rows looked at.</param>
    /// <param name="direction">Which way it would improve.</param>
    public static Metric Undefined(string name, string reason, int count = 0, MetricDirection direction = MetricDirection.HigherIsBetter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new Metric(name, null, null, count, direction, null, reason);
    }

    /// <summary>Returns one line, such as <c>AUC-ROC 0.7657 (0.7512 to 0.7803, 95 % DeLong, n = 4176)</c>.</summary>
    public override string ToString()
    {
        string unit = Unit is null ? string.Empty : " " + Unit;
        return Value is not { } value
            ? $"{Name} undefined: {UndefinedReason}"
            : Interval is { } interval
                ? string.Create(CultureInfo.InvariantCulture, $"{Name} {value:0.0000}{unit} ({interval}, {interval.Confidence * 100:0.#} % {interval.Method}, n = {Count})")
                : string.Create(CultureInfo.InvariantCulture, $"{Name} {value:0.0000}{unit} (n = {Count})");
    }
}
