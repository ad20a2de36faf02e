using Microsoft.Extensions.Logging;
using MlSystemDesign.Explanation;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign;

/// <summary>One training, step by step: frame, split, features, guard, train, evaluate, summarise.</summary>
internal sealed class TrainingFlow(string name, MlSystemParts parts, MlSystemOptions options, ArtifactCodecs codecs, TimeProvider time, ILogger logger)
{
    internal async ValueTask<TrainingRun> RunAsync(IHistory history, IProgress<SystemProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new("frame", 0));
        LabelledObservations labels = Frame(history, progress, cancellationToken);
        TemporalSplit split = TemporalSplit.LastMature(labels, options.HoldoutCutoffs, options.Embargo);
        CutoffRows total = split.Report.Total;
        Log.Framed(logger, name, total.Training, total.Test, total.Purged);

        progress?.Report(new("features", 0));
        FeatureTable features = await parts.Features.BuildAsync(history, labels.Observations, cancellationToken).ConfigureAwait(false);
        (TrainingSet training, HoldoutSet holdout) = split.Apply(features, parts.Case.Kpi.Value);

        progress?.Report(new("leakage", 0));
        LeakageReport leakage = await parts.Guard.InspectAsync(
            new LeakageContext
            {
                History = history,
                Features = parts.Features,
                Frame = parts.Frame,
                Labels = labels,
                Training = training,
                Holdout = holdout,
                Seed = options.Seed,
                Progress = progress is null ? null : new Relay<double>(share => progress.Report(new("leakage", share))),
            },
            cancellationToken).ConfigureAwait(false);
        Log.Inspected(logger, name, leakage.Verdict, leakage.Findings.Count);
        if (options.RefuseProvenLeakage)
        {
            leakage.ThrowIfLeaking();
        }

        progress?.Report(new("train", 0));
        TrainingResult trained = await parts.Trainer.TrainAsync(
            training,
            new TrainingContext
            {
                Objective = parts.Objective,
                Seed = options.Seed,
                Folds = options.Folds,
                DegreeOfParallelism = options.DegreeOfParallelism,
                Progress = progress is null ? null : new Relay<TrainingProgress>(p => progress.Report(new("train: " + p.Stage, p.Share))),
            },
            cancellationToken).ConfigureAwait(false);

        progress?.Report(new("evaluate", 0));
        EvaluationReport evaluation = await parts.Evaluator.EvaluateAsync(
            new EvaluationContext
            {
                Holdout = holdout,
                Predictions = trained.Model.Predict(holdout.Features),
                Case = parts.Case,
                Policy = parts.Policy,
                LeadTime = parts.Frame.LeadTime,
                Confidence = options.Confidence,
                Seed = options.Seed,
            },
            cancellationToken).ConfigureAwait(false);

        progress?.Report(new("reference", 0));
        (ReasonSettings? reasons, trained) = Reasons(trained, training.Features);
        TrainedSystem system = new()
        {
            Name = name,
            Case = parts.Case,
            Frame = parts.Frame,
            Features = parts.Features,
            Model = trained.Model,
            Policy = parts.Policy,
            DriftReference = parts.Monitor.Summarize(training.Features.AlignTo(trained.Model.Schema), trained.OutOfFold.Span),
            Reasons = reasons,
            TrainedAt = time.GetUtcNow(),
            CalibrationError = RelativeError(evaluation.PickedCalibration),
            Confidence = options.Confidence,
            Facts = evaluation.Metrics.Where(m => m.IsDefined).ToDictionary(m => m.Name, m => m.ToString(), StringComparer.Ordinal),
        };
        progress?.Report(new("done", 1));
        return new TrainingRun
        {
            System = system,
            Hash = ArtifactFile.HashOf(system, codecs),
            Split = split.Report,
            Leakage = leakage,
            Training = trained,
            Evaluation = evaluation,
        };
    }

    // What the probabilities of a picked list may be off by: the standard error of observed over predicted on the holdout, or how far that ratio lies
    // from 1 if that is more. Looked at and not to be told (nobody picked, no outcome), they may be off by all of themselves. An evaluator that does
    // not look leaves it unknown, which the interval's method then says.
    private static double RelativeError(Metric? ratio) => ratio switch
    {
        null => 0,
        { Value: > 0 and var value, Interval: { } interval } =>
            Math.Min(1, Math.Max(Math.Abs(value - 1), (interval.Upper - interval.Lower) / 2 / NormalQuantile(interval.Confidence))),
        _ => 1,
    };

    // A trained model is worth more than its reasons: where it cannot be explained, the training says so and ends well.
    private (ReasonSettings? Reasons, TrainingResult Trained) Reasons(TrainingResult trained, FeatureTable training)
    {
        try
        {
            return (parts.Reasons?.For(trained.Model, training), trained);
        }
        catch (ExplanationException e)
        {
            return (null, trained with { Remarks = [.. trained.Remarks, $"Decisions do not say what moved their predictions: {e.Message}"] });
        }
    }

    private static double NormalQuantile(double confidence) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 0.5 + (confidence / 2));

    private LabelledObservations Frame(IHistory history, IProgress<SystemProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<DateTimeOffset> cutoffs = parts.Frame.Cutoffs(history);
        List<ObservationSet> cohorts = [];
        foreach (DateTimeOffset cutoff in cutoffs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cohorts.Add(parts.Frame.Cohort(history, cutoff));
            progress?.Report(new("frame", (double)cohorts.Count / cutoffs.Count));
        }

        return parts.Frame.Label(history, ObservationSet.Concat(cohorts));
    }

    private sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
