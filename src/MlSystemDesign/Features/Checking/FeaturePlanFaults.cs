namespace MlSystemDesign.Features;

/// <summary>Finds every fault of a plan at once.</summary>
internal static class FeaturePlanFaults
{
    internal static IReadOnlyList<string> Of(FeaturePlan plan, HistorySchema? history)
    {
        List<string> faults = [];
        if (plan.Features.Count == 0)
        {
            faults.Add("A feature plan must declare at least one feature. Got none. Start with FeaturePlan.For(source, f => ...).");
        }

        AddNames(plan, faults);
        AddCustomNames(plan, faults);
        DerivedColumnFaults.Add(plan, history, faults);
        Dictionary<string, SourceSchema> sources = new(StringComparer.Ordinal);
        foreach (SourceSchema source in history?.Sources ?? [])
        {
            sources.TryAdd(source.Name, plan.WithDerived(source));
        }

        foreach (FeatureDefinition feature in plan.Features)
        {
            faults.AddRange(FeatureFaults.Of(feature));
            if (history is not null && feature.TraitsOrNull is { } traits && traits.Input != AggregateInput.Features)
            {
                faults.AddRange(SourceFaults.Of(feature, sources.GetValueOrDefault(feature.Source ?? string.Empty), history));
            }
        }

        PlanExpressions.AddFaults(plan, faults);
        return [.. faults.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Lists names for a message: all of a few, the first of many.</summary>
    internal static string List(IEnumerable<string> names)
    {
        const int most = 20;
        string[] all = [.. names];
        return all.Length == 0 ? "(there is none)" : all.Length <= most ? string.Join(", ", all) : $"{string.Join(", ", all.Take(most))} and {all.Length - most} more";
    }

    private static void AddNames(FeaturePlan plan, List<string> faults)
    {
        foreach (IGrouping<string, FeatureDefinition> same in plan.Features.GroupBy(f => f.Name, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(same.Key))
            {
                faults.Add("Every feature must have a name. Got an empty one. Name it.");
            }
            else if (same.Count() > 1)
            {
                faults.Add($"Feature names must be unique. Got '{same.Key}' {same.Count()} times. Declare it once, or give its filter an alias of its own.");
            }
        }
    }

    // A plan refers to them by name when it is saved.
    private static void AddCustomNames(FeaturePlan plan, List<string> faults) => faults.AddRange(
        plan.Features.Select(f => f.Custom).OfType<IWindowAggregate>().Distinct().GroupBy(a => a.Name, StringComparer.Ordinal)
            .Where(same => same.Count() > 1 && !string.IsNullOrWhiteSpace(same.Key))
            .Select(same => $"Custom aggregates must have names of their own. Got {same.Count()} named '{same.Key}'. Use one instance for all features, or give each another name."));
}
