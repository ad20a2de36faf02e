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

        foreach (FeatureDefinition feature in plan.Features)
        {
            AddOwn(feature, faults);
            if (history is not null)
            {
                AddAgainst(feature, history, faults);
            }
        }

        return [.. faults.Distinct(StringComparer.Ordinal)];
    }

    private static void AddOwn(FeatureDefinition feature, List<string> faults)
    {
        if (!Enum.IsDefined(feature.Aggregate))
        {
            faults.Add($"The aggregate of '{feature.Name}' must be one of {string.Join(", ", Enum.GetNames<FeatureAggregate>())}. Got {(int)feature.Aggregate}. Use one of them.");
        }

        if (feature.NeedsWindow && feature.Window is null)
        {
            faults.Add($"A {FeatureNames.Verb(feature.Aggregate)} must have a window. Got none for '{feature.Name}' of source '{feature.Source}'. Call Over or OverDays before it.");
        }
        else if (feature.NeedsWindow && feature.Window is { Kind: WindowKind.Fixed } window && window.Length <= TimeSpan.Zero)
        {
            faults.Add($"A window must have a positive length. Got {window.Length:c} for '{feature.Name}' of source '{feature.Source}'. Pass how far back to look.");
        }
        else if (!feature.NeedsWindow && feature.Window is not null)
        {
            faults.Add($"A {feature.Aggregate} must have no window: it looks at all history. Got {feature.Window.Length:c} for '{feature.Name}'. Leave the window out.");
        }
        else if (feature.Aggregate == FeatureAggregate.Coverage && feature.Window == FeatureWindow.WholeHistory)
        {
            faults.Add($"A coverage must have a window of finite length. Got all history for '{feature.Name}'. Call Over or OverDays before it.");
        }

        if (feature.Aggregate == FeatureAggregate.Coverage && feature.Where.Count > 0)
        {
            faults.Add($"A coverage must have no filter: the source was watched or not, whatever the event. Got '{string.Join(" and ", feature.Where)}' for '{feature.Name}'. Declare it outside Where.");
        }

        if (feature.NeedsColumn != feature.Column is not null)
        {
            faults.Add(feature.NeedsColumn
                ? $"A {feature.Aggregate} must name a column. Got none for '{feature.Name}'. Name one of source '{feature.Source}'."
                : $"A {feature.Aggregate} must name no column. Got '{feature.Column}' for '{feature.Name}'. Leave the column out.");
        }
    }

    private static void AddAgainst(FeatureDefinition feature, HistorySchema history, List<string> faults)
    {
        SourceSchema? source = history.Sources.FirstOrDefault(s => string.Equals(s.Name, feature.Source, StringComparison.Ordinal));
        if (source is null)
        {
            faults.Add($"A feature must read a source of the history. Got '{feature.Source}'. Use one of: {string.Join(", ", history.Sources.Select(s => s.Name))}.");
            return;
        }

        if (!feature.ReadsOneFact && source.Kind != SourceKind.Events)
        {
            faults.Add($"A {FeatureNames.Verb(feature.Aggregate)} must read a source of events. Got '{source.Name}', which holds attributes. Use Attribute or Category.");
        }

        int column = feature.Column is null ? -1 : source.IndexOf(feature.Column);
        if (feature.Column is not null && column < 0)
        {
            faults.Add($"A feature must read a column of source '{source.Name}'. Got '{feature.Column}'. Use one of: {string.Join(", ", source.Columns.Select(c => c.Name))}.");
        }
        else if (column >= 0 && source.Columns[column].Kind != feature.Kind)
        {
            faults.Add(feature.Kind == ColumnKind.Category
                ? $"A Category must read a category column. Got '{feature.Column}' of source '{source.Name}', which holds numbers. Use Attribute."
                : $"A {feature.Aggregate} must read a number column. Got '{feature.Column}' of source '{source.Name}', which holds categories. Use Category, or count events inside Where.");
        }

        faults.AddRange(feature.Where.Select(f => f.FaultFor(source)).OfType<string>());
    }
}
