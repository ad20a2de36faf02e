using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Losses;

/// <summary>Log loss, as the libraries have it built in.</summary>
internal sealed class OwnLogLoss : IBoostingLoss
{
    public string Name => "own log loss";

    public ScoreLink Link => ScoreLink.Logit;

    public double Loss(double margin, double target) => Math.Max(margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin))) - (target * margin);

    public (double Gradient, double Hessian) Derivatives(double margin, double target)
    {
        double p = 1 / (1 + Math.Exp(-margin));
        return (p - target, p * (1 - p));
    }
}

/// <summary>Focal loss (Lin et al., ICCV 2017): −α (1 − p)^γ ln p of the true class; its second derivative is bounded below, since it turns negative where the model is far off.</summary>
internal sealed class FocalLoss(double gamma = 2, double alpha = 0.25) : IBoostingLoss
{
    public string Name => "focal loss";

    public ScoreLink Link => ScoreLink.Logit;

    public double Loss(double margin, double target)
    {
        (double p, double a, _) = Of(margin, target);
        return -a * Math.Pow(1 - p, gamma) * Math.Log(p);
    }

    public (double Gradient, double Hessian) Derivatives(double margin, double target)
    {
        (double p, double a, double sign) = Of(margin, target);
        double q = 1 - p, weight = a * Math.Pow(q, gamma), log = Math.Log(p);
        return (sign * weight * ((gamma * p * log) - q), Math.Max(1e-3, weight * p * ((gamma * log * (q - (gamma * p))) + (q * ((2 * gamma) + 1)))));
    }

    private (double P, double Alpha, double Sign) Of(double margin, double target) =>
        target == 1 ? (1 / (1 + Math.Exp(-margin)), alpha, 1) : (1 / (1 + Math.Exp(margin)), 1 - alpha, -1);
}

/// <summary>Huber's loss, with the constant hessian that LightGBM uses.</summary>
internal sealed class HuberLoss(double delta) : IBoostingLoss
{
    public string Name => "Huber loss";

    public ScoreLink Link => ScoreLink.Identity;

    public double Loss(double margin, double target)
    {
        double miss = Math.Abs(margin - target);
        return miss <= delta ? miss * miss / 2 : delta * (miss - (delta / 2));
    }

    public (double Gradient, double Hessian) Derivatives(double margin, double target) => (Math.Clamp(margin - target, -delta, delta), 1);
}

/// <summary>The smooth form of Huber's loss that XGBoost has built in.</summary>
internal sealed class PseudoHuberLoss(double delta) : IBoostingLoss
{
    public string Name => "pseudo-Huber loss";

    public ScoreLink Link => ScoreLink.Identity;

    public double Loss(double margin, double target) => delta * delta * (Math.Sqrt(1 + Math.Pow((margin - target) / delta, 2)) - 1);

    public (double Gradient, double Hessian) Derivatives(double margin, double target)
    {
        double miss = margin - target, root = Math.Sqrt(1 + (miss * miss / (delta * delta)));
        return (miss / root, 1 / (root * root * root));
    }
}

/// <summary>The loss of a quantile (Koenker and Bassett, Econometrica 46(1), 1978). Its second derivative is 0: the hessian sets how far a step goes.</summary>
internal sealed class QuantileLoss(double quantile, double hessian = 1) : IBoostingLoss
{
    public string Name => "quantile loss";

    public ScoreLink Link => ScoreLink.Identity;

    public double Loss(double margin, double target) => target > margin ? quantile * (target - margin) : (1 - quantile) * (margin - target);

    public (double Gradient, double Hessian) Derivatives(double margin, double target) => (target > margin ? -quantile : 1 - quantile, hessian);
}

/// <summary>The deviance of counts, by the logarithm of their mean.</summary>
internal sealed class PoissonLoss : IBoostingLoss
{
    public string Name => "Poisson deviance";

    public ScoreLink Link => ScoreLink.Log;

    public double Loss(double margin, double target) => Math.Exp(margin) - (target * margin);

    public (double Gradient, double Hessian) Derivatives(double margin, double target) => (Math.Exp(margin) - target, Math.Exp(margin));
}

/// <summary>Another loss, changed.</summary>
internal sealed class ChangedLoss(IBoostingLoss inner, Func<double, double>? gradient = null, Func<double, double>? hessian = null, ScoreLink? link = null, Func<double, double>? loss = null) : IBoostingLoss
{
    public string Name => "changed loss";

    public ScoreLink Link => link ?? inner.Link;

    public double Loss(double margin, double target) => (loss ?? (value => value))(inner.Loss(margin, target));

    public (double Gradient, double Hessian) Derivatives(double margin, double target)
    {
        (double g, double h) = inner.Derivatives(margin, target);
        return (gradient?.Invoke(g) ?? g, hessian?.Invoke(h) ?? h);
    }
}
