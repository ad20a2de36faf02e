using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;

namespace MlSystemDesign.Testing.Tests.BadInput;

/// <summary>What training on 100,000 categories allocates. Alone, since the count is of the whole process.</summary>
[Collection("alone")]
public sealed class ManyCategoriesMemoryTests
{
    public static TheoryData<string> Names => [.. Trainers.All.Keys.Where(t => !Trainers.Missing.ContainsKey(t) && t != typeof(MlNetLightGbmTrainer)).Select(t => t.Name)];

    // All together, folds and trainings of trainings: one column per level would be 16 GB in a single fit.
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Train_ManyCategories_AllocatesInProportion(string name)
    {
        TrainingSet set = BadRows.ManyCategories.Value;
        IModelTrainer trainer = Trainers.All.Single(t => t.Key.Name == name).Value();
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await trainer.TrainAsync(set, new TrainingContext { Objective = new LogLossObjective() });

        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(1L << 30);
    }

    [CollectionDefinition("alone", DisableParallelization = true)]
    public sealed class Alone;
}
