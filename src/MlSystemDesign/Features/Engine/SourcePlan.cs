namespace MlSystemDesign.Features;

/// <summary>What a plan reads of one source.</summary>
internal sealed class SourcePlan
{
    internal SourcePlan(int index, SourceSchema schema, FeaturePlan plan, IReadOnlyList<PlannedFeature> features, RowLayout layout, int[] placeOf)
    {
        Index = index;
        Delay = schema.HasKnownTime ? 0 : schema.KnownAfter.Ticks;
        SourceColumns columns = new(schema, plan);
        Scopes =
        [
            .. features
                .GroupBy(f => f.Definition.Where, FilterListComparer.Instance)
                .Select(scope => new ScopePlan(schema, columns, scope.Key, [.. scope], layout, placeOf)),
        ];
        Needs = new FactColumnNeeds(
            schema,
            features.Select(f => f.Definition.Column).OfType<string>().Concat(features.SelectMany(f => f.Definition.Where).Select(w => w.Column)).Select(columns.IndexOf),
            columns.Derived);
    }

    /// <summary>Gets the position of the source in the history.</summary>
    internal int Index { get; }

    /// <summary>Gets how long after they happened facts are known, in ticks; 0 where known times tell.</summary>
    internal long Delay { get; }

    internal FactColumnNeeds Needs { get; }

    internal ScopePlan[] Scopes { get; }

    private sealed class FilterListComparer : IEqualityComparer<IReadOnlyList<EventFilter>>
    {
        internal static FilterListComparer Instance { get; } = new();

        public bool Equals(IReadOnlyList<EventFilter>? x, IReadOnlyList<EventFilter>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(IReadOnlyList<EventFilter> obj) => obj.Count;
    }
}
