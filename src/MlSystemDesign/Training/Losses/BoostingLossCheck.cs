using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Compares the derivatives of a loss with differences of the loss itself.</summary>
public static class BoostingLossCheck
{
    private const int MostTargets = 16;
    private const double Step = 1e-5, Relative = 1e-3;

    // In units of the targets' spread for values on the scale of the margin, in units of the margin otherwise; no round numbers, where kinks are.
    private static readonly double[] Offsets = [-5.1, -2.3, -1.1, -0.31, -0.052, 0.071, 0.43, 1.3, 3.2, 6.1];

    /// <summary>Looks at the loss at up to 16 of the targets and ten margins around each.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="targets">Targets such as it will meet; at least one, all finite.</param>
    /// <returns>What is wrong, in words; empty when each gradient lies between the slopes of the loss to both sides (within a thousandth) and each hessian is finite and not negative.</returns>
    /// <remarks>Cost: some 500 evaluations of the loss. It need not notice a mistake far from these margins.</remarks>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static IReadOnlyList<string> Run(IBoostingLoss loss, ReadOnlySpan<double> targets)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (targets.IsEmpty)
        {
            throw new ArgumentException("There must be targets to look at a loss with. Got none. Pass those of the training rows.", nameof(targets));
        }

        double[] sorted = targets.ToArray();
        Array.Sort(sorted);
        double scale = loss.Link == ScoreLink.Identity ? Spread(sorted) : 1;
        (double Margin, double Target)[] probes =
        [
            .. Enumerable.Range(0, MostTargets).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (MostTargets - 1))]).Distinct()
                .SelectMany(target => Offsets.Select(offset => (Centre(loss.Link, target) + (offset * scale), target))),
        ];
        double steepest = probes.Max(probe => Math.Abs(loss.Derivatives(probe.Margin, probe.Target).Gradient));
        string?[] faults = [Fault(GradientFault), Fault((margin, target) => HessianFault(loss, margin, target)), AllFlat()];
        return [.. faults.OfType<string>()];

        string? Fault(Func<double, double, string?> of) => probes.Select(probe => of(probe.Margin, probe.Target)).FirstOrDefault(fault => fault is not null);

        string? GradientFault(double margin, double target) => BoostingLossCheck.GradientFault(loss, margin, target, (Step * scale) + (1e-8 * Math.Abs(margin)), steepest);

        string? AllFlat() => Array.TrueForAll(probes, probe => loss.Derivatives(probe.Margin, probe.Target).Hessian == 0)
            ? $"The hessian of loss '{loss.Name}' must be above zero somewhere, since it divides. Got 0 everywhere. Give 1, or an upper bound of the second derivative."
            : null;
    }

    private static double Centre(ScoreLink link, double target) => link switch
    {
        ScoreLink.Identity => target,
        ScoreLink.Log when target > 0 => Math.Log(target),
        _ => 0,
    };

    private static double Spread(double[] values)
    {
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return deviation > 0 && double.IsFinite(deviation) ? deviation : 1;
    }

    private static string? GradientFault(IBoostingLoss loss, double margin, double target, double step, double steepest)
    {
        double below = margin - step, above = margin + step;
        double at = loss.Loss(margin, target), before = loss.Loss(below, target), after = loss.Loss(above, target), gradient = loss.Derivatives(margin, target).Gradient;
        double left = (at - before) / (margin - below), right = (after - at) / (above - margin);
        double rounding = 1e-15 * (Math.Abs(at) + Math.Abs(before) + Math.Abs(after)) / step;
        double tolerance = (Relative * Math.Max(Math.Abs(left), Math.Abs(right))) + rounding + (1e-6 * steepest);

        // Written so that NaN fails.
        return gradient >= Math.Min(left, right) - tolerance && gradient <= Math.Max(left, right) + tolerance
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The gradient of loss '{loss.Name}' must be the slope of the loss. Got {gradient:G6} where the loss changes by {left:G6} to {right:G6} per unit of margin (margin {margin:G6}, target {target:G6}). Correct its sign or factor.");
    }

    private static string? HessianFault(IBoostingLoss loss, double margin, double target)
    {
        double hessian = loss.Derivatives(margin, target).Hessian;
        return hessian >= 0 && double.IsFinite(hessian)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The hessian of loss '{loss.Name}' must be finite and not negative. Got {hessian:G6} (margin {margin:G6}, target {target:G6}). Give a small positive number there, or an upper bound.");
    }
}
