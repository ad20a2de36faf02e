using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Statistics of one number column, without its missing values.</summary>
internal static class FeatureValues
{
    /// <summary>The values that are there, ascending.</summary>
    /// <exception cref="TrainingException">A value is infinite.</exception>
    internal static double[] Sorted(FeatureTable table, int column)
    {
        ReadOnlySpan<double> values = table.Numbers(column);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                throw new TrainingException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"A feature must be finite, or NaN for missing. Got infinity in '{table.Schema[column].Name}', row {i + 1}. Repair the value or mark it missing."));
            }
        }

        return [.. values.ToArray().Where(v => !double.IsNaN(v)).Order()];
    }

    /// <summary>Refuses infinite values of rows to be scored, which no scaling makes finite.</summary>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    internal static void RequireFinite(ReadOnlySpan<double> values, string name)
    {
        int row = values.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (row >= 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"A feature must be finite, or NaN for missing. Got infinity in '{name}', row {row + 1} of those to score. Repair the value or mark it missing."));
        }
    }

    /// <summary>A quantile, linear between neighbours (type 7 of Hyndman and Fan, 1996); NaN without values.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        double position = share * (sorted.Length - 1);
        int left = (int)position, right = Math.Min(left + 1, sorted.Length - 1);
        double part = position - left;
        return (sorted[left] * (1 - part)) + (sorted[right] * part);
    }
}
