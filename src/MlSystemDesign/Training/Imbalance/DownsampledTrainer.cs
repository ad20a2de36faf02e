using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Trains another trainer on all positives and a share of the negatives, and corrects its probabilities back to the base rate of all rows.</summary>
/// <remarks>
/// Whether a negative is kept depends on the seed and its entity alone, so neither on the order of the rows nor on which others there are; an entity keeps all its negatives or none. With a share
/// β of the negatives kept (by weight, as drawn), the odds of the sample are 1/β times the true ones: <see cref="PriorShiftCalibrator"/> adds ln β to the log-odds. Source:
/// Dal Pozzolo et al., "Calibrating probability with undersampling for unbalanced classification", IEEE SSCI 2015.
/// Rows that were dropped have out-of-fold predictions too: the inner trainer is trained once more for each fold, without it. Costs folds + 1 trainings. What the inner trainer chooses by the objective, it chooses on corrected probabilities.
/// </remarks>
public sealed class DownsampledTrainer : IModelTrainer
{
    private readonly IModelTrainer _inner;
    private readonly double _negativeShare;

    /// <summary>Creates a trainer.</summary>
    /// <param name="inner">Trains on the sample.</param>
    /// <param name="negativeShare">The share of negatives to keep, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public DownsampledTrainer(IModelTrainer inner, double negativeShare)
    {
        ArgumentNullException.ThrowIfNull(inner);
        OptionRange.InLeftOpen(negativeShare, 0, 1, nameof(negativeShare), nameof(DownsampledTrainer));
        _inner = inner;
        _negativeShare = negativeShare;
    }

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{_inner.Name}, {_negativeShare * 100:0.###} % of negatives");

    /// <inheritdoc/>
    public int Complexity => _inner.Complexity + 1;

    /// <inheritdoc/>
    public TrainerAvailability Availability => _inner.Availability;

    /// <inheritdoc/>
    /// <exception cref="TrainingException">No negative is left in the sample, or the inner trainer refuses it.</exception>
    public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        TrainingRows.RequireProbability(training, Name);
        return NestedFolds.TrainAsync(training, context, TrainOnSampleAsync, cancellationToken);
    }

    /// <summary>The rows kept: all positives, and the negatives of entities whose hash is below the share.</summary>
    internal static int[] Keep(TrainingSet training, double share, int seed)
    {
        string salt = string.Create(CultureInfo.InvariantCulture, $"negatives:{seed}");
        Dictionary<EntityKey, bool> kept = [];
        List<int> rows = [];
        for (int i = 0; i < training.Count; i++)
        {
            EntityKey entity = training.Features.Observations.Entities[i];
            if (!kept.TryGetValue(entity, out bool keep))
            {
                kept[entity] = keep = EntityHash.Share(entity, salt) < share;
            }

            if (keep || training.Targets[i] == 1)
            {
                rows.Add(i);
            }
        }

        return [.. rows];
    }

    private async ValueTask<TrainingResult> TrainOnSampleAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
    {
        TrainingSet sample = training.Select(Keep(training, _negativeShare, context.Seed));
        if (sample.PositiveCount == sample.Count)
        {
            throw new TrainingException(string.Create(
                CultureInfo.InvariantCulture,
                $"A sample must keep at least one negative. Got none of {training.Count - training.PositiveCount} at a share of {_negativeShare}. Keep a larger share."));
        }

        double prior = TrainingRows.Prior(training), samplePrior = TrainingRows.Prior(sample);
        TrainingResult result = await _inner.TrainAsync(sample, PriorCorrectedObjective.For(context, samplePrior, prior), cancellationToken).ConfigureAwait(false);
        PriorShiftCalibrator shift = new(result.Model.Calibrator, samplePrior, prior);
        Dictionary<string, string> facts = new(result.Model.Facts)
        {
            ["negatives kept"] = string.Create(
                CultureInfo.InvariantCulture, $"{sample.Count - sample.PositiveCount} of {training.Count - training.PositiveCount}"),
        };
        return result with { Model = new TrainedModel(Name, result.Model.TargetKind, result.Model.Schema, result.Model.Predictor, shift, facts) };
    }
}
