namespace MlSystemDesign.Features;

/// <summary>Puts arithmetic over features in an order in which each comes after those that it reads.</summary>
internal static class ExpressionOrder
{
    /// <summary>Orders the expressions of a plan that has no faults, and so no circles.</summary>
    /// <param name="features">The features of the plan.</param>
    /// <param name="layout">Gives each expression its place in the row.</param>
    /// <param name="placeOf">The place of each feature, by its position in the plan; those of expressions are set.</param>
    internal static ExpressionStep[] Of(PlannedFeature[] features, RowLayout layout, int[] placeOf)
    {
        Dictionary<string, PlannedFeature> byName = features.ToDictionary(f => f.Definition.Name, StringComparer.Ordinal);
        List<ExpressionStep> steps = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (PlannedFeature feature in features)
        {
            Visit(feature);
        }

        return [.. steps];

        void Visit(PlannedFeature feature)
        {
            if (feature.Definition.Aggregate != FeatureAggregate.Expression || !done.Add(feature.Definition.Name))
            {
                return;
            }

            Arithmetic arithmetic = Arithmetic.Parse(feature.Definition.Expression!);
            PlannedFeature[] operands = [.. arithmetic.Names.Select(n => byName[n])];
            foreach (PlannedFeature operand in operands)
            {
                Visit(operand);
            }

            placeOf[feature.Index] = layout.TakeNumbers(1);
            steps.Add(new ExpressionStep(arithmetic, [.. operands.Select(o => placeOf[o.Index])], placeOf[feature.Index]));
        }
    }
}
