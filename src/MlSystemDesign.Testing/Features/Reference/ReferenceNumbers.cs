using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>What the values of a number column tell. Sums run from the newest to the oldest value, so they are demanded to the last bit; moments are compared with exact ones.</summary>
internal static class ReferenceNumbers
{
    // Of the standard deviation of the series itself, however far it lies from 0.
    private const double Relative = 1e-9;

    /// <summary>Computes from the values that are there, newest first.</summary>
    internal static ReferenceValue Of(FeatureDefinition feature, long[] times, double[] values, long cutoff) => feature.Aggregate switch
    {
        FeatureAggregate.Sum => new(Sum(values)),
        FeatureAggregate.DecayedSum => ReferenceDecay.Sum(values, times, cutoff, feature.Period!.Value),
        FeatureAggregate.DecayedMean => ReferenceDecay.Mean(values, times, cutoff, feature.Period!.Value),
        FeatureAggregate.Last => new(values.Select(v => (double?)v).ElementAtOrDefault((int)(feature.Parameter ?? 1) - 1) ?? double.NaN),
        _ when values.Length == 0 => ReferenceValue.Missing,
        FeatureAggregate.First => new(values[^1]),
        FeatureAggregate.Mean => new(Sum(values) / values.Length),
        FeatureAggregate.Min => new(values.Min()),
        FeatureAggregate.Max => new(values.Max()),
        FeatureAggregate.Quantile => Quantile(values, feature.Parameter!.Value),
        _ when values.Length == 1 => ReferenceValue.Missing,
        FeatureAggregate.Std => new(Exact.Std(values), (Relative * Exact.Std(values)) + Underflow(values, 1e-150), Spread(values) > 1e150),
        FeatureAggregate.Variance => new(Exact.Variance(values), (Relative * Exact.Variance(values)) + Underflow(values, 1e-300), Spread(values) > 1e150),
        FeatureAggregate.Slope => Slope(times, values),
        FeatureAggregate.Skew => values.Length == 2 ? ReferenceValue.Missing : Skew(values),
        _ => throw new InvalidOperationException($"{feature.Aggregate} is not computed from numbers."),
    };

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static ReferenceValue Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = (sorted.Length - 1) * share;
        double low = sorted[(int)Math.Floor(place)], high = sorted[(int)Math.Ceiling(place)];
        double between = place - Math.Floor(place);
        return between == 0 || low == high ? new(low) : new(((1 - between) * low) + (between * high), 1e-14 * (Math.Abs(low / 2) + Math.Abs(high / 2)));
    }

    private static ReferenceValue Skew(double[] values)
    {
        // Cubes leave the range of double long before the values do, upwards and downwards.
        double spread = Spread(values);
        return spread is (> 1e100 or < 1e-100) and not 0
            ? new(Exact.Skew(values), double.PositiveInfinity, MayBeMissing: true)
            : new(Exact.Skew(values), Relative * Math.Max(1, Math.Abs(Exact.Skew(values))));
    }

    /// <summary>The error is measured by the slope of a line through the spread of both: the exact one may be as good as 0.</summary>
    private static ReferenceValue Slope(long[] times, double[] values)
    {
        double days = Exact.Std(times) / TimeSpan.TicksPerDay;
        return days == 0 ? ReferenceValue.Missing : new(Exact.Slope(times, values), (Relative * Exact.Std(values) / days) + Underflow(values, 1e-280), Spread(values) > 1e250);
    }

    private static double Spread(double[] values) => values.Max() - values.Min();

    // Squares and products of differences this small lose digits; equal values have none.
    private static double Underflow(double[] values, double floor) => Spread(values) == 0 ? 0 : floor;
}
