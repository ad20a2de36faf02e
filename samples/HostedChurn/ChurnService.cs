using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MlSystemDesign;
using MlSystemDesign.Lifecycle;
using Samples;

namespace HostedChurn;

/// <summary>The service. It knows one interface of the library: <see cref="IMlSystem"/>.</summary>
internal sealed partial class ChurnService(
    [FromKeyedServices("churn")] IMlSystem system, FakeTimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ChurnService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TrainingRun run = await system.TrainAsync(Shop.HistoryUntil(clock.GetUtcNow()), cancellationToken: stoppingToken);
        Report(logger, run.Evaluation["AUC-ROC"].ToString());
        Queue<ObservationSet> waiting = new();
        for (int week = 1; week <= 14; week++)
        {
            clock.Advance(TimeSpan.FromDays(7));
            IHistory history = Shop.HistoryUntil(clock.GetUtcNow());

            double score = await system.ScoreAsync(history, 7, cancellationToken: stoppingToken);
            DecisionRun decided = await system.DecideAsync(history, cancellationToken: stoppingToken);
            waiting.Enqueue(decided.Candidates.Observations);
            int outcomes = await RecordOutcomesAsync(history, waiting, stoppingToken);
            DriftReport drift = await system.CheckDriftAsync(history, cancellationToken: stoppingToken);
            Week(logger, week, score, decided.Decisions.Decisions.Count, outcomes, drift.Verdict);
        }

        lifetime.StopApplication();
    }

    // An outcome is known once its label window has fully passed: for those who bought and for those who did not.
    private async Task<int> RecordOutcomesAsync(IHistory history, Queue<ObservationSet> waiting, CancellationToken stoppingToken)
    {
        int recorded = 0;
        while (waiting.TryPeek(out ObservationSet? candidates) && system.Current!.Frame.Label(history, candidates) is var labels && labels.CountOf(LabelStatus.Immature) == 0)
        {
            waiting.Dequeue();
            for (int row = 0; row < candidates.Count; row++)
            {
                double outcome = labels.Status[row] == LabelStatus.Positive ? 1 : 0;
                recorded += await system.RecordOutcomeAsync(candidates.Entities[row], labels.LabelWindow(row).End, outcome, stoppingToken) ? 1 : 0;
            }
        }

        return recorded;
    }

    [LoggerMessage(1, LogLevel.Information, "trained: {Auc}")]
    private static partial void Report(ILogger logger, string auc);

    [LoggerMessage(2, LogLevel.Information, "week {Week}: customer 7 has {Score:0.000}; {Decisions} letters; {Outcomes} outcomes recorded; drift {Drift}")]
    private static partial void Week(ILogger logger, int week, double score, int decisions, int outcomes, DriftVerdict drift);
}
