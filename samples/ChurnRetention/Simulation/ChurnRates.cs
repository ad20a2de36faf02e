namespace ChurnRetention.Simulation;

/// <summary>The hidden state of a subscriber who has not cancelled.</summary>
public enum HiddenState
{
    Engaged,
    Disengaging,
}

/// <summary>One customer's continuous-time Markov chain: two transient states and cancellation, which absorbs.</summary>
/// <param name="Disengage">Rate of Engaged → Disengaging, per day.</param>
/// <param name="Reengage">Rate of Disengaging → Engaged, per day.</param>
/// <param name="CancelEngaged">Rate of cancelling from Engaged, per day.</param>
/// <param name="CancelDisengaging">Rate of cancelling from Disengaging, per day.</param>
public readonly record struct ChurnRates(double Disengage, double Reengage, double CancelEngaged, double CancelDisengaging)
{
    /// <summary>The rate of cancelling now, per day.</summary>
    public double Hazard(HiddenState state) => state == HiddenState.Engaged ? CancelEngaged : CancelDisengaging;

    /// <summary>P(not cancelled within <paramref name="days"/> | state now), in [0, 1].</summary>
    /// <remarks>
    /// The row of exp(Qτ)·1 for the 2×2 transient generator Q. With m = tr Q / 2 and d² = ((q₁₁ − q₂₂)/2)² + q₁₂q₂₁:
    /// exp(Qτ) = e^{mτ}[cosh(dτ) I + (sinh(dτ)/d)(Q − mI)], and Q·1 = −(cancel rates).
    /// </remarks>
    public double Survival(HiddenState state, double days)
    {
        double leaveEngaged = Disengage + CancelEngaged;
        double leaveDisengaging = Reengage + CancelDisengaging;
        double m = -(leaveEngaged + leaveDisengaging) / 2;
        double half = (leaveEngaged - leaveDisengaging) / 2;
        double d = Math.Sqrt((half * half) + (Disengage * Reengage));

        // Written with the two eigenvalues m ± d, both ≤ 0, so that long spans do not overflow.
        double slow = Math.Exp((m + d) * days);
        double fast = Math.Exp((m - d) * days);
        double cosh = (slow + fast) / 2;
        double x = d * days;
        double sinhOverD = x < 1e-4 ? Math.Exp(m * days) * days * (1 + (x * x / 6)) : (slow - fast) / (2 * d);
        return Math.Clamp(cosh - ((Hazard(state) + m) * sinhOverD), 0, 1);
    }

    /// <summary>P(cancel in [lead, lead + horizon) | state now and not cancelled now), in [0, 1].</summary>
    public double CancelProbability(HiddenState state, TimeSpan lead, TimeSpan horizon) =>
        Math.Max(0, Survival(state, lead.TotalDays) - Survival(state, (lead + horizon).TotalDays));
}
