namespace MlSystemDesign.Features;

/// <summary>The features that read the same source through the same filters: computed together from one look at the facts.</summary>
internal sealed class ScopePlan
{
    internal ScopePlan(SourceSchema schema, SourceColumns columns, IReadOnlyList<EventFilter> where, PlannedFeature[] features, RowLayout layout, int[] placeOf)
    {
        Where = [.. where.Select(f => (f, columns.IndexOf(f.Column)))];
        Families =
        [
            .. features
                .GroupBy(f => FamilyKey.Of(WindowOf(f.Definition)))
                .Select(group =>
                {
                    WindowFamily family = new(group.Key, group.Select(f => WindowOf(f.Definition)));
                    FamilyLayout places = layout.TakeFamily();
                    return new FamilyPlan(family, places.Family, new TaskFactory(schema, columns, family, places).Create([.. group], placeOf));
                }),
        ];
    }

    /// <summary>Gets the filters and their columns.</summary>
    internal (EventFilter Filter, int Column)[] Where { get; }

    internal FamilyPlan[] Families { get; }

    /// <summary>Returns the window of a feature; what has none by nature looks at all history.</summary>
    internal static FeatureWindow WindowOf(FeatureDefinition feature) => feature.Window ?? FeatureWindow.WholeHistory;
}
