namespace MlSystemDesign.Features;

/// <summary>A family of windows and the tasks over it.</summary>
/// <param name="Family">The windows.</param>
/// <param name="CreateTasks">Makes a thread's tasks, given the place in the row for results that nobody asked for.</param>
internal sealed record FamilyPlan(WindowFamily Family, Func<int, FamilyTask[]> CreateTasks)
{
    internal static FamilyPlan Of(SourceSchema schema, SourceColumns columns, FamilyKey key, SlottedFeature[] features)
    {
        WindowFamily family = new(key, features.Select(f => ScopePlan.WindowOf(f.Definition)));
        return new FamilyPlan(family, unwanted => new TaskFactory(schema, columns, family, unwanted).Create(features));
    }
}
