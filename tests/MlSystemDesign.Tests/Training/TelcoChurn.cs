using System.Globalization;

namespace MlSystemDesign.Tests.Training;

/// <summary>The Telco table of ../shared/data (7,043 customers, 26.54 % churned), or nothing where it is absent.</summary>
internal static class TelcoChurn
{
    private static readonly string[] Numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
    private static readonly Lazy<TrainingSet?> Rows = new(Read);

    public static TrainingSet? Set => Rows.Value;

    private static TrainingSet? Read()
    {
        if (Find("telco_churn.csv") is not { } path)
        {
            return null;
        }

        // The file holds no quotes.
        string[][] lines = [.. File.ReadAllLines(path).Select(l => l.Split(','))];
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

    // A linked working tree lies deeper than the repository does, so every folder above is looked at.
    private static string? Find(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}

/// <summary>A test on the Telco table; skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TelcoFactAttribute : FactAttribute
{
    public TelcoFactAttribute()
    {
        if (TelcoChurn.Set is null)
        {
            Skip = "needs telco_churn.csv in ../shared/data beside the repository";
        }
    }
}
