using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Trains another trainer on rows weighted by class, and corrects its probabilities back to the base rate of the rows as they are.</summary>
/// <remarks>
/// Class weights change what a regularised model spends its capacity on, and, uncorrected, every probability: a model of balanced classes says 0.5 where the truth is the
/// base rate. The weighted rows are rows of another prior, so <see cref="PriorShiftCalibrator"/> undoes the shift exactly. The factors are constants, so the inner trainer's own
/// out-of-fold predictions stay honest; "balanced" ones use the two class totals of all training rows and nothing else of them. What the inner trainer chooses by the objective, it chooses on corrected probabilities of rows that weigh
/// as they did before.
/// </remarks>
public sealed class ClassWeightedTrainer : IModelTrainer
{
    private readonly IModelTrainer _inner;
    private readonly ClassWeights? _weights;

    /// <summary>Creates a trainer.</summary>
    /// <param name="inner">A trainer that uses the weights of its rows, as all built-in ones do.</param>
    /// <param name="weights">The factors; <see cref="ClassWeights.Balanced"/> of the training rows when absent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is not positive and finite.</exception>
    public ClassWeightedTrainer(IModelTrainer inner, ClassWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        weights?.Validate();
        _inner = inner;
        _weights = weights;
    }

    /// <inheritdoc/>
    public string Name => $"{_inner.Name}, class-weighted";

    /// <inheritdoc/>
    public int Complexity => _inner.Complexity + 1;

    /// <inheritdoc/>
    public TrainerAvailability Availability => _inner.Availability;

    /// <inheritdoc/>
    public async ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        TrainingRows.RequireProbability(training, Name);
        TrainingRows.RequireLearnable(training);
        ClassWeights factors = _weights ?? ClassWeights.Balanced(training);
        TrainingSet weighted = factors.Apply(training);
        double prior = TrainingRows.Prior(training), weightedPrior = TrainingRows.Prior(weighted);
        TrainingResult result = await _inner.TrainAsync(weighted, PriorCorrectedObjective.For(context, weightedPrior, prior), cancellationToken).ConfigureAwait(false);
        PriorShiftCalibrator shift = new(result.Model.Calibrator, weightedPrior, prior);
        double[] outOfFold = Array.ConvertAll(result.OutOfFold.ToArray(), shift.Correct);
        Dictionary<string, string> facts = new(result.Model.Facts)
        {
            ["class weights"] = string.Create(CultureInfo.InvariantCulture, $"{factors.Positive:R} positive, {factors.Negative:R} negative"),
        };
        return result with
        {
            Model = new TrainedModel(Name, result.Model.TargetKind, result.Model.Schema, result.Model.Predictor, shift, facts),
            OutOfFold = outOfFold,
            Objective = context.Objective.Measure(outOfFold, training),
        };
    }
}
