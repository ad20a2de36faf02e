namespace MlSystemDesign.Training;

/// <summary>A loss of one's own for boosted trees to be grown by, such as a quantile, Huber's or a focal loss.</summary>
/// <remarks>
/// <para>Pure and safe for concurrent use: folds ask on several threads, and equal arguments must give equal bits. The weight of a row is applied by the trainer.</para>
/// <para>Trees are grown by second-order steps: a leaf's value is −Σ gradient ÷ (Σ hessian + penalty), times the learning rate (Friedman, Annals of Statistics 29(5), 2001;
/// Chen and Guestrin, KDD 2016). A leaf is not fitted again afterwards, as LightGBM does for its own quantile loss. Margins start at the constant of least loss.</para>
    /// <para>Gradients and hessians are multiplied by one factor per model, so that their mean hessian at the start is that of the built-in loss: 1 for values, p(1 − p) of the base rate for probabilities. Penalties and
    /// least leaf sizes so mean the same for any loss and any unit of the targets. Without penalties the factor changes nothing.</para>
/// <para><see cref="BoostingLossCheck"/> compares <see cref="Derivatives"/> with differences of <see cref="Loss"/>; every training begins with it.</para>
/// </remarks>
public interface IBoostingLoss
{
    /// <summary>Gets the name, for the model's facts and messages.</summary>
    string Name { get; }

    /// <summary>Gets how predictions follow from margins: <see cref="ScoreLink.Logit"/> for probabilities, one of the others for values.</summary>
    ScoreLink Link { get; }

    /// <summary>The loss of one row, which the number of rounds is chosen by.</summary>
    /// <param name="margin">The sum over the trees so far, any finite number.</param>
    /// <param name="target">0 or 1 for a probability, any finite number for a value.</param>
    /// <returns>Any finite number, lower is better. It must not fall for ever to either side of the margin.</returns>
    double Loss(double margin, double target);

    /// <summary>The derivatives of the loss by the margin.</summary>
    /// <param name="margin">The sum over the trees so far.</param>
    /// <param name="target">The target of the row.</param>
    /// <returns>The first derivative, at a kink any slope between those of both sides; and the second one, finite and not negative. Where the second derivative is zero or negative (a quantile loss, the far
    /// side of a focal loss) give a positive number instead: it sets the length of the step only. With a quantile loss of values that spread by s, 1/s moves a leaf by up to s times the learning rate, in any unit.</returns>
    (double Gradient, double Hessian) Derivatives(double margin, double target);
}
