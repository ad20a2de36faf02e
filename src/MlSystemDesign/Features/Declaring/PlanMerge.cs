namespace MlSystemDesign.Features;

/// <summary>Adds one plan to another.</summary>
/// <remarks>Names given before stay. A name that a feature of another source has already gets its own source's name in front, and the expressions that are added follow. What the
/// plan has already, to the letter, is not added twice.</remarks>
internal sealed class PlanMerge
{
    private readonly FeaturePlan _plan;
    private readonly FeaturePlan _more;
    private readonly Dictionary<string, FeatureDefinition> _existing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeatureDefinition> _added = new(StringComparer.Ordinal);

    private PlanMerge(FeaturePlan plan, FeaturePlan more)
    {
        (_plan, _more) = (plan, more);
        Index(plan, _existing);
        Index(more, _added);
    }

    /// <summary>Returns both.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="more">What is added.</param>
    /// <param name="source">The source that the addition was declared for, if for one: a name that it leaves open is looked for among this source's features first.</param>
    internal static FeaturePlan Of(FeaturePlan plan, FeaturePlan more, string? source = null) => new PlanMerge(plan, more).Run(source);

    private FeaturePlan Run(string? source)
    {
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        foreach ((string name, FeatureDefinition feature) in _added)
        {
            string owner = OwnerOf(feature, _added, source);
            bool taken = owner.Length > 0 && _existing.TryGetValue(name, out FeatureDefinition? other) && OwnerOf(other, _existing, null) != owner;
            renamed[name] = taken ? $"{owner}_{name}" : name;
        }

        string Rename(string name) => renamed.TryGetValue(name, out string? now) ? now : OfSource(name, source);

        // Against the old features only, so that a feature declared twice in one go is still a fault.
        HashSet<FeatureDefinition> had = [.. _plan.Features];
        IEnumerable<FeatureDefinition> features = _more.Features
            .Select(f => f with { Name = renamed.GetValueOrDefault(f.Name ?? string.Empty, f.Name!), Expression = f.Expression is null ? null : Arithmetic.Rename(f.Expression, Rename), Group = f.Group })
            .Where(f => !had.Contains(f));
        return new FeaturePlan([.. _plan.Features, .. features], [.. _plan.DerivedColumns, .. _more.DerivedColumns.Where(d => !_plan.DerivedColumns.Contains(d))]);
    }

    private static void Index(FeaturePlan plan, Dictionary<string, FeatureDefinition> byName)
    {
        foreach (FeatureDefinition feature in plan.Features)
        {
            byName.TryAdd(feature.Name ?? string.Empty, feature);
        }
    }

    /// <summary>Finds the source that a feature is about. An expression is about the source of its operands, when they have one in common; else about none: "".</summary>
    private string OwnerOf(FeatureDefinition feature, Dictionary<string, FeatureDefinition> byName, string? source)
    {
        if (feature.Aggregate != FeatureAggregate.Expression)
        {
            return feature.Source ?? string.Empty;
        }

        HashSet<string> owners = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<FeatureDefinition> open = new([feature]);
        while (open.TryPop(out FeatureDefinition? next))
        {
            if (next.Aggregate != FeatureAggregate.Expression)
            {
                owners.Add(next.Source ?? string.Empty);
                continue;
            }

            foreach (string name in Arithmetic.TryParse(next.Expression, out Arithmetic? arithmetic, out _) ? arithmetic.Names : [])
            {
                if (seen.Add(name) && (byName.TryGetValue(name, out FeatureDefinition? operand) || _existing.TryGetValue(OfSource(name, source), out operand)))
                {
                    open.Push(operand);
                }
            }
        }

        return owners.Count == 1 ? owners.Single() : string.Empty;
    }

    /// <summary>Finds the name that a feature of the source got when another source had its name already.</summary>
    private string OfSource(string name, string? source) =>
        source is not null && !(_existing.TryGetValue(name, out FeatureDefinition? same) && same.Source == source) && _existing.ContainsKey($"{source}_{name}") ? $"{source}_{name}" : name;
}
