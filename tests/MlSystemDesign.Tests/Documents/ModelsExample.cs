// The example of docs/models.md, run here: the usings and the lines between the two marks stand in the document as they are.
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Explanation;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Documents;

internal static class ModelsExample
{
    internal static async Task RunAsync(TextWriter output, string path)
    {
        //// example
        // A table of 400 customers; in a system it comes from a feature plan.
        Random random = new(1);
        double[] days = [.. Enumerable.Range(0, 400).Select(_ => Math.Round(random.NextDouble() * 90))];
        string[] plans = [.. Enumerable.Range(0, 400).Select(_ => random.Next(2) == 0 ? "basic" : "gold")];
        double[] left = [.. days.Zip(plans, (d, plan) => random.NextDouble() < (d / 120) + (plan == "basic" ? 0.2 : 0) ? 1.0 : 0)];
        FeatureTable table = new FeatureTableBuilder(Enumerable.Range(0, 400).Select(i => (EntityKey)i))
            .Number("days since purchase", days, "d").Category("plan", plans).Build();

        // The simplest model that is not beaten beyond doubt, with calibrated probabilities.
        SimplestSufficientTrainer trainer = new([new BaseRateTrainer(), new LogisticTrainer()]);
        TrainingResult result = await trainer.TrainAsync(new TrainingSet(table, left), new TrainingContext { Objective = new LogLossObjective() });
        TrainedModel model = result.Model;

        // Odds ratios with intervals that allow for several rows of one customer.
        foreach (LogisticCoefficient c in ((LinearPredictor)model.Predictor).CoefficientTable())
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{c.Column}: odds × {c.OddsRatio:0.00} ({c.OddsRatioInterval!.Lower:0.00} to {c.OddsRatioInterval.Upper:0.00})"));
        }

        // Exact reasons for the three likeliest to leave.
        double[] probabilities = model.Predict(table);
        FeatureTable top = table.SelectRows([.. Enumerable.Range(0, 400).OrderByDescending(i => probabilities[i]).Take(3)]);
        AttributionTable attributions = ModelExplainer.Interventional(model, background: table).Explain(top);
        foreach (IReadOnlyList<Reason> reasons in new ReasonWriter(model).Write(attributions, top))
        {
            output.WriteLine(string.Join("; ", reasons.Select(r => r.Text)));
        }

        // One file; it scores wherever .NET runs, without any native library.
        string hash = ArtifactFile.Save(path, model);
        (TrainedModel loaded, string sameHash) = ArtifactFile.Load<TrainedModel>(path);
        output.WriteLine($"loaded: {hash == sameHash}, same scores: {loaded.Predict(table).SequenceEqual(probabilities)}");
        //// end
    }
}
