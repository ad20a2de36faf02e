namespace MlSystemDesign.Features;

/// <summary>Puts arithmetic over features in an order in which each comes after those that it reads.</summary>
internal static class ExpressionOrder
{
    /// <summary>Orders the expressions of a plan that has no faults, and so no circles.</summary>
    internal static ExpressionStep[] Of(SlottedFeature[] features)
    {
        Dictionary<string, SlottedFeature> byName = features.ToDictionary(f => f.Definition.Name, StringComparer.Ordinal);
        List<ExpressionStep> steps = [];
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (SlottedFeature feature in features)
        {
            Visit(feature, byName, steps, done);
        }

        return [.. steps];
    }

    private static void Visit(SlottedFeature feature, Dictionary<string, SlottedFeature> byName, List<ExpressionStep> steps, HashSet<string> done)
    {
        if (feature.Definition.Aggregate != FeatureAggregate.Expression || !done.Add(feature.Definition.Name))
        {
            return;
        }

        Arithmetic arithmetic = Arithmetic.Parse(feature.Definition.Expression!);
        SlottedFeature[] operands = [.. arithmetic.Names.Select(n => byName[n])];
        foreach (SlottedFeature operand in operands)
        {
            Visit(operand, byName, steps, done);
        }

        steps.Add(new ExpressionStep(arithmetic, [.. operands.Select(o => o.Slot)], feature.Slot));
    }
}
