namespace MlSystemDesign.Training.Losses;

/// <summary>What the links compute, and which calibrator of a saved model stands for one.</summary>
internal static class ScoreLinks
{
    public static double Predict(this ScoreLink link, double margin) => link switch
    {
        ScoreLink.Logit => Logistic.Probability(margin),
        ScoreLink.Log => Math.Exp(margin),
        _ => margin,
    };

    /// <summary>The calibrator of a value model.</summary>
    public static ICalibrator ValueCalibrator(this ScoreLink link) => link == ScoreLink.Log ? new ExponentialCalibrator() : new IdentityCalibrator();

    /// <exception cref="TrainingException">The link does not give what the targets are, or the loss is not what it says.</exception>
    public static void Require(IBoostingLoss loss, TrainingSet training)
    {
        bool fits = (training.TargetKind == TargetKind.Probability) == (loss.Link == ScoreLink.Logit) && Enum.IsDefined(loss.Link);
        if (!fits)
        {
            throw new TrainingException(
                $"The link of a loss must be {nameof(ScoreLink.Logit)} for probabilities, and {nameof(ScoreLink.Identity)} or {nameof(ScoreLink.Log)} for values. Got {loss.Link} of loss '{loss.Name}' for {training.TargetKind}. Use another loss or target.");
        }

        if (BoostingLossCheck.Run(loss, training.Targets) is [string fault, ..])
        {
            throw new TrainingException(fault);
        }
    }
}
