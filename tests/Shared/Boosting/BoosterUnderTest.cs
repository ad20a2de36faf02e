using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Tests.Training.Boosting;

/// <summary>A boosting library, for the tests that all have in common.</summary>
internal abstract class BoosterUnderTest
{
    public abstract string TrainerName { get; }

    public abstract IModelTrainer Trainer(BoosterSettings settings);

    /// <summary>What that trainer trains with.</summary>
    public abstract IBoostingLibrary Library(BoosterSettings settings, TrainingSet set, BoostingData data, int seed);
}
