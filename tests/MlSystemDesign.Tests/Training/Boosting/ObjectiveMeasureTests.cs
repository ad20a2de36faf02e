using MlSystemDesign.Training;
using MlSystemDesign.Training.Boosting;

namespace MlSystemDesign.Tests.Training.Boosting;

public class ObjectiveMeasureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Total_IsTheMeasureOfTheFoldTimesTheWeightOfItsRows(bool weighted)
    {
        TrainingSet set = TrainingSamples.Reference(weighted);
        GroupedFolds folds = GroupedFolds.Assign(set, 4, seed: 3);
        BrierObjective objective = new();
        ObjectiveMeasure measure = new(objective, set, folds, loss: null);
        for (int fold = 0; fold < folds.Count; fold++)
        {
            CalibrationSet heldOut = set.SplitOff(folds.FoldOfRow, fold).Outside;
            double[] predictions = [.. Enumerable.Range(0, heldOut.Count).Select(i => (i + 1.0) / (heldOut.Count + 1))];
            double weight = heldOut.Weights.IsEmpty ? heldOut.Count : heldOut.Weights.ToArray().Sum();

            double total = measure.Total(fold, predictions, out string? undefined);

            undefined.Should().BeNull();
            total.Should().BeApproximately(objective.Measure(predictions, heldOut).Value!.Value * weight, 1e-12);
        }
    }
}
