using System.Globalization;

namespace MlSystemDesign.Leakage;

/// <summary>Suspects columns that nearly tell the outcome by themselves, by their value or by being missing.</summary>
internal static class StrengthCheck
{
    internal const string Name = "single-feature AUC";

    private const int FewRows = 5;
    private const double Chance = 0.01;

    internal static CheckOutcome Run(TrainingSet? training, double limit, List<LeakageFinding> findings, CancellationToken cancellationToken)
    {
        if (training is null)
        {
            return new CheckOutcome(Name, CheckStatus.NotRun, "there is no training set");
        }

        if (training.TargetKind != TargetKind.Probability)
        {
            return new CheckOutcome(Name, CheckStatus.NotRun, "the target is a value; the area under the ROC curve needs a yes/no outcome");
        }

        int positives = training.PositiveCount, negatives = training.Count - positives;
        if (positives < FewRows || negatives < FewRows)
        {
            return new CheckOutcome(Name, CheckStatus.Undefined, string.Create(
                CultureInfo.InvariantCulture, $"it needs {FewRows} rows of each class; there are {positives} positive and {negatives} negative ones"));
        }

        FeatureTable table = training.Features;
        for (int c = 0; c < table.Schema.Count; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double auc, double p) = StrengthOf(table, c, training.Targets);
            Suspect(table.Schema[c].Name, "its value", auc, p);
            if (MissingOf(table, c) is { } missing)
            {
                (auc, p) = ColumnStrength.Of(missing, training.Targets);
                Suspect(table.Schema[c].Name, "being missing", auc, p);
            }
        }

        return new CheckOutcome(Name, CheckStatus.Run, string.Create(
            CultureInfo.InvariantCulture, $"{table.Schema.Count} column(s) and their missing values over {positives} positive and {negatives} negative rows; suspicious from {limit:0.###}"));

        void Suspect(string column, string what, double auc, double p)
        {
            // A high area over a handful of rows is chance; Bonferroni over both looks at every column.
            if (auc >= limit && p * 2 * table.Schema.Count < Chance)
            {
                findings.Add(new LeakageFinding(
                    Name,
                    LeakageSeverity.Suspicion,
                    column,
                    string.Create(CultureInfo.InvariantCulture, $"'{column}' alone, by {what}, separates the outcomes with an AUC of {auc:0.0000} over {positives} positive and {negatives} negative rows (limit {limit:0.###})."),
                    "Find out when the column is filled in: if that is after the outcome, or because of it, remove it or declare when it is known."));
            }
        }
    }

    private static (double Auc, double PValue) StrengthOf(FeatureTable table, int column, ReadOnlySpan<double> outcomes)
    {
        if (table.Schema[column].Kind == ColumnKind.Category)
        {
            return ColumnStrength.Of(ColumnStrength.Encode(table.Codes(column), outcomes, table.Observations.Entities), outcomes);
        }

        // Missing is a side of its own: nobody knows which, so the stronger one counts.
        (double Auc, double PValue) low = ColumnStrength.Of(ColumnStrength.WithMissing(table.Numbers(column), below: true), outcomes);
        (double Auc, double PValue) high = ColumnStrength.Of(ColumnStrength.WithMissing(table.Numbers(column), below: false), outcomes);
        return low.Auc >= high.Auc ? low : high;
    }

    private static double[]? MissingOf(FeatureTable table, int column)
    {
        double[] missing = new double[table.RowCount];
        int count = 0;
        for (int i = 0; i < missing.Length; i++)
        {
            missing[i] = (table.Schema[column].Kind == ColumnKind.Number ? double.IsNaN(table.Numbers(column)[i]) : table.Codes(column)[i] < 0) ? 1 : 0;
            count += (int)missing[i];
        }

        return count == 0 || count == missing.Length ? null : missing;
    }
}
