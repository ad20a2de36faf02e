namespace MlSystemDesign.Features;

/// <summary>Ties the expressions of a plan to the features that they read.</summary>
internal static class PlanExpressions
{
    /// <summary>Lists the expressions of a plan without faults, each after those that it reads.</summary>
    internal static IReadOnlyList<ExpressionFeature> InOrder(FeaturePlan plan) => Order(Resolve(plan, null)).Ordered;

    internal static void AddFaults(FeaturePlan plan, List<string> faults)
    {
        ExpressionFeature[] circle = [.. WithoutDependents(Order(Resolve(plan, faults)).Left)];
        if (circle.Length > 0)
        {
            faults.Add($"An expression must not lead back to itself. Got a circle through {FeaturePlanFaults.List(circle.Select(e => $"'{plan.Features[e.Feature].Name}'"))}. Let one of them read other features.");
        }
    }

    private static List<ExpressionFeature> Resolve(FeaturePlan plan, List<string>? faults)
    {
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        for (int i = 0; i < plan.Features.Count; i++)
        {
            positions.TryAdd(plan.Features[i].Name ?? string.Empty, i);
        }

        List<ExpressionFeature> expressions = [];
        for (int i = 0; i < plan.Features.Count; i++)
        {
            FeatureDefinition feature = plan.Features[i];
            if (feature.Aggregate != FeatureAggregate.Expression || !Arithmetic.TryParse(feature.Expression, out Arithmetic? arithmetic, out _))
            {
                continue;
            }

            int[] operands = [.. arithmetic.Names.Select(n => positions.GetValueOrDefault(n, -1))];
            expressions.Add(new ExpressionFeature(i, arithmetic, operands));
            if (faults is not null)
            {
                AddOperandFaults(plan, feature, arithmetic, operands, faults);
            }
        }

        return expressions;
    }

    private static void AddOperandFaults(FeaturePlan plan, FeatureDefinition feature, Arithmetic arithmetic, int[] operands, List<string> faults)
    {
        for (int o = 0; o < operands.Length; o++)
        {
            bool unknown = operands[o] < 0;
            if (unknown || plan.Features[operands[o]].TraitsOrNull is { Result: ColumnKind.Category })
            {
                faults.Add($"An expression must read number features of the plan. Got '{arithmetic.Names[o]}' in '{feature.Name}'{(unknown ? string.Empty : ", which is a category")}. Use one of: {FeaturePlanFaults.List(plan.Features.Where(f => f.TraitsOrNull is { Result: ColumnKind.Number } && f != feature).Select(f => f.Name))}.");
            }
        }
    }

    /// <summary>Puts each expression after those that it reads; what is left leads to a circle.</summary>
    private static (List<ExpressionFeature> Ordered, List<ExpressionFeature> Left) Order(List<ExpressionFeature> expressions)
    {
        Dictionary<int, ExpressionFeature> byFeature = expressions.ToDictionary(e => e.Feature);
        Dictionary<int, List<ExpressionFeature>> readers = [];
        Dictionary<int, int> open = [];
        Queue<ExpressionFeature> ready = [];
        foreach (ExpressionFeature expression in expressions)
        {
            int[] needs = [.. expression.Operands.Where(byFeature.ContainsKey)];
            open[expression.Feature] = needs.Length;
            foreach (int need in needs)
            {
                (readers.TryGetValue(need, out List<ExpressionFeature>? list) ? list : readers[need] = []).Add(expression);
            }

            if (needs.Length == 0)
            {
                ready.Enqueue(expression);
            }
        }

        List<ExpressionFeature> ordered = [];
        while (ready.TryDequeue(out ExpressionFeature? next))
        {
            ordered.Add(next);
            foreach (ExpressionFeature reader in readers.GetValueOrDefault(next.Feature) ?? [])
            {
                if (--open[reader.Feature] == 0)
                {
                    ready.Enqueue(reader);
                }
            }
        }

        return (ordered, [.. expressions.Where(e => open[e.Feature] > 0)]);
    }

    /// <summary>Drops those that only read a circle and are not read by one.</summary>
    private static List<ExpressionFeature> WithoutDependents(List<ExpressionFeature> left)
    {
        while (true)
        {
            HashSet<int> read = [.. left.SelectMany(e => e.Operands)];
            List<ExpressionFeature> kept = left.FindAll(e => read.Contains(e.Feature));
            if (kept.Count == left.Count)
            {
                return kept;
            }

            left = kept;
        }
    }
}
