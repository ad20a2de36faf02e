using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MlSystemDesign.Benchmarks.Report;

namespace MlSystemDesign.Benchmarks.Models;

/// <summary>Writes the table of models on real data.</summary>
internal static class ModelsReport
{
    internal static string Of(IReadOnlyList<ModelFigures> figures, IReadOnlyList<string> skipped)
    {
        StringBuilder text = new();
        CultureInfo invariant = CultureInfo.InvariantCulture;
        text.AppendLine("# Models on real data beside scikit-learn").AppendLine();
        text.AppendLine("Written by `benchmarks … models`. Every trainer has its default settings. Nothing was tuned on German credit; draws of the other files are among the rows that LightGBM's defaults were chosen on. Mean ± standard deviation over seeds 1, 2, …, which draw the folds and what the trainer draws.");
        text.AppendLine("Out of fold: 5 folds, the predictions of all of them measured together, calibrated by cross-fitting. The penalty, or the number of rounds, is one for all folds and chosen on these same out-of-fold rows, a choice of one number that flatters a little. The references are scikit-learn 1.2.1 on the same files with its own folds of one seed: logistic regression, and histogram gradient boosting (150 trees, 60 for hotels; for TV churn on the folds of our own seeds).");
        text.AppendLine("The bar is the reference less one standard deviation over our seeds, for hotels 0.80. Savings: 1 − cost ÷ the lesser cost of contacting nobody or everybody. Hotels: the test rows are arrivals of 2017, and the columns are those fixed when booking by the description of the data, which leaves `deposit_type` and `adr` among them.");
        text.AppendLine(invariant, $"Two threads. {RunFacts.Processor()}; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}{RunFacts.Load()}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.").AppendLine();
        text.AppendLine("| data: rows × columns | model | seeds | measured | mean ± s.d. | reference | bar | met | AUC | log loss | reference log loss | seconds a training |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (ModelFigures f in figures)
        {
            string measured = f.Savings.Length > 0 ? "savings" : f.Data.MostSeeds < int.MaxValue ? "AUC, later rows" : "AUC, out of fold";
            text.AppendLine(invariant, $"| {f.Data.Name}: {f.Rows:N0} × {f.Columns} | {f.Bar.Trainer.Name} | {f.Auc.Length} | {measured} | **{Spread(f.Measured)}** | {f.Bar.Reference} | ≥ {f.Least:F4} | {(f.IsMet ? "yes" : "**no**")} | {Spread(f.Auc)} | {Spread(f.LogLoss)} | {f.Bar.ReferenceLoss?.ToString(invariant) ?? "unknown"} | {f.Seconds / f.Auc.Length:F1} |");
        }

        if (skipped.Count > 0)
        {
            text.AppendLine().AppendLine("Skipped:").AppendLine();
            foreach (string reason in skipped)
            {
                text.AppendLine(invariant, $"- {reason}");
            }
        }

        return text.ToString();
    }

    private static string Spread(double[] values) => string.Create(CultureInfo.InvariantCulture, $"{values.Average():F4} ± {ModelFigures.Deviation(values):F4}");
}
