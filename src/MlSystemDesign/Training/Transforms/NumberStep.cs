using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>What was fitted to one number column.</summary>
/// <param name="Column">Its position in the input.</param>
/// <param name="Log">Whether the signed logarithm is taken first.</param>
/// <param name="Mean">The training mean.</param>
/// <param name="Scale">The training deviation; 0 when the column is constant and gives no value.</param>
/// <param name="Indicator">Whether missing is told by a column of its own.</param>
internal sealed record NumberStep(int Column, bool Log, double Mean, double Scale, bool Indicator)
{
    // The share of the skewness that must be left at most for the logarithm to be worth it; a 0/1 column keeps all of it.
    private const double MostSkewnessLeft = 0.75;

    internal bool HasValue => Scale > 0;

    internal static double SignedLog(double x) => Math.CopySign(Math.Log(1 + Math.Abs(x)), x);

    /// <exception cref="TrainingException">A value is infinite.</exception>
    internal static NumberStep Fit(int column, string name, ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double skewnessLimit)
    {
        List<double> present = [], weight = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                throw TrainingRows.Infinite(name, i);
            }

            if (!double.IsNaN(values[i]))
            {
                present.Add(values[i]);
                weight.Add(weights[i]);
            }
        }

        bool indicator = present.Count < values.Length && present.Count > 0;
        Moments plain = Moments.Of(present, weight);
        if (Math.Abs(plain.Skewness) > skewnessLimit)
        {
            Moments logged = Moments.Of([.. present.Select(SignedLog)], weight);
            if (Math.Abs(logged.Skewness) <= MostSkewnessLeft * Math.Abs(plain.Skewness))
            {
                return new NumberStep(column, true, logged.Mean, logged.Deviation, indicator);
            }
        }

        return new NumberStep(column, false, plain.Mean, plain.Deviation, indicator);
    }

    // Further out a probability is 0 or 1 anyway, and sums of such columns stay finite.
    private const double MostDeviations = 1e100;

    /// <exception cref="ArgumentException">A value is infinite.</exception>
    internal double[] Standardize(ReadOnlySpan<double> values, string name)
    {
        FeatureValues.RequireFinite(values, name);
        double[] standardized = new double[values.Length];
        for (int i = 0; i < standardized.Length; i++)
        {
            double value = Log ? SignedLog(values[i]) : values[i];
            standardized[i] = double.IsNaN(value) ? 0 : Math.Clamp((value - Mean) / Scale, -MostDeviations, MostDeviations);
        }

        return standardized;
    }

    internal static double[] Missing(ReadOnlySpan<double> values)
    {
        double[] missing = new double[values.Length];
        for (int i = 0; i < missing.Length; i++)
        {
            missing[i] = double.IsNaN(values[i]) ? 1 : 0;
        }

        return missing;
    }

    /// <summary>Weighted mean, deviation (0 when constant up to rounding) and skewness; computed in units of the largest value, so that squares never overflow.</summary>
    private readonly record struct Moments(double Mean, double Deviation, double Skewness)
    {
        private const double Rounding = 1e-12;

        internal static Moments Of(List<double> values, List<double> weights)
        {
            double unit = values.Count == 0 ? 0 : values.Max(Math.Abs);
            if (unit == 0)
            {
                return default;
            }

            double total = 0, sum = 0;
            for (int i = 0; i < values.Count; i++)
            {
                total += weights[i];
                sum += weights[i] * (values[i] / unit);
            }

            double mean = sum / total, squares = 0, cubes = 0;
            for (int i = 0; i < values.Count; i++)
            {
                double d = (values[i] / unit) - mean;
                squares += weights[i] * d * d;
                cubes += weights[i] * d * d * d;
            }

            double variance = squares / total, deviation = Math.Sqrt(variance);
            bool constant = values.Min() == values.Max() || deviation <= Rounding * Math.Abs(mean) || deviation * unit == 0;
            return constant ? new Moments(mean * unit, 0, 0) : new Moments(mean * unit, deviation * unit, cubes / total / (variance * deviation));
        }
    }
}
