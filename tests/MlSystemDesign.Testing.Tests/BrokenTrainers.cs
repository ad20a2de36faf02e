using MlSystemDesign.Training;

namespace MlSystemDesign.Testing.Tests;

/// <summary>A trainer that is right but for one thing.</summary>
internal static class BrokenTrainers
{
    internal static IModelTrainer Right { get; } = new LogisticTrainer();

    internal static Dictionary<string, Func<Task<ConformanceReport>>> All { get; } = new()
    {
        ["availability never throws"] = () => TrainerConformance.CheckAsync(new Trainer((s, c, t) => Right.TrainAsync(s, c, t)) { IsThrowing = true }),
        ["equal inputs give equal results"] = Check((parts, r, _, _) => Scaled(r, 1 / (1.0 + parts.Next()))),
        ["safe for concurrent use"] = () =>
        {
            BrokenParts parts = new();
            return TrainerConformance.CheckAsync(new Trainer(async (s, c, t) =>
            {
                double scale = parts.IsShared() ? 0.5 : 1;
                return Scaled(await Right.TrainAsync(s, c, t), scale);
            }));
        },
        ["cancellation obeyed"] = () => TrainerConformance.CheckAsync(new Trainer((s, c, _) => Right.TrainAsync(s, c))),
        ["inputs untouched"] = Check((_, r, s, _) => { BrokenParts.Write(s.Features.Numbers(0)); return r; }),
        ["threads change no bit"] = Check((_, r, _, c) => Scaled(r, c.DegreeOfParallelism > 1 ? 0.5 : 1)),
        ["cancellation obeyed on the way"] = () => TrainerConformance.CheckAsync(new Trainer((s, c, t) =>
        {
            t.ThrowIfCancellationRequested();
            c.Progress?.Report(new TrainingProgress("first fold", 0.1));
            return Right.TrainAsync(s, c with { Progress = null });
        })),
        ["out-of-fold predictions in row order"] = Check((_, r, _, _) => r with { OutOfFold = r.OutOfFold[1..] }),
        ["out-of-fold predictions have not seen their rows"] = Check((_, r, s, _) => r with { OutOfFold = s.Targets.ToArray().Select(t => 0.1 + (0.8 * t)).ToArray() }),
        ["a row's prediction depends on nothing else"] = Check((_, r, s, _) => r with { Model = new TrainedModel("x", TargetKind.Probability, s.Features.Schema, new RowCounter(), r.Model.Calibrator) }),
        ["one class is refused"] = () => TrainerConformance.CheckAsync(new Trainer((s, c, t) => Right.TrainAsync(s.PositiveCount > 0 ? s : new TrainingSet(s.Features, [1, 1, 1, 1, .. s.Targets[4..]]), c, t))),
    };

    private static Func<Task<ConformanceReport>> Check(Func<BrokenParts, TrainingResult, TrainingSet, TrainingContext, TrainingResult> change)
    {
        BrokenParts parts = new();
        return () => TrainerConformance.CheckAsync(new Trainer(async (s, c, t) => change(parts, await Right.TrainAsync(s, c, t), s, c)));
    }

    private static TrainingResult Scaled(TrainingResult result, double scale) => result with { OutOfFold = result.OutOfFold.ToArray().Select(p => p * scale).ToArray() };

    private sealed class Trainer(Func<TrainingSet, TrainingContext, CancellationToken, ValueTask<TrainingResult>> train) : IModelTrainer
    {
        public string Name => "broken";

        public TrainerAvailability Availability => IsThrowing ? throw new DllNotFoundException("broken") : new(true);

        internal bool IsThrowing { get; init; }

        public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default) => train(training, context, cancellationToken);
    }

    private sealed class RowCounter : IPredictor
    {
        public string Kind => "tests.row-counter";

        public void Score(FeatureTable table, Span<double> scores) => scores.Fill(1.0 / table.RowCount);
    }
}
