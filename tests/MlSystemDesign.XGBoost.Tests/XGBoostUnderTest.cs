using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Training.Boosting;
using MlSystemDesign.Training.Losses;

namespace MlSystemDesign.XGBoost.Tests;

internal sealed class XGBoostUnderTest : BoosterUnderTest
{
    public override string TrainerName => nameof(XGBoostTrainer);

    public override IModelTrainer Trainer(BoosterSettings settings) => new XGBoostTrainer(Options(settings));

    public override IBoostingLibrary Library(BoosterSettings settings, TrainingSet set, BoostingData data, int seed)
    {
        XGBoostLibrary library = new(Options(settings), seed);
        return settings.Loss is null ? library : new OwnLossLibrary(library, settings.Loss);
    }

    private static XGBoostOptions Options(BoosterSettings settings) => new()
    {
        MaxRounds = settings.MaxRounds,
        EarlyStoppingRounds = settings.EarlyStoppingRounds,
        EarlyStoppingInterval = settings.EarlyStoppingInterval,
        EarlyStoppingMetric = settings.Metric,
        LearningRate = settings.LearningRate,
        Loss = settings.Loss,
        Calibration = settings.Calibration,
        MaxDepth = 3,
        ColumnFraction = settings.Draws ? 0.5 : 1,
        RowFraction = settings.Draws ? 0.7 : 1,
    };
}
