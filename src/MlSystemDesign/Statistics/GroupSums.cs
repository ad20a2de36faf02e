using MathNet.Numerics.Distributions;

namespace MlSystemDesign.Statistics;

/// <summary>Sums over rows, kept apart for groups of entities, so that whatever is computed from them has an interval that allows for several rows of one entity.</summary>
/// <remarks>
/// Delete-a-group jackknife (Kott, Journal of Official Statistics 17(4), 2001): the estimate is computed again without each group, and its variance is
/// (m − 1)/m times the sum of squared changes over the m groups that have rows; Student's t with m − 1 degrees of freedom. An entity always falls into the
/// same group, in every batch, so that the difference of two batches is paired where they share entities. Memory: 64 × width numbers, whatever the rows.
/// Adding is not safe for concurrent use.
/// </remarks>
internal sealed class GroupSums(int width)
{
    /// <summary>The number of groups: enough for intervals within a few per cent of the normal ones.</summary>
    internal const int Groups = 64;

    /// <summary>How the intervals are called.</summary>
    internal const string Method = "jackknife by entity";

    private double[] _sums = new double[Groups * width];

    /// <summary>Gets the sums of one group, to be added to.</summary>
    internal Span<double> Of(int group) => _sums.AsSpan(group * width, width);

    /// <summary>Gets one sum over all groups, or over all but one.</summary>
    /// <param name="slot">Which sum.</param>
    /// <param name="without">The group to leave out; −1 for none.</param>
    internal double Total(int slot, int without = -1)
    {
        double total = 0;
        for (int group = 0; group < Groups; group++)
        {
            total += group == without ? 0 : _sums[(group * width) + slot];
        }

        return total;
    }

    /// <summary>Whether a group has any row counted in a slot.</summary>
    internal bool Has(int group, int countSlot) => _sums[(group * width) + countSlot] > 0;

    /// <summary>The sums as they are now.</summary>
    internal GroupSums Copy() => new(width) { _sums = [.. _sums] };

    /// <summary>A number computed from the sums, with its interval.</summary>
    /// <param name="estimate">The number without a group, −1 for all rows.</param>
    /// <param name="counts">Whether a group has rows that the number depends on.</param>
    internal static GroupEstimate Estimate(Func<int, double> estimate, Func<int, bool> counts)
    {
        double value = estimate(-1), squares = 0;
        int groups = 0;
        for (int group = 0; group < Groups; group++)
        {
            if (counts(group))
            {
                double change = estimate(group) - value;
                groups++;
                squares += change * change;
            }
        }

        return new GroupEstimate(value, groups < 2 ? double.NaN : Math.Sqrt(squares * (groups - 1) / groups), groups - 1);
    }
}

/// <summary>A number with its standard error.</summary>
/// <param name="Value">The number.</param>
/// <param name="StandardError">Its standard error; NaN with rows of one group only.</param>
/// <param name="Degrees">The degrees of freedom of the standard error.</param>
internal readonly record struct GroupEstimate(double Value, double StandardError, int Degrees)
{
    /// <summary>Whether there is a spread to compare the value with.</summary>
    internal bool HasSpread => StandardError > 0;

    /// <summary>Gets the two-sided p-value of the value being 0; <see langword="null"/> without spread.</summary>
    internal double? PValue => HasSpread ? Math.Clamp(2 * StudentT.CDF(0, 1, Degrees, -Math.Abs(Value / StandardError)), double.Epsilon, 1) : null;

    /// <summary>The interval of a number of any size and sign; none without spread.</summary>
    internal Interval? IntervalAt(double confidence) => HasSpread ? Between(confidence, Value, StandardError, x => x, GroupSums.Method) : null;

    /// <summary>The interval of a number that cannot be negative, symmetric on the scale of its logarithm; none without spread or at 0.</summary>
    internal Interval? PositiveIntervalAt(double confidence) =>
        HasSpread && Value > 0 ? Between(confidence, Math.Log(Value), StandardError / Value, Math.Exp, GroupSums.Method + ", log scale") : null;

    /// <summary>The interval of a share, symmetric on the scale of its log-odds; none without spread, at 0 or at 1.</summary>
    internal Interval? ShareIntervalAt(double confidence) => HasSpread && Value is > 0 and < 1
        ? Between(confidence, Math.Log(Value / (1 - Value)), StandardError / (Value * (1 - Value)), x => 1 / (1 + Math.Exp(-x)), GroupSums.Method + ", logit scale")
        : null;

    // On another scale by the delta method.
    private Interval Between(double confidence, double center, double error, Func<double, double> back, string method)
    {
        double half = error * StudentT.InvCDF(0, 1, Degrees, 0.5 + (confidence / 2));
        return new Interval(back(center - half), back(center + half), confidence, method);
    }
}
