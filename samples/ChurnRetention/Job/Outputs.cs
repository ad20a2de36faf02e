using MlSystemDesign;
using MlSystemDesign.Csv;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Reporting;

namespace ChurnRetention.Job;

/// <summary>Writes the decision file, the artifact and the report.</summary>
internal static class Outputs
{
    public static async Task<IReadOnlyList<string>> WriteAsync(RetentionResult result, MlSystem system, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string decisions = Path.Combine(folder, "decisions.csv"), artifact = Path.Combine(folder, "churn.mlsystem"), report = Path.Combine(folder, "report.html");
        await new CsvDecisionSink(decisions).DeliverAsync(result.Decisions.Decisions, cancellationToken);
        string hash = system.Save(artifact);
        await DecisionReport.WriteAsync(report, Content(result, hash), cancellationToken);
        return [decisions, artifact, report];
    }

    private static DecisionReportContent Content(RetentionResult result, string hash)
    {
        TrainedSystem system = result.Training.System;
        return new DecisionReportContent
        {
            Title = result.Problem.Title,
            Case = result.Problem.Case,
            GeneratedAt = system.TrainedAt,
            Frame = FrameDescription.Of(system.Frame),
            Decisions = result.Decisions.Decisions,
            Alternatives = [.. result.Alternatives.Select(a => Describe(a, result.Problem.Case.Kpi.Currency))],
            Evaluation = result.Training.Evaluation,
            Explanation = result.Explanation,
            Words = result.Problem.Words,
            Leakage = result.Training.Leakage,
            Drift = result.Drift,
            Model = system.Model,
            TrainingRemarks = result.Training.Training.Remarks,
            DataRemarks = [.. result.Problem.DataRemarks, result.Training.Split.ToString()],
            Limits = result.Problem.Limits,
            SystemHash = hash,
            PolicyHash = ArtifactFile.HashOf(system.Policy),
        };
    }

    private static PlanAlternative Describe(Alternative plan, Currency currency)
    {
        PlanAlternative described = plan.Expected is { } expected ? PlanAlternative.Estimated(plan.Name, expected) : PlanAlternative.Exact(plan.Name, Money.Zero(currency));
        return described with
        {
            Contacts = (int)Math.Round(plan.Contacts),
            IsThisPlan = plan.IsThisPlan,
            TrueValue = plan.True is { } value ? Money.FromDouble(value, currency) : null,
        };
    }
}
