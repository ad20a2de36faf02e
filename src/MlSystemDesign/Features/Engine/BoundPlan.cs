namespace MlSystemDesign.Features;

/// <summary>A plan tied to the sources of a history: what to read, what to compute, and where results go.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
internal sealed class BoundPlan
{
    private readonly (int Source, int Column)[] _categories; // by slot

    internal BoundPlan(FeaturePlan plan, HistorySchema history)
    {
        IReadOnlyList<string> faults = plan.FaultsFor(history);
        if (faults.Count > 0)
        {
            throw new PlanException("Feature plan", faults);
        }

        History = history;
        Schema = plan.SchemaIn(history);
        NumberFeatures = [.. Enumerable.Range(0, Schema.Count).Where(c => Schema[c].Kind == ColumnKind.Number)];
        CategoryFeatures = [.. Enumerable.Range(0, Schema.Count).Where(c => Schema[c].Kind == ColumnKind.Category)];
        SlottedFeature[] features = Slotted(plan);
        Sources =
        [
            .. Enumerable.Range(0, history.Sources.Count)
                .Select(s => (Index: s, Features: features.Where(f => f.Definition.Source == history.Sources[s].Name && f.Definition.Aggregate != FeatureAggregate.Expression).ToArray()))
                .Where(s => s.Features.Length > 0)
                .Select(s => new SourcePlan(s.Index, history.Sources[s.Index], plan.DerivedColumns, s.Features)),
        ];
        _categories = [.. CategoryFeatures.Select(c => CategoryIn(history, plan.Features[c]))];
        Expressions = ExpressionOrder.Of(features);
        NeedsKnownEntities = plan.Features.Any(f => f.Aggregate == FeatureAggregate.Coverage);
    }

    internal HistorySchema History { get; }

    /// <summary>Gets the columns, with units; categories without levels.</summary>
    internal FeatureSchema Schema { get; }

    /// <summary>Gets the features that are numbers; the place in this list is the slot in a row.</summary>
    internal int[] NumberFeatures { get; }

    /// <summary>Gets the features that are categories; the place in this list is the slot in a row.</summary>
    internal int[] CategoryFeatures { get; }

    /// <summary>Gets one entry per source that the plan reads.</summary>
    internal SourcePlan[] Sources { get; }

    /// <summary>Gets the arithmetic over other features, each after those that it reads.</summary>
    internal ExpressionStep[] Expressions { get; }

    /// <summary>Gets a value indicating whether some feature asks whether anything is known of the entity.</summary>
    internal bool NeedsKnownEntities { get; }

    /// <summary>Calls an action with the slot, the source and its column of each category feature.</summary>
    internal void ForEachCategory(Action<int, int, int> action)
    {
        for (int slot = 0; slot < _categories.Length; slot++)
        {
            action(slot, _categories[slot].Source, _categories[slot].Column);
        }
    }

    private static (int Source, int Column) CategoryIn(HistorySchema history, FeatureDefinition feature)
    {
        int source = 0;
        while (!string.Equals(history.Sources[source].Name, feature.Source, StringComparison.Ordinal))
        {
            source++;
        }

        return (source, history.Sources[source].IndexOf(feature.Column!));
    }

    private static SlottedFeature[] Slotted(FeaturePlan plan)
    {
        int numbers = 0, categories = 0;
        return [.. plan.Features.Select(f => new SlottedFeature(f, f.Kind == ColumnKind.Number ? numbers++ : categories++))];
    }
}

/// <summary>A feature and its place among the row's numbers, or categories.</summary>
internal readonly record struct SlottedFeature(FeatureDefinition Definition, int Slot);
