using MlSystemDesign.Evaluation;

namespace MlSystemDesign.Decisions;

/// <summary>Intervals of expected money: what is uncertain is common to many contacts, so it does not average out.</summary>
/// <remarks>A list brings Q Σₖ eₖ Gₖ − cost, where Gₖ = Σ p v over the contacts of intervention k, eₖ its effect, and Q, with mean 1, the
/// error of the probabilities. Effects and Q are
/// independent of each other, so the variance is exactly (1 + κ²) Σ sₖ² Gₖ² + κ² (Σ eₖ Gₖ)², with standard errors sₖ of the effects and κ
/// of Q.</remarks>
internal sealed class DecisionMoney
{
    private readonly DecisionContext _context;
    private readonly double _z;
    private readonly string _method;

    internal DecisionMoney(DecisionContext context)
    {
        _context = context;
        _z = Intervals.TwoSidedQuantile(context.Confidence);
        _method = context.CalibrationError > 0
            ? "normal, delta method; includes the effects' standard errors and the error of the probabilities, both common to all contacts; not who happens to leave"
            : "normal, delta method; includes the effects' standard errors, common to all contacts; not the error of the probabilities (unknown), nor who happens to leave";
    }

    private Currency Currency => _context.Case.Kpi.Currency;

    /// <summary>Estimates the money of contacts.</summary>
    /// <param name="net">Their expected value, net of cost, in micro-units.</param>
    /// <param name="atStake">Per intervention: Σ p v over its contacts, in major units.</param>
    internal MoneyEstimate Estimate(Int128 net, ReadOnlySpan<double> atStake)
    {
        double effects = 0, gross = 0, kappa = _context.CalibrationError;
        for (int k = 0; k < atStake.Length; k++)
        {
            EffectEstimate effect = _context.Case.Interventions[k].Effect;
            effects += effect.StandardError * effect.StandardError * atStake[k] * atStake[k];
            gross += effect.RelativeReduction * atStake[k];
        }

        double half = _z * Math.Sqrt(((1 + (kappa * kappa)) * effects) + (kappa * kappa * gross * gross));
        Money value = Of(net), width = Money.FromDouble(half, Currency);
        return new MoneyEstimate(value, value - width, value + width, _context.Confidence, _method);
    }

    internal Money Of(Int128 micro) => new((decimal)micro / CandidateActions.Micro, Currency);
}
