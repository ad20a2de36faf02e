using System.Globalization;
using MlSystemDesign;
using Spectre.Console;

namespace ChurnRetention.Job;

/// <summary>What a business reader sees at the end of a run.</summary>
internal static class ConsoleReport
{
    public static void Print(RetentionResult result, IAnsiConsole console)
    {
        DecisionSet decisions = result.Decisions.Decisions;
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(result.Problem.Title)).LeftJustified());
        console.MarkupLineInterpolated($"Decision: {result.Problem.Case.Decision}");
        console.MarkupLineInterpolated($"Model: {result.Training.Training.Model.Algorithm}, artifact {result.Training.Hash[..12]}");
        foreach (string remark in result.Training.Training.Remarks)
        {
            console.MarkupLineInterpolated($"  [grey]{remark}[/]");
        }

        PrintSplit(result, console);
        PrintQuality(result, console);
        PrintPlan(decisions, console);
        PrintAlternatives(result, console);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Drift against the training rows: {result.Drift.Verdict}, {result.Drift.Columns.Count(c => c.Verdict == DriftVerdict.Material)} of {result.Drift.Columns.Count} columns material");
    }

    private static void PrintSplit(RetentionResult result, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine(result.Training.Split.ToString());
    }

    private static void PrintQuality(RetentionResult result, IAnsiConsole console)
    {
        console.WriteLine();
        foreach (Metric metric in result.Training.Evaluation.Metrics)
        {
            console.MarkupLineInterpolated($"  {metric.ToString()}");
        }

        if (result.Training.Evaluation.DecisionValue is { } value)
        {
            console.MarkupLineInterpolated($"  Value of the same policy on the holdout, by what then happened: {value.ToString()}");
        }

        console.MarkupLineInterpolated($"Leakage: {result.Training.Leakage.Verdict}");
        foreach (CheckOutcome check in result.Training.Leakage.Checks)
        {
            console.MarkupLineInterpolated($"  [grey]{check.ToString()}[/]");
        }

        foreach (LeakageFinding finding in result.Training.Leakage.Findings)
        {
            console.MarkupLineInterpolated($"  [yellow]{finding.Severity}: {finding.Evidence} {finding.Remedy}[/]");
        }
    }

    private static void PrintPlan(DecisionSet decisions, IAnsiConsole console)
    {
        Table table = new Table().Title("Whom to contact first").AddColumns("customer", "action", "not before", "not after", "probability", "at stake", "cost", "expected, net");
        foreach (Decision decision in decisions.Decisions.Take(10))
        {
            table.AddRow(
                Markup.Escape(decision.Entity.ToString()),
                Markup.Escape(decision.Intervention),
                Day(decision.NotBefore),
                Day(decision.NotAfter),
                decision.Probability.ToString("0.000", CultureInfo.InvariantCulture),
                decision.ValueAtStake.ToString(),
                decision.Cost.ToString(),
                decision.ExpectedValue.Value.ToString());
        }

        console.WriteLine();
        console.Write(table);
        foreach (Decision decision in decisions.Decisions.Take(10))
        {
            console.MarkupLineInterpolated($"  [bold]{decision.Entity.ToString()}[/] {string.Join("; ", decision.Reasons)}");
        }

        foreach (IGrouping<string, Decision> group in decisions.Decisions.GroupBy(d => d.Intervention, StringComparer.Ordinal))
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {group.Key}: {group.Count()} of {decisions.Candidates} candidates");
        }

        foreach (NoActionReason reason in decisions.NoAction)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  [grey]no action for {reason.Count}: {reason.Reason}[/]");
        }

        foreach (ConstraintPrice price in decisions.Prices)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {price.Constraint}: {price.Used:0.##} of {price.Limit:0.##} used; one more would bring {price.Price}");
        }
    }

    private static void PrintAlternatives(RetentionResult result, IAnsiConsole console)
    {
        string currency = result.Problem.Case.Kpi.Currency.Code;
        bool known = result.Problem.Truth is not null;
        Table table = new Table().Title($"What each plan is expected to keep, {currency}, net of cost").AddColumns("plan", "contacts", "cost", "expected", "95 % interval");
        if (known)
        {
            table.AddColumn("true value");
        }

        foreach (Alternative plan in result.Alternatives)
        {
            List<string> cells =
            [
                plan.Name,
                Amount(plan.Contacts),
                Amount(plan.Cost),
                Amount((double)(plan.Expected?.Value.Amount ?? 0)),
                plan.Expected is { } expected ? $"{Amount((double)expected.Lower.Amount)} to {Amount((double)expected.Upper.Amount)}" : string.Empty,
            ];
            if (known)
            {
                cells.Add(Amount(plan.True!.Value));
            }

            table.AddRow([.. cells]);
        }

        console.WriteLine();
        console.Write(table);
    }

    private static string Amount(double amount) => amount.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
