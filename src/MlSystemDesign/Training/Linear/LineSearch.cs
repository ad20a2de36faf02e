namespace MlSystemDesign.Training;

/// <summary>Halves a step until the loss does not rise.</summary>
internal static class LineSearch
{
    private const int MaxHalvings = 40;

    /// <summary>Takes a step, or the largest half, quarter … of it that does not raise the loss.</summary>
    /// <param name="beta">The coefficients now.</param>
    /// <param name="step">What to take off.</param>
    /// <param name="value">The loss now.</param>
    /// <param name="loss">The loss of any coefficients.</param>
    /// <returns>The last coefficients tried with their loss; where that is not finite, those of now.</returns>
    internal static (double[] Beta, double Loss) Descend(double[] beta, double[] step, double value, Func<double[], double> loss)
    {
        double share = 1, nextValue = double.NaN;
        double[] next = new double[beta.Length];
        for (int halving = 0; halving < MaxHalvings && !(nextValue <= value); halving++, share /= 2)
        {
            for (int j = 0; j < beta.Length; j++)
            {
                next[j] = beta[j] - (share * step[j]);
            }

            nextValue = loss(next);
        }

        return double.IsFinite(nextValue) ? (next, nextValue) : (beta, value);
    }
}
