using System.Globalization;

namespace MlSystemDesign.Tests.Training;

/// <summary>The Telco table of ../shared/data: 7,043 customers, 26.54 % churned.</summary>
internal static class TelcoChurn
{
    private static readonly string[] Numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
    private static readonly Lazy<TrainingSet> Rows = new(Read);

    public const string File = "telco_churn.csv";

    public static TrainingSet Set => Rows.Value;

    private static TrainingSet Read()
    {
        // The file holds no quotes.
        string[][] lines = [.. System.IO.File.ReadAllLines(SharedData.Path(File)).Select(l => l.Split(','))];
        string[] header = lines[0];
        string[][] rows = lines[1..];
        FeatureTableBuilder builder = new(rows.Select(r => new EntityKey(r[0])));
        for (int c = 1; c < header.Length - 1; c++)
        {
            int column = c;
            builder = Numbers.Contains(header[c])
                ? builder.Number(header[c], [.. rows.Select(r => double.TryParse(r[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) ? v : double.NaN)])
                : builder.Category(header[c], [.. rows.Select(r => r[column])]);
        }

        return new TrainingSet(builder.Build(), [.. rows.Select(r => r[^1] == "Yes" ? 1.0 : 0)]);
    }
}
