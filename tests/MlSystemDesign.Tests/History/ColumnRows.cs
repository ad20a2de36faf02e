using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>Random rows as columns, in the forms that a file or a program would hold.</summary>
internal static class ColumnRows
{
    /// <summary>Texts as texts, times as instants.</summary>
    public static FactColumns Texts(Row[] rows, bool corrections = false) => Keyed(
        new FactColumns(rows.Length)
            .Entity([.. rows.Select(r => r.Who)])
            .Time(rows.Select(r => r.At).ToArray())
            .KnownTime(rows.Select(r => r.Known).ToArray())
            .Sequence(rows.Select(r => r.Sequence).ToArray())
            .Number("amount", rows.Select(r => r.Amount).ToArray())
            .Category("kind", [.. rows.Select(r => r.Kind)]),
        rows,
        corrections);

    /// <summary>Texts as codes into dictionaries in the order of appearance, times as ticks.</summary>
    public static FactColumns Coded(Row[] rows, bool corrections = false)
    {
        string[] who = [.. rows.Select(r => r.Who).Distinct()], kinds = [.. rows.Select(r => r.Kind).OfType<string>().Distinct()];
        return Keyed(
            new FactColumns(rows.Length)
                .Entity(rows.Select(r => Array.IndexOf(who, r.Who)).ToArray(), [.. who.Select(w => new EntityKey(w))])
                .Time(rows.Select(r => r.At.UtcTicks).ToArray())
                .KnownTime(rows.Select(r => r.Known.UtcTicks).ToArray())
                .Sequence(rows.Select(r => r.Sequence).ToArray())
                .Number("amount", rows.Select(r => r.Amount).ToArray())
                .Category("kind", rows.Select(r => r.Kind is null ? -1 : Array.IndexOf(kinds, r.Kind)).ToArray(), kinds),
            rows,
            corrections);
    }

    private static FactColumns Keyed(FactColumns columns, Row[] rows, bool corrections) => corrections ? columns.EventKey(rows.Select(r => r.EventKey).ToArray()) : columns;
}
