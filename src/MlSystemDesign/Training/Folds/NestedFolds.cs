namespace MlSystemDesign.Training;

/// <summary>Out-of-fold predictions of a whole training, for trainers that wrap another one.</summary>
/// <remarks>
/// The wrapped trainer makes its own folds inside: early stopping, penalty and calibration see the rows that it is given. So the whole of it is trained again
/// without each outer fold, and its calibrated model predicts that fold: whatever a wrapper fits, chooses or drops owes nothing to the rows predicted.
/// Folds run one after the other; the wrapped trainer uses the threads.
/// </remarks>
internal static class NestedFolds
{
    /// <summary>Trains without each fold and predicts it, then trains on all rows.</summary>
    /// <returns>The result of the last training, with n out-of-fold predictions in row order, and the remarks of the folds.</returns>
    internal static async ValueTask<TrainingResult> TrainAsync(
        TrainingSet training, TrainingContext context, Func<TrainingSet, TrainingContext, CancellationToken, ValueTask<TrainingResult>> train, CancellationToken cancellationToken)
    {
        GroupedFolds folds = GroupedFolds.Assign(training, context.Folds, context.Seed);
        double[] outOfFold = new double[training.Count];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (TrainingSet inside, CalibrationSet outside) = training.SplitOff(folds.FoldOfRow, fold);
            TrainingResult part = await train(inside, Part(context, fold, folds.Count + 1), cancellationToken).ConfigureAwait(false);
            FoldLoop.Scatter(part.Model.Predict(outside.Features), folds.FoldOfRow, fold, outOfFold);
        }

        cancellationToken.ThrowIfCancellationRequested();
        TrainingResult all = await train(training, Part(context, folds.Count, folds.Count + 1), cancellationToken).ConfigureAwait(false);
        return all with
        {
            OutOfFold = outOfFold,
            Objective = context.Objective.Measure(outOfFold, training),
            Remarks = [.. folds.Remarks.Except(all.Remarks), .. all.Remarks],
        };
    }

    private static TrainingContext Part(TrainingContext context, int index, int count) =>
        context.Progress is null ? context : context with { Progress = new PartProgress(context.Progress, index, count) };
}
