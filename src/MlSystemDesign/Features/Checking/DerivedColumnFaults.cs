namespace MlSystemDesign.Features;

/// <summary>Finds what is wrong with a plan's derived columns.</summary>
internal static class DerivedColumnFaults
{
    internal static void Add(FeaturePlan plan, HistorySchema? history, List<string> faults)
    {
        foreach (IGrouping<(string, string), DerivedColumn> same in plan.DerivedColumns.GroupBy(d => (d.Source, d.Name)).Where(g => g.Count() > 1))
        {
            faults.Add($"Derived columns must have names of their own. Got '{same.Key.Item2}' of source '{same.Key.Item1}' {same.Count()} times. Derive it once, or rename one.");
        }

        Dictionary<string, HashSet<string>> later = plan.DerivedColumns.GroupBy(d => d.Source ?? string.Empty, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(d => d.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        Dictionary<string, List<string>> earlier = new(StringComparer.Ordinal);
        foreach (DerivedColumn derived in plan.DerivedColumns)
        {
            string source = derived.Source ?? string.Empty;
            List<string> before = earlier.TryGetValue(source, out List<string>? list) ? list : earlier[source] = [];
            if (string.IsNullOrWhiteSpace(derived.Source) || string.IsNullOrWhiteSpace(derived.Name))
            {
                faults.Add($"A derived column must have a source and a name. Got '{derived.Source}' and '{derived.Name}' for '{derived.Expression}'. Name both.");
            }

            if (!Arithmetic.TryParse(derived.Expression, out Arithmetic? arithmetic, out string? fault))
            {
                faults.Add($"The derived column '{derived.Name}' must be arithmetic over columns. {fault}");
            }
            else
            {
                faults.AddRange(arithmetic.Names.Where(n => later[source].Contains(n) && !before.Contains(n)).Select(n =>
                    $"A derived column must read columns derived before it. Got '{n}' in '{derived.Name}' of source '{derived.Source}'. Derive '{n}' first, and nothing from itself."));
            }

            if (history is not null)
            {
                AddAgainst(derived, arithmetic, history, later[source], faults);
            }

            before.Add(derived.Name);
        }
    }

    private static void AddAgainst(DerivedColumn derived, Arithmetic? arithmetic, HistorySchema history, HashSet<string> derivedNames, List<string> faults)
    {
        SourceSchema? source = history.Sources.FirstOrDefault(s => string.Equals(s.Name, derived.Source, StringComparison.Ordinal));
        if (source is null)
        {
            faults.Add($"A derived column must read a source of the history. Got '{derived.Source}' for '{derived.Name}'. Use one of: {FeaturePlanFaults.List(history.Sources.Select(s => s.Name))}.");
            return;
        }

        if (derived.Name is not null && source.IndexOf(derived.Name) >= 0)
        {
            faults.Add($"A derived column must have a name that its source has not. Got '{derived.Name}', a column of source '{source.Name}'. Give it another name.");
        }

        faults.AddRange((arithmetic?.Names ?? []).Where(n => !derivedNames.Contains(n)).Select(n => (Name: n, Column: source.IndexOf(n)))
            .Where(n => n.Column < 0 || source.Columns[n.Column].Kind != ColumnKind.Number)
            .Select(n => n.Column < 0
                ? $"A derived column must read number columns of source '{source.Name}'. Got '{n.Name}' in '{derived.Name}'. Use one of: {FeaturePlanFaults.List(source.Columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name))}."
                : $"A derived column must read number columns of source '{source.Name}'. Got '{n.Name}' in '{derived.Name}', which holds categories. Use one of: {FeaturePlanFaults.List(source.Columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name))}."));
    }
}
