using System.Globalization;
using MlSystemDesign.Testing.Checks;

namespace MlSystemDesign.Testing.Training;

/// <summary>What every trainer promises.</summary>
internal sealed class TrainerChecks(ConformanceRun run, IModelTrainer trainer, TrainingSet training, TrainingContext context, CancellationToken cancellationToken)
{
    internal async Task RunAsync()
    {
        bool isAvailable = false;
        await run.CheckAsync("availability never throws", "Return the reason instead of throwing it.", () =>
        {
            TrainerAvailability availability = trainer.Availability;
            isAvailable = availability.IsAvailable;
            return availability.IsAvailable ? CheckResult.Kept("available")
                : CheckResult.Of(availability.Reason.Length > 0, $"not available: {availability.Reason}", "It is not available, and does not say why.");
        }).ConfigureAwait(false);
        if (!isAvailable)
        {
            run.NotRun("training", "the trainer is not available here");
            return;
        }

        await CommonChecks.RunAsync(run, async token => Text(await TrainAsync(context, token).ConfigureAwait(false)), () => Fingerprint.Of(training)).ConfigureAwait(false);
        await run.CheckAsync("threads change no bit", "Sum in a fixed order, whatever DegreeOfParallelism says.", async () =>
        {
            string one = Text(await TrainAsync(context with { DegreeOfParallelism = 1 }, cancellationToken).ConfigureAwait(false));
            string four = Text(await TrainAsync(context with { DegreeOfParallelism = 4 }, cancellationToken).ConfigureAwait(false));
            return CheckResult.Of(one == four, "1 and 4 threads", "One thread and four gave different models.");
        }).ConfigureAwait(false);
        await run.CheckAsync("cancellation obeyed on the way", "Look at the token between the steps that report progress.", CancelledOnTheWay).ConfigureAwait(false);
        await run.CheckAsync("out-of-fold predictions in row order", "Give one calibrated prediction per training row.", OnePerRow).ConfigureAwait(false);
        await run.CheckAsync("out-of-fold predictions have not seen their rows", "Predict each row by a model that was fitted without any row of its entity.", NothingFromNoise).ConfigureAwait(false);
        await run.CheckAsync("a row's prediction depends on nothing else", "Score each row from its own features alone.", RowByRow).ConfigureAwait(false);
        await run.CheckAsync("one class is refused", "Throw TrainingException when all targets are equal.", OneClass).ConfigureAwait(false);
    }

    private static double Auc(double[] scores, double[] outcomes)
    {
        double[] ones = [.. scores.Where((_, i) => outcomes[i] == 1)], zeros = [.. scores.Where((_, i) => outcomes[i] == 0)];
        return ones.Sum(one => zeros.Sum(zero => one > zero ? 1 : one == zero ? 0.5 : 0)) / ones.Length / zeros.Length;
    }

    private ValueTask<TrainingResult> TrainAsync(TrainingContext how, CancellationToken token) => trainer.TrainAsync(training, how, token);

    private string Text(TrainingResult result) => $"{Fingerprint.Of(result.OutOfFold.Span)} {Fingerprint.Of(result.Model.Predict(training.Features))}";

    private async Task<CheckResult> CancelledOnTheWay()
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        FirstReport first = new(source.Cancel);
        try
        {
            await TrainAsync(context with { Progress = first }, source.Token).ConfigureAwait(false);
            return first.Share is null or >= 0.5
                ? CheckResult.Kept("it tells no progress before half of the work is done")
                : CheckResult.Broken(string.Create(CultureInfo.InvariantCulture, $"It was cancelled when {first.Share:0.00} of the work was done, and went on to its end."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Kept("cancelled at the first progress");
        }
    }

    private async Task<CheckResult> OnePerRow()
    {
        double[] outOfFold = (await TrainAsync(context, cancellationToken).ConfigureAwait(false)).OutOfFold.ToArray();
        bool isValid = Array.TrueForAll(outOfFold, p => double.IsFinite(p) && (training.TargetKind == TargetKind.Value || p is >= 0 and <= 1));
        return outOfFold.Length != training.Count ? CheckResult.Broken($"{training.Count} rows gave {outOfFold.Length} out-of-fold predictions.")
            : CheckResult.Of(isValid, $"{training.Count} rows", "An out-of-fold prediction is not finite, or no probability.");
    }

    /// <summary>Outcomes drawn at random per entity cannot be predicted from other entities: whoever ranks them well has seen them.</summary>
    private async Task<CheckResult> NothingFromNoise()
    {
        Random random = new(context.Seed);
        Dictionary<EntityKey, double> coin = training.Features.Observations.Entities.ToArray().Distinct().Order().ToDictionary(e => e, _ => (double)random.Next(2));
        double positives = coin.Values.Sum(), negatives = coin.Count - positives;
        if (training.TargetKind != TargetKind.Probability || positives < 20 || negatives < 20)
        {
            return CheckResult.Undefined($"there must be yes-or-no targets and some 40 entities; got {training.TargetKind} and {coin.Count}");
        }

        // Six standard errors of an AUC without signal, counted in entities.
        double limit = 0.5 + (6 * Math.Sqrt((positives + negatives + 1) / (12 * positives * negatives)));
        double[] noise = [.. training.Features.Observations.Entities.ToArray().Select(e => coin[e])];
        double[] predicted = (await trainer.TrainAsync(new TrainingSet(training.Features, noise), context, cancellationToken).ConfigureAwait(false)).OutOfFold.ToArray();
        double auc = Auc(predicted, noise);
        return CheckResult.Of(
            auc <= limit,
            string.Create(CultureInfo.InvariantCulture, $"AUC {auc:0.000} on outcomes drawn at random per entity, at most {limit:0.000}"),
            string.Create(CultureInfo.InvariantCulture, $"Outcomes drawn at random per entity are predicted with AUC {auc:0.000}; without having seen them it is at most {limit:0.000}."));
    }

    private async Task<CheckResult> RowByRow()
    {
        TrainedModel model = (await TrainAsync(context, cancellationToken).ConfigureAwait(false)).Model;
        double[] together = model.Predict(training.Features);
        int different = Enumerable.Range(0, Math.Min(training.Count, 50)).Count(i => !model.Predict(training.Features.SelectRows([i]))[0].Equals(together[i]));
        return CheckResult.Of(different == 0, "rows alone and together", $"{different} rows are predicted differently alone than among others.");
    }

    private async Task<CheckResult> OneClass()
    {
        if (training.TargetKind != TargetKind.Probability)
        {
            return CheckResult.Undefined("the targets are no yes or no");
        }

        try
        {
            await trainer.TrainAsync(new TrainingSet(training.Features, new double[training.Count]), context, cancellationToken).ConfigureAwait(false);
            return CheckResult.Broken("It trained a model although no row is positive.");
        }
        catch (TrainingException)
        {
            return CheckResult.Kept("no positive row");
        }
    }
}
