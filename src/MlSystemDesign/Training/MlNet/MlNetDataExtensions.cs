using Microsoft.ML;

namespace MlSystemDesign.Training.MlNet;

/// <summary>Hands feature tables to ML.NET, so that existing pipelines can train on point-in-time features.</summary>
/// <remarks>
/// A number column becomes a Single (missing is NaN; digits beyond float are lost), a category a Text (missing is empty text, so a column may not have both missing values and the level ""). Nothing is copied: the view reads the
/// table, in row order. Beware: ML.NET's converted LightGBM models mis-score missing values, and its linear trainers drop rows that have any; impute first.
/// </remarks>
public static class MlNetDataExtensions
{
    /// <summary>The name of the target column.</summary>
    public const string LabelColumn = "Label";

    /// <summary>The name of the column of row weights.</summary>
    public const string WeightColumn = "Weight";

    /// <summary>Views a feature table.</summary>
    /// <param name="table">n rows.</param>
    /// <returns>n rows, one column per feature under its name.</returns>
    /// <exception cref="ArgumentException">A category has both the level "" and missing values.</exception>
    public static IDataView ToDataView(this FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        RequireOneEmpty(table);
        return ColumnDataView.Of(table, []);
    }

    /// <summary>Views a labelled set: its features, then "Label" (Boolean for a probability, Single for a value) and, when rows are weighted, "Weight" (Single).</summary>
    /// <param name="set">n rows.</param>
    /// <exception cref="ArgumentException">A feature is named "Label" or "Weight", or a category has both the level "" and missing values.</exception>
    public static IDataView ToDataView(this LabelledSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return View(set, CancellationToken.None);
    }

    /// <summary>As <see cref="ToDataView(LabelledSet)"/>; the token ends whoever reads the rows.</summary>
    internal static IDataView View(LabelledSet set, CancellationToken cancellationToken)
    {
        foreach (string name in new[] { LabelColumn, WeightColumn })
        {
            if (set.Features.Schema.IndexOf(name) >= 0)
            {
                throw new ArgumentException($"A feature must not have the name of the target or weight column. Got a feature '{name}'. Rename it.", nameof(set));
            }
        }

        RequireOneEmpty(set.Features);
        List<ColumnDataView.Column> extra =
        [
            set.TargetKind == TargetKind.Probability
                ? ColumnDataView.Column.Boolean(LabelColumn, row => set.Targets[row] == 1)
                : ColumnDataView.Column.Single(LabelColumn, row => set.Targets[row]),
        ];
        if (!set.Weights.IsEmpty)
        {
            extra.Add(ColumnDataView.Column.Single(WeightColumn, row => set.Weights[row]));
        }

        return ColumnDataView.Of(set.Features, extra, cancellationToken);
    }

    private static void RequireOneEmpty(FeatureTable table)
    {
        for (int c = 0; c < table.Schema.Count; c++)
        {
            FeatureColumn column = table.Schema[c];
            if (column.Kind == ColumnKind.Category && column.CodeOf(string.Empty) is var empty and >= 0 && table.Codes(c).Contains(empty) && table.Codes(c).ContainsAnyInRange(int.MinValue, -1))
            {
                throw new ArgumentException(
                    $"A category must not have both the level \"\" and missing values for ML.NET, which holds both as empty text. Got both in '{column.Name}'. Give the empty level another name.", nameof(table));
            }
        }
    }
}
