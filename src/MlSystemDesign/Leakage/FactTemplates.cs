namespace MlSystemDesign.Leakage;

/// <summary>Values for invented facts: real ones, so that they pass the filters that real facts pass, and extreme ones, so that sums cannot hide them.</summary>
internal static class FactTemplates
{
    private const int Real = 4;
    private const int Synthetic = 6;

    /// <summary>Collects templates for one source.</summary>
    /// <param name="tables">The facts of the sampled entities; the columns and levels are the same in all.</param>
    internal static FactTemplate[] For(IReadOnlyList<FactTable> tables)
    {
        SourceSchema schema = tables[0].Schema;
        List<FactTemplate> templates = [];
        FactTable[] filled = [.. tables.Where(t => t.Count > 0)];
        for (int i = 0; i < Math.Min(Real, filled.Length); i++)
        {
            FactTable table = filled[i * filled.Length / Math.Min(Real, filled.Length)];
            int fact = table.Count * (i + 1) / (Real + 1);
            templates.Add(new FactTemplate(
                [.. schema.Columns.Select((column, c) => column.Kind == ColumnKind.Number ? table.Numbers(c)[fact] : double.NaN)],
                [.. schema.Columns.Select((column, c) => column.Kind == ColumnKind.Category ? table.Codes(c)[fact] : -1)]));
        }

        for (int i = 0; i < Synthetic; i++)
        {
            double extreme = (i % 2 == 0 ? 1 : -1) * (4321.125 + (i * 1000));
            templates.Add(new FactTemplate(
                [.. schema.Columns.Select(_ => extreme)],
                [.. schema.Columns.Select((_, c) => tables[0].Levels[c] is { Count: > 0 } levels ? (int)((long)i * levels.Count / Synthetic) : -1)]));
        }

        return [.. templates];
    }
}
