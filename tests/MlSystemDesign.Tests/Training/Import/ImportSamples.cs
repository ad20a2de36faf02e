using System.Globalization;
using MlSystemDesign.Training.Import;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Training.Import;

/// <summary>Models that XGBoost 1.7.4 (Debian's python3-xgboost) saved, with rows and the margins that it predicted for them.</summary>
/// <remarks>
/// The rows hold values on split conditions, on the floats before them, on the border between those two and on the doubles next to it;
/// missing values; every category code and some beyond; in a file of their own, codes that are negative or no whole numbers. The last number of a line is the margin, a float in the fewest digits.
/// </remarks>
internal static class ImportSamples
{
    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Training", "Import", "Fixtures", file);

    public static byte[] Json(string name) => File.ReadAllBytes(Path(name + ".json"));

    public static string Text(string name) => File.ReadAllText(Path(name + ".json"));

    public static TreeModelFile Model(string name) => XGBoostModelJson.Read(Json(name));

    public static (double[] Values, float Margin)[] Rows(string name) =>
        [.. File.ReadLines(Path(name + ".rows.txt")).Select(line => line.Split(' ')).Select(parts => (
            parts[..^1].Select(part => part == "nan" ? double.NaN : double.Parse(part, CultureInfo.InvariantCulture)).ToArray(),
            float.Parse(parts[^1], CultureInfo.InvariantCulture)))];

    /// <summary>The schema of the categorical model, with levels a0, a1, … for its codes.</summary>
    public static FeatureSchema CategoricalSchema(int planLevels = 4, int regionLevels = 40) => new(
    [
        Number("spend"), Category("plan", planLevels), Number("age days"), Category("region", regionLevels),
    ]);

    public static FeatureColumn Number(string name) => new() { Name = name, Kind = ColumnKind.Number };

    public static FeatureColumn Category(string name, int levels) => new()
    {
        Name = name,
        Kind = ColumnKind.Category,
        Levels = [.. Enumerable.Range(0, levels).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}"))],
    };
}
