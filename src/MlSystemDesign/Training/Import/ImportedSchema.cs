using System.Globalization;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Training.Import;

/// <summary>Compares the schema that a host gives with what a model file says of its features.</summary>
internal static class ImportedSchema
{
    /// <exception cref="ArgumentException">They differ; the message names the column, what was expected and what came.</exception>
    internal static void Require(TreeModelFile file, FeatureSchema schema)
    {
        RequireNames(file, schema);
        for (int c = 0; c < schema.Count; c++)
        {
            if (file.Categorical[c] is { } categorical && categorical != (schema[c].Kind == ColumnKind.Category))
            {
                throw OfKind(schema[c], categorical ? ColumnKind.Category : ColumnKind.Number);
            }
        }

        foreach (Tree tree in file.Ensemble.Trees)
        {
            for (int i = 0; i < tree.Feature.Length; i++)
            {
                RequireSplit(tree.Categories[i], schema[tree.Feature[i]]);
            }
        }
    }

    private static void RequireNames(TreeModelFile file, FeatureSchema schema)
    {
        for (int c = 0; c < Math.Min(schema.Count, file.Features.Length); c++)
        {
            // LightGBM keeps no spaces in names.
            if (file.Features[c] != schema[c].Name && file.Features[c] != schema[c].Name.Replace(' ', '_'))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Column {c + 1} of the schema must be '{file.Features[c]}', as in the model. Got '{schema[c].Name}'. Give the model's features in its order."),
                    nameof(schema));
            }
        }

        int count = file.Ensemble.FeatureCount;
        if (schema.Count != count)
        {
            string first = schema.Count > count ? $", with '{schema[count].Name}' beyond them"
                : file.Features.Length > 0 ? $", without '{file.Features[schema.Count]}'" : "";
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The schema must have the {count} columns of the model. Got {schema.Count}{first}. Give the model's features in its order."), nameof(schema));
        }
    }

    private static void RequireSplit(uint[]? categories, FeatureColumn column)
    {
        if ((categories is not null) != (column.Kind == ColumnKind.Category))
        {
            throw OfKind(column, categories is not null ? ColumnKind.Category : ColumnKind.Number);
        }

        if (categories is null)
        {
            return;
        }

        int highest = Array.FindLastIndex(categories, word => word != 0);
        int code = highest < 0 ? -1 : (highest * 32) + 31 - System.Numerics.BitOperations.LeadingZeroCount(categories[highest]);
        if (code >= column.Levels.Count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{column.Name}' must have a level for every category code that the model splits on, up to {code}. Got {column.Levels.Count} levels. Give the levels in the order of the codes that the model was trained with."));
        }
    }

    private static ArgumentException OfKind(FeatureColumn column, ColumnKind expected) =>
        new($"Column '{column.Name}' must be of kind {expected}, as in the model. Got {column.Kind}. Give the features as the model was trained with.");
}
