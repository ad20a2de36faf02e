using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.Tests.Training.LightGbm;

internal sealed class LightGbmUnderTest : BoosterUnderTest
{
    public override string TrainerName => nameof(LightGbmTrainer);

    public override IModelTrainer Trainer(BoosterSettings settings) => new LightGbmTrainer(Options(settings));

    public override IBoostingLibrary Library(BoosterSettings settings, TrainingSet set, BoostingData data, int seed)
    {
        LightGbmLibrary library = new(Options(settings).ToBoosting(seed, set.Features.Schema, set.Count), data);
        return settings.Loss is null ? library : new OwnLossLibrary(library, settings.Loss);
    }

    private static LightGbmOptions Options(BoosterSettings settings) => new()
    {
        MaxRounds = settings.MaxRounds,
        EarlyStoppingRounds = settings.EarlyStoppingRounds,
        EarlyStoppingInterval = settings.EarlyStoppingInterval,
        EarlyStoppingMetric = settings.Metric,
        LearningRate = settings.LearningRate,
        Loss = settings.Loss,
        Calibration = settings.Calibration,
        MinDataInLeaf = 20,
        Leaves = 8,
        FeatureFraction = settings.Draws ? 0.5 : 1,
        BaggingFraction = settings.Draws ? 0.7 : 1,
    };
}
