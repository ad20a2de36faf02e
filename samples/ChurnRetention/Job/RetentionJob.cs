using MlSystemDesign;
using MlSystemDesign.Decisions;
using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Lifecycle;

namespace ChurnRetention.Job;

/// <summary>What one run of the job gives.</summary>
internal sealed record RetentionResult(RetentionProblem Problem, TrainingRun Training, DecisionRun Decisions, IReadOnlyList<Alternative> Alternatives, DriftReport Drift, GlobalExplanation Explanation);

/// <summary>One way to spend the budget: what it costs, what the system expects of it, and, in the simulator, what it is truly worth.</summary>
internal sealed record Alternative(string Name, double Contacts, double Cost, MoneyEstimate? Expected, double? True, bool IsThisPlan = false);

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
            Reasons = new ReasonSettings(problem.Words, most: 2), // what moved each prediction, in words and in money
            Ledger = ledger,
        },
        new MlSystemOptions { Seed = seed },
        timeProvider: new ReplayClock(problem.Now));

    public static async Task<RetentionResult> RunAsync(
        RetentionProblem problem, MlSystem system, IProgress<SystemProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TrainingRun training = await system.TrainAsync(problem.History, progress, cancellationToken);
        TrainedModel model = training.System.Model;
        DecisionRun run = await system.DecideAsync(problem.History, problem.Now, cancellationToken);
        progress?.Report(new SystemProgress("explain", 0));
        GlobalExplanation explanation = new GlobalExplainer(model, training.System.Reasons!.ExplainerFor(model), new GlobalExplainerOptions { InteractionRows = 300 }).Explain(run.Candidates, cancellationToken: cancellationToken);
        DriftReport drift = await system.CheckDriftAsync(problem.History, problem.Now, cancellationToken);
        return new RetentionResult(problem, training, run, Compare(problem, run), drift, explanation);
    }

    private static List<Alternative> Compare(RetentionProblem problem, DecisionRun run)
    {
        FeatureTable candidates = run.Candidates;
        Dictionary<EntityKey, int> rowOf = Enumerable.Range(0, candidates.RowCount).ToDictionary(i => candidates.Observations.Entities[i]);
        List<PlannedContact> plan = [.. run.Decisions.Decisions.Select(d => new PlannedContact(rowOf[d.Entity], d.Intervention))];
        Func<PlannedContact, double>? truth = TrueValue(problem, candidates);
        return
        [
            new("do nothing", 0, 0, null, truth is null ? null : 0),
            Value("contact at random", Baselines.AtRandom(candidates.RowCount, problem.Case), run, truth),
            Value("contact the longest silent", Baselines.BySilence(candidates, problem.RecencyColumn, problem.Case), run, truth),
            Value("this plan", plan, run, truth) with { Expected = run.Decisions.ExpectedValue, IsThisPlan = true },
        ];
    }

    private static Alternative Value(string name, List<PlannedContact> plan, DecisionRun run, Func<PlannedContact, double>? truth)
    {
        Dictionary<string, double> costOf = run.Context.Case.Interventions.ToDictionary(i => i.Name, i => (double)i.Cost.Amount, StringComparer.Ordinal);
        return new Alternative(
            name, plan.Sum(c => c.Share), plan.Sum(c => c.Share * costOf[c.Intervention]), PlanValue.Of(run.Context, plan), truth is null ? null : plan.Sum(c => c.Share * truth(c)));
    }

    // The simulator knows each customer's true churn probability and reaction at the instant of the decision.
    private static Func<PlannedContact, double>? TrueValue(RetentionProblem problem, FeatureTable candidates)
    {
        if (problem.Truth is not { } truth)
        {
            return null;
        }

        int[] customer = [.. Enumerable.Range(0, candidates.RowCount).Select(i => truth.IndexOf(candidates.Observations.Entities[i].ToString()))];
        return contact => truth.IncrementalValue(customer[contact.Row], Enum.Parse<Simulation.ContactAction>(contact.Intervention, ignoreCase: true), problem.Now);
    }
}
