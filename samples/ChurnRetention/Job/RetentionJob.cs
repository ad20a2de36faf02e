using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.Lifecycle;

namespace ChurnRetention.Job;

/// <summary>What one run of the job gives.</summary>
internal sealed record RetentionResult(RetentionProblem Problem, TrainingRun Training, DecisionRun Decisions, IReadOnlyList<Alternative> Alternatives, DriftReport Drift);

/// <summary>One way to spend the budget: what it costs, what the system expects of it, and, in the simulator, what it is truly worth.</summary>
internal sealed record Alternative(string Name, int Contacts, double Cost, double Expected, MoneyEstimate? Interval, double? True);

/// <summary>Trains, decides, compares with simple rules: the six steps on one business.</summary>
internal static class RetentionJob
{
    public static MlSystem CreateSystem(RetentionProblem problem, int seed, ILedger ledger) => new(
        "churn",
        new MlSystemParts
        {
            Case = problem.Case,
            Frame = problem.Frame,
            Features = new BatchFeatureBuilder(problem.Plan),
            Ledger = ledger,
        },
        new MlSystemOptions { Seed = seed },
        timeProvider: new ReplayClock(problem.Now));

    public static async Task<RetentionResult> RunAsync(
        RetentionProblem problem, MlSystem system, IProgress<SystemProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingRun training = await system.TrainAsync(problem.History, progress, cancellationToken);
        DecisionRun run = await system.DecideAsync(problem.History, problem.Now, cancellationToken);
        DriftReport drift = await system.CheckDriftAsync(problem.History, problem.Now, cancellationToken);
        return new RetentionResult(problem, training, run, Compare(problem, run), drift);
    }

    private static List<Alternative> Compare(RetentionProblem problem, DecisionRun run)
    {
        BusinessCase @case = problem.Case;
        FeatureTable candidates = run.Candidates;
        Func<int, int, double> expected = Baselines.Expected(@case, candidates, run.Predictions);
        Func<int, int, double>? truth = TrueValue(problem, candidates);
        List<PlannedContact> silence = Baselines.InOrder(Baselines.BySilence(candidates, problem.RecencyColumn), @case);
        List<PlannedContact> plan = PlanOf(run, @case);
        return
        [
            new("do nothing", 0, 0, 0, null, truth is null ? null : 0),
            new(
                "contact at random",
                silence.Count,
                CostOf(silence, @case),
                Baselines.ValueOfRandom(candidates.RowCount, @case, expected),
                null,
                truth is null ? null : Baselines.ValueOfRandom(candidates.RowCount, @case, truth)),
            new(
                "contact the longest silent",
                silence.Count,
                CostOf(silence, @case),
                Baselines.ValueOf(silence, expected),
                null,
                truth is null ? null : Baselines.ValueOf(silence, truth)),
            new(
                "this plan",
                plan.Count,
                CostOf(plan, @case),
                (double)run.Decisions.ExpectedValue.Value.Amount,
                run.Decisions.ExpectedValue,
                truth is null ? null : Baselines.ValueOf(plan, truth)),
        ];
    }

    private static double CostOf(IEnumerable<PlannedContact> contacts, BusinessCase @case) => contacts.Sum(c => (double)@case.Interventions[c.Intervention].Cost.Amount);

    private static List<PlannedContact> PlanOf(DecisionRun run, BusinessCase @case)
    {
        Dictionary<EntityKey, int> rowOf = Enumerable.Range(0, run.Candidates.RowCount).ToDictionary(i => run.Candidates.Observations.Entities[i]);
        string[] names = [.. @case.Interventions.Select(i => i.Name)];
        return [.. run.Decisions.Decisions.Select(d => new PlannedContact(rowOf[d.Entity], Array.IndexOf(names, d.Intervention)))];
    }

    // The simulator knows each customer's true churn probability and reaction at the instant of the decision.
    private static Func<int, int, double>? TrueValue(RetentionProblem problem, FeatureTable candidates)
    {
        if (problem.Truth is not { } truth)
        {
            return null;
        }

        int[] customer = [.. Enumerable.Range(0, candidates.RowCount).Select(i => truth.IndexOf(candidates.Observations.Entities[i].ToString()))];
        return (row, a) => truth.IncrementalValue(customer[row], (Simulation.ContactAction)a, problem.Now);
    }
}
