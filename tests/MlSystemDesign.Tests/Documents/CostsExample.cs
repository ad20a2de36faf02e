// The second example of docs/models.md, run here: the usings and the lines between the two marks stand in the document as they are.
using System.Data;
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Evaluation;
using MlSystemDesign.History;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Documents;

internal static class CostsExample
{
    internal static async Task RunAsync(TextWriter output)
    {
        //// example
        // A ready table, from a file or a query: features, the outcome, and what each decision costs in that row.
        using DataTable customers = new() { Locale = CultureInfo.InvariantCulture };
        customers.Columns.AddRange([new("days", typeof(double)), new("plan"), new("left"), new("offer", typeof(double)), new("fee", typeof(double)), new("nothing", typeof(double))]);
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            (double days, string plan) = (Math.Round(random.NextDouble() * 90), random.Next(2) == 0 ? "basic" : "gold");
            bool left = random.NextDouble() < (days / 200) + (plan == "basic" ? 0.1 : 0);
            customers.Rows.Add(days, plan, left ? "yes" : "no", 8.0, Math.Round(5 + (95 * random.NextDouble())), 0.0);
        }

        using DataTableReader reader = customers.CreateDataReader();
        FeatureTableIngest read = FeatureTableReader.Read(reader, m => m.Number("days").Category("plan").Target("left", "yes")
            .Costs(falsePositive: "offer", falseNegative: "fee", truePositive: "offer", trueNegative: "nothing", Currency.Eur));
        TrainingSet all = new(read.Features, read.Targets.Span, costs: read.Costs);
        TrainingSet training = all.Select([.. Enumerable.Range(0, 1500)]), later = all.Select([.. Enumerable.Range(1500, 500)]);
        HoldoutSet holdout = new(later.Features, later.Targets, costs: later.Costs);

        // Trained and chosen by what decisions cost; decided row by row; reported in the same money.
        TrainingResult result = await new LogisticTrainer().TrainAsync(training, new TrainingContext { Objective = new ExpectedCostObjective() });
        double[] probabilities = result.Model.Predict(holdout.Features);
        CostSavings saved = MinimumExpectedCost.Evaluate(MinimumExpectedCost.Decide(probabilities, holdout), holdout);
        EvaluationReport report = await new DecisionEvaluator().EvaluateAsync(new EvaluationContext { Holdout = holdout, Predictions = probabilities });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"offers to {saved.Acted} of 500 cost {saved.Cost:0} {saved.Currency}; to nobody {saved.CostOfNone:0}, to all {saved.CostOfAll:0}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"out of fold {result.Objective.Value:0.00} {result.Objective.Unit} per row; {report["savings"].Name} {report["savings"].Value:0.00}"));
        //// end
    }
}
