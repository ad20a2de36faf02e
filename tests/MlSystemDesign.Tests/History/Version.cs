using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>One version of an event: a row, or its retraction.</summary>
internal sealed record Version(Row Row, bool IsRetraction)
{
    /// <summary>Gets few keys and many equal known times, so that versions of one event meet often.</summary>
    public static Gen<Version[]> Many { get; } = Some(1, 25);

    public static Gen<Version[]> Some(int from, int to) =>
        (from row in HistoryRows.One
         from key in Gen.Long[0, 5]
         from kind in Gen.Int[0, 3]
         select new Version(row with { EventKey = key }, kind == 0)).Array[from, to];

    public static void Map(ObjectMapping<Version> m) => m
        .Entity(v => v.Row.Who).Time(v => v.Row.At).KnownTime(v => v.Row.Known).Sequence(v => v.Row.Sequence)
        .Number("amount", v => v.Row.Amount).Category("kind", v => v.Row.Kind).EventKey(v => v.Row.EventKey).Retracted(v => v.IsRetraction);

    public static FactColumns ToColumns(Version[] versions) =>
        ColumnRows.Coded([.. versions.Select(v => v.Row)], corrections: true).Retracted(versions.Select(v => v.IsRetraction).ToArray());

    public static IngestResult Build(IEnumerable<Version> versions, int degree = 1) => new HistoryBuilder().WithDegreeOfParallelism(degree).AddEvents("events", versions, Map).Build();

    /// <summary>Lists the versions of each event, the one that holds in the end last.</summary>
    public static Version[][] Events(IEnumerable<Version> versions) => [.. versions.GroupBy(v => v.Row.EventKey).Select(g => g
        .OrderBy(v => v.Row.KnownHour).ThenBy(v => v.Row.Sequence).ThenBy(v => v.IsRetraction).ThenBy(v => v.Row.Hour)
        .ThenBy(v => v.Row.Amount).ThenBy(v => v.Row.Kind, StringComparer.Ordinal).ThenBy(v => v.Row.Who, StringComparer.Ordinal).ToArray())];
}
