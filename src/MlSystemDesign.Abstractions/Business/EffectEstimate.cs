using System.Globalization;

namespace MlSystemDesign;

/// <summary>The effect of an intervention: by which share it lowers the probability of the outcome, on average, and how sure that is.</summary>
/// <remarks>A contacted entity with probability p keeps probability p (1 − effect). A negative effect does harm. Best known from an experiment:
/// 1 − rate treated / rate control, with its standard error.</remarks>
public sealed record EffectEstimate
{
    /// <summary>Creates an estimate.</summary>
    /// <param name="relativeReduction">The mean share of outcomes prevented, at most 1; negative means harm.</param>
    /// <param name="standardError">Its standard error; zero or positive. State it honestly: the interval of the expected money rests on it.</param>
    /// <param name="source">Where it comes from, in words, such as "pilot of May 2025, 4000 per arm".</param>
    public EffectEstimate(double relativeReduction, double standardError, string source)
    {
        if (!(relativeReduction <= 1) || double.IsInfinity(relativeReduction))
        {
            throw new ArgumentOutOfRangeException(
                nameof(relativeReduction),
                $"The relative reduction must be a finite number of at most 1. Got {relativeReduction.ToString(CultureInfo.InvariantCulture)}. Pass the share of outcomes that the intervention prevents.");
        }

        if (!(standardError >= 0) || double.IsInfinity(standardError))
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardError), $"The standard error must be finite and not negative. Got {standardError.ToString(CultureInfo.InvariantCulture)}. Pass the standard error of the estimate.");
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        RelativeReduction = relativeReduction;
        StandardError = standardError;
        Source = source;
    }

    /// <summary>Gets the mean share of outcomes prevented, at most 1.</summary>
    public double RelativeReduction { get; }

    /// <summary>Gets the standard error of <see cref="RelativeReduction"/>.</summary>
    public double StandardError { get; }

    /// <summary>Gets where the estimate comes from.</summary>
    public string Source { get; }

    /// <summary>Estimates the effect from a randomised experiment: 1 − (treated rate / control rate), standard error by the delta method on the log ratio.</summary>
    /// <param name="treatedOutcomes">Outcomes among the treated; at least 1.</param>
    /// <param name="treated">Treated entities.</param>
    /// <param name="controlOutcomes">Outcomes among the control; at least 1.</param>
    /// <param name="control">Control entities.</param>
    /// <param name="source">Where the experiment took place, in words.</param>
    /// <exception cref="ArgumentException">An arm has no outcome, or more outcomes than entities.</exception>
    /// <remarks>Source: Katz et al., Biometrics 34 (1978), for the variance of the log risk ratio.</remarks>
    public static EffectEstimate FromExperiment(int treatedOutcomes, int treated, int controlOutcomes, int control, string source)
    {
        if (treatedOutcomes < 1 || controlOutcomes < 1 || treatedOutcomes > treated || controlOutcomes > control)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Both arms must have at least one outcome and no more outcomes than entities. Got {treatedOutcomes} of {treated} treated and {controlOutcomes} of {control} control. Run the experiment longer."));
        }

        double treatedRate = (double)treatedOutcomes / treated, controlRate = (double)controlOutcomes / control;
        double ratio = treatedRate / controlRate;
        double logVariance = ((1 - treatedRate) / treatedOutcomes) + ((1 - controlRate) / controlOutcomes);
        return new EffectEstimate(1 - ratio, ratio * Math.Sqrt(logVariance), source);
    }
}
