namespace MlSystemDesign.Training;

/// <summary>The logistic link without overflow.</summary>
internal static class Logistic
{
    /// <summary>1 / (1 + exp(−x)); NaN for NaN.</summary>
    internal static double Probability(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        double e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>ln(1 + exp(x)).</summary>
    internal static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
