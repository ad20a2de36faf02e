namespace MlSystemDesign.Training;

/// <summary>Describes the columns that transforms make of others.</summary>
internal static class DerivedColumn
{
    /// <summary>A number column made of another: it keeps the business feature of its source.</summary>
    /// <param name="source">What it is made of.</param>
    /// <param name="name">The name wanted; a user's own column or level may already have it.</param>
    /// <param name="what">What it says, for the lineage.</param>
    /// <param name="names">The names that are taken; the name given is added.</param>
    internal static FeatureColumn Of(FeatureColumn source, string name, string what, HashSet<string> names) => new()
    {
        Name = Free(name, names),
        Kind = ColumnKind.Number,
        Group = source.Group,
        Lineage = source.Lineage.Length == 0 ? $"{what}, of {source.Name}" : $"{what}, of {source.Name}: {source.Lineage}",
    };

    private static string Free(string name, HashSet<string> names)
    {
        while (!names.Add(name))
        {
            name += "'";
        }

        return name;
    }
}
