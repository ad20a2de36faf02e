using System.Globalization;
using MlSystemDesign.Statistics;

namespace MlSystemDesign.Training;

/// <summary>Money per row when the best-ranked share of the rows is contacted: what a model is worth under a capacity, judged by what
/// happened.</summary>
/// <remarks>Rows are ranked by expected net value, p × effect × value − cost; a row whose expected net value is not above zero is never
/// contacted, nor is one whose
/// value is unknown. A contacted row contributes y × effect × value − cost, any other 0. Rows that tie at the edge of the capacity share
/// what is left of
/// it, so that the order of the rows changes nothing. Built from plain numbers: it knows no business case. O(n log n).</remarks>
public sealed class ValueAtCapacityObjective : IObjective
{
    private readonly double _share;
    private readonly double _effect;
    private readonly double _cost;

    /// <summary>Creates the objective.</summary>
    /// <param name="capacityShare">The share of the rows (of their weight) that can be contacted, in (0, 1].</param>
    /// <param name="relativeEffect">The share of outcomes that a contact prevents, in (0, 1].</param>
    /// <param name="cost">What a contact costs, in major units of the set's values; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ValueAtCapacityObjective(double capacityShare, double relativeEffect, double cost)
    {
        Require(capacityShare is > 0 and <= 1, nameof(capacityShare), "The capacity must be a share in (0, 1].", capacityShare, "Pass contacts divided by candidates.");
        Require(relativeEffect is > 0 and <= 1, nameof(relativeEffect), "The relative effect must lie in (0, 1].", relativeEffect, "Pass the share of outcomes that a contact prevents.");
        Require(cost >= 0 && double.IsFinite(cost), nameof(cost), "The cost must be finite and not negative.", cost, "Pass what one contact costs.");
        (_share, _effect, _cost) = (capacityShare, relativeEffect, cost);
    }

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"value at {_share * 100:0.##} % capacity");

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    /// <returns>Money per row, in the unit of the set's values, with a normal interval at 95 % (rows vary, the effect is taken as known,
    /// and so is the ranking); undefined,
    /// with the reason, when the set is empty or has no values, its targets are not yes/no, or a prediction is no probability.</returns>
    public Metric Measure(ReadOnlySpan<double> predictions, LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        double[] contributions = new double[set.Count];
        if (Contribute(predictions, set, contributions) is { } fault)
        {
            return Metric.Undefined(Name, fault, set.Count);
        }

        (double mean, Interval? interval) = RowContributions.Mean(contributions, set.Weights);
        return Metric.Of(Name, mean, set.Count, Direction, interval, set.Values!.Currency.Code);
    }

    /// <inheritdoc/>
    /// <returns><see langword="true"/>: given the ranking it is a mean over rows; <see langword="false"/> only when <see cref="Measure"/>
    /// is undefined.</returns>
    public bool TryContributions(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions) => Contribute(predictions, set, contributions) is null;

    private static void Require(bool holds, string name, string must, double came, string todo)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, $"{must} Got {came.ToString(CultureInfo.InvariantCulture)}. {todo}");
        }
    }

    private static double[] WeightsOf(LabelledSet set)
    {
        double[] weights = new double[set.Count];
        Array.Fill(weights, 1);
        set.Weights.CopyTo(weights);
        return weights;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double[] ascending = values.ToArray();
        Array.Sort(ascending);
        double sum = 0;
        foreach (double value in ascending)
        {
            sum += value;
        }

        return sum;
    }

    // Returns why it cannot be done, in words, or null.
    private string? Contribute(ReadOnlySpan<double> predictions, LabelledSet set, Span<double> contributions)
    {
        RowContributions.RequireLengths(predictions, set, contributions);
        if (set.TargetKind != TargetKind.Probability || set.Values is null)
        {
            return set.Values is null ? "the set says nothing of what an outcome is worth" : "the targets are values, not yes/no outcomes";
        }

        if (ScoreGroups.FaultOf(predictions, set.Targets, set.Weights, probabilities: true) is { } fault)
        {
            return fault;
        }

        ReadOnlySpan<double> values = set.Values.Amounts.Span;
        double[] worst = new double[set.Count], weights = WeightsOf(set);
        int[] rows = new int[set.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            double net = (predictions[i] * _effect * values[i]) - _cost;
            (rows[i], worst[i], contributions[i]) = (i, net > 0 ? -net : double.PositiveInfinity, 0); // unknown value: never contacted
        }

        Array.Sort(worst, rows);
        double left = _share * Sum(weights);
        for (int start = 0, end; start < rows.Length && worst[start] < 0 && left > 0; start = end)
        {
            for (end = start; end < rows.Length && worst[end] == worst[start];)
            {
                end++;
            }

            double tied = Sum(Array.ConvertAll(rows[start..end], r => weights[r])), part = Math.Min(1, left / tied);
            foreach (int row in rows.AsSpan(start, end - start))
            {
                contributions[row] = part * ((set.Targets[row] * _effect * values[row]) - _cost);
            }

            left -= tied;
        }

        return null;
    }
}
