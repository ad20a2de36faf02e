namespace MlSystemDesign.Features;

/// <summary>A plan tied to the sources of a history: what to read, what to compute, and where results go.</summary>
/// <remarks>Immutable; shared by all threads.</remarks>
internal sealed class BoundPlan
{
    internal BoundPlan(FeaturePlan plan, HistorySchema history)
    {
        IReadOnlyList<string> faults = plan.FaultsFor(history);
        if (faults.Count > 0)
        {
            throw new PlanException("Feature plan", faults);
        }

        History = history;
        Schema = plan.SchemaIn(history);
        PlannedFeature[] features = [.. plan.Features.Select((f, i) => new PlannedFeature(f, i))];
        int[] placeOf = new int[features.Length];
        Sources =
        [
            .. Enumerable.Range(0, history.Sources.Count)
                .Select(s => (Index: s, Features: features.Where(f => f.Reads(history.Sources[s].Name)).ToArray()))
                .Where(s => s.Features.Length > 0)
                .Select(s => new SourcePlan(s.Index, history.Sources[s.Index], plan, s.Features, Layout, placeOf)),
        ];
        Expressions = [.. PlanExpressions.InOrder(plan).Select(e => Step(e, placeOf))];
        Numbers = [.. features.Where(f => f.Definition.Kind == ColumnKind.Number).Select(f => new NumberFeature(f.Index, placeOf[f.Index]))];
        Categories = [.. features.Where(f => f.Definition.Kind == ColumnKind.Category).Select(f => CategoryIn(history, f, placeOf[f.Index]))];
        NeedsKnownEntities = plan.Features.Any(f => f.Aggregate == FeatureAggregate.Coverage);
    }

    internal HistorySchema History { get; }

    /// <summary>Gets the columns, with units; categories without levels.</summary>
    internal FeatureSchema Schema { get; }

    internal NumberFeature[] Numbers { get; }

    internal CategoryFeature[] Categories { get; }

    /// <summary>Gets where the results of tasks lie in a row.</summary>
    internal RowLayout Layout { get; } = new();

    /// <summary>Gets one entry per source that the plan reads.</summary>
    internal SourcePlan[] Sources { get; }

    /// <summary>Gets the arithmetic over other features, each after those that it reads.</summary>
    internal ExpressionStep[] Expressions { get; }

    /// <summary>Gets a value indicating whether some feature asks whether anything is known of the entity.</summary>
    internal bool NeedsKnownEntities { get; }

    private ExpressionStep Step(ExpressionFeature expression, int[] placeOf)
    {
        placeOf[expression.Feature] = Layout.TakeNumbers(1);
        return new ExpressionStep(expression.Arithmetic, [.. expression.Operands.Select(o => placeOf[o])], placeOf[expression.Feature]);
    }

    private static CategoryFeature CategoryIn(HistorySchema history, PlannedFeature feature, int place)
    {
        int source = 0;
        while (!feature.Reads(history.Sources[source].Name))
        {
            source++;
        }

        return new CategoryFeature(feature.Index, place, source, history.Sources[source].IndexOf(feature.Definition.Column!));
    }
}

/// <summary>A feature and its position in the plan.</summary>
internal readonly record struct PlannedFeature(FeatureDefinition Definition, int Index)
{
    internal bool Reads(string source) => Definition.Aggregate != FeatureAggregate.Expression && string.Equals(Definition.Source, source, StringComparison.Ordinal);
}

/// <summary>A number feature.</summary>
/// <param name="Column">Its column in the table.</param>
/// <param name="Place">Its place in a row.</param>
internal readonly record struct NumberFeature(int Column, int Place);

/// <summary>A category feature.</summary>
/// <param name="Column">Its column in the table.</param>
/// <param name="Place">Its place in a row.</param>
/// <param name="Source">The source that its codes come from.</param>
/// <param name="SourceColumn">The column of the source that they come from.</param>
internal readonly record struct CategoryFeature(int Column, int Place, int Source, int SourceColumn);
