using MlSystemDesign.Tests.Training.Boosting;
using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;
using MlSystemDesign.Training.LightGbm;
using MlSystemDesign.Training.Losses;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.LightGbm;

public class LightGbmOwnLossTests : OwnLossTests
{
    private protected override BoosterUnderTest Booster { get; } = new LightGbmUnderTest();

    // LightGBM's own Huber loss does not fit leaves again, and so is the same thing done inside.
    [BoosterFact]
    public void Update_ByHubersLoss_GrowsTheTreesOfLightGbmsOwn()
    {
        const int rounds = 40;
        TrainingSet set = LossSamples.Amounts(800);
        double[] values = new double[2 * set.Count], targets = set.Targets.ToArray();
        FeatureRows.Fill(set.Features, 0, values);
        BoostingOptions options = new() { LearningRate = 0.2, Leaves = 8, Target = TargetKind.Value, Lambda = 1 };
        using LightGbmBooster builtIn = BoostingSamples.Train(
            values, targets, [], rounds, options, edit: text => text.Replace("objective=regression", "objective=huber alpha=1.5").Replace("boost_from_average=true", "boost_from_average=false"));
        MlSystemDesign.Training.Boosting.BoostingData data = new(values, 2, targets, null, [], TargetKind.Value);
        HuberLoss loss = new(1.5);
        using LightGbmLibrary library = new(options with { Loss = loss }, data);
        using MlSystemDesign.Training.Boosting.IBooster own = new OwnLossLibrary(library, loss).Start(data, [.. Enumerable.Range(0, set.Count)], [], start: 0);

        for (int round = 0; round < rounds; round++)
        {
            own.Update().Should().BeFalse();
        }

        // Not equal to the last bit, since LightGBM scores its training rows by the tree in hand.
        own.Margins(values, set.Count, 2).Zip(builtIn.Margins(values, set.Count, 2), (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6);
        own.Margins(values, set.Count, 2).Distinct().Count().Should().BeGreaterThan(100);
    }
}
