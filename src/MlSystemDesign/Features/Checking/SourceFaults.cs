namespace MlSystemDesign.Features;

/// <summary>Finds where a definition does not fit its source.</summary>
internal static class SourceFaults
{
    internal static IEnumerable<string> Of(FeatureDefinition feature, SourceSchema? source, HistorySchema history)
    {
        if (source is null)
        {
            yield return $"A feature must read a source of the history. Got '{feature.Source}'. Use one of: {FeaturePlanFaults.List(history.Sources.Select(s => s.Name))}.";
            yield break;
        }

        if (!feature.ReadsOneFact && source.Kind != SourceKind.Events)
        {
            yield return $"{FeatureFaults.An(feature.Word)} must read a source of events. Got '{source.Name}', which holds attributes. Use Attribute or Category.";
        }

        if (feature.NeedsColumn && feature.Column is not null)
        {
            int column = source.IndexOf(feature.Column);
            string? fault = column < 0
                ? $"A feature must read a column of source '{source.Name}'. Got '{feature.Column}'. Use one of: {FeaturePlanFaults.List(source.Columns.Select(c => c.Name))}."
                : KindFault(feature, source.Columns[column].Kind);
            if (fault is not null)
            {
                yield return fault;
            }
        }

        foreach (EventFilter filter in feature.Where)
        {
            if (FeatureFaults.IsComparison(filter) && filter.FaultFor(source) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static string? KindFault(FeatureDefinition feature, ColumnKind kind)
    {
        (ColumnKind wanted, string holds) = kind == ColumnKind.Number ? (ColumnKind.Category, "numbers") : (ColumnKind.Number, "categories");
        AggregateInput clash = kind == ColumnKind.Number ? AggregateInput.Category : AggregateInput.Number;
        return feature.Traits.Input == clash
            ? $"{FeatureFaults.An(feature.Aggregate)} must read a {wanted.ToString().ToLowerInvariant()} column. Got '{feature.Column}' of source '{feature.Source}', which holds {holds}. {feature.Entry?.Instead ?? $"Name a {wanted.ToString().ToLowerInvariant()} column."}"
            : null;
    }
}
