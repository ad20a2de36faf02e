using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Corrects calibrated probabilities from the base rate of the training rows to that of the rows to be scored.</summary>
/// <remarks>
/// With p from the inner calibrator, prior π in training and π′ in use: p′ = p·π′/π ÷ (p·π′/π + (1 − p)·(1 − π′)/(1 − π)), which adds ln(π′/(1 − π′)) − ln(π/(1 − π)) to the
/// log-odds. Holds when only the base rate moved and each class looks as before (prior shift). Sources: Elkan, "The foundations of cost-sensitive
/// learning", IJCAI 2001, theorem 2; Saerens, Latinne and Decaestecker, Neural Computation 14(1), 2002, equation 2.4.
/// </remarks>
public sealed class PriorShiftCalibrator : ICalibrator
{
    /// <summary>The kind under which it is saved.</summary>
    public const string ArtifactKind = "calibrator.prior-shift";

    private readonly double _positive;
    private readonly double _negative;

    /// <summary>Creates a calibrator.</summary>
    /// <param name="inner">Gives probabilities that hold at the training prior.</param>
    /// <param name="trainingPrior">The share of positives among the training rows, in (0, 1).</param>
    /// <param name="deploymentPrior">The share of positives among the rows to be scored, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A prior is not in (0, 1).</exception>
    public PriorShiftCalibrator(ICalibrator inner, double trainingPrior, double deploymentPrior)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (!(trainingPrior is > 0 and < 1) || !(deploymentPrior is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(trainingPrior), string.Create(
                CultureInfo.InvariantCulture,
                $"A prior must lie strictly between 0 and 1. Got {trainingPrior} in training and {deploymentPrior} in use. State the share of positives of each."));
        }

        Inner = inner;
        TrainingPrior = trainingPrior;
        DeploymentPrior = deploymentPrior;
        _positive = deploymentPrior / trainingPrior;
        _negative = (1 - deploymentPrior) / (1 - trainingPrior);
    }

    /// <inheritdoc/>
    public string Kind => ArtifactKind;

    /// <summary>Gets the calibrator whose probabilities hold at the training prior.</summary>
    public ICalibrator Inner { get; }

    /// <summary>Gets the share of positives among the training rows.</summary>
    public double TrainingPrior { get; }

    /// <summary>Gets the share of positives among the rows to be scored.</summary>
    public double DeploymentPrior { get; }

    /// <summary>Gives a model for rows of another base rate; the predictor stays.</summary>
    /// <param name="model">A model of a probability.</param>
    /// <param name="trainingPrior">The share of positives among its training rows, in (0, 1).</param>
    /// <param name="deploymentPrior">The share of positives among the rows to be scored, in (0, 1).</param>
    /// <exception cref="ArgumentException">The model predicts a value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A prior is not in (0, 1).</exception>
    public static TrainedModel Deploy(TrainedModel model, double trainingPrior, double deploymentPrior)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.TargetKind != TargetKind.Probability)
        {
            throw new ArgumentException("Only a model of a probability has a prior. Got a model of a value. Leave it as it is.", nameof(model));
        }

        Dictionary<string, string> facts = new(model.Facts)
        {
            ["prior"] = string.Create(CultureInfo.InvariantCulture, $"{trainingPrior:R} in training, {deploymentPrior:R} in use"),
        };
        return new TrainedModel(
            model.Algorithm, model.TargetKind, model.Schema, model.Predictor, new PriorShiftCalibrator(model.Calibrator, trainingPrior, deploymentPrior), facts);
    }

    /// <inheritdoc/>
    public double Calibrate(double score) => Correct(Inner.Calibrate(score));

    /// <summary>Corrects one probability.</summary>
    /// <param name="probability">A probability that holds at the training prior, in [0, 1]; NaN gives NaN.</param>
    /// <returns>The probability that holds at the prior in use; 0 and 1 stay.</returns>
    public double Correct(double probability)
    {
        double up = probability * _positive;
        if (!double.IsNormal(_positive) && probability is > 0 and < 1)
        {
            // Priors so far apart that their ratio is no double any more; the logarithm of it is.
            return Logistic.Probability(Math.Log(probability) - Math.Log(1 - probability) + Math.Log(DeploymentPrior) - Math.Log(TrainingPrior) - Math.Log(_negative));
        }

        if (probability is 0 or 1)
        {
            return probability;
        }

        return up / (up + ((1 - probability) * _negative));
    }
}
