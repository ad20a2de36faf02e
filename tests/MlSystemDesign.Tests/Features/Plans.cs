using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The plan that most tests build, and a way to compare tables bit by bit.</summary>
internal static class Plans
{
    internal static FeaturePlan Full { get; } = FeaturePlan
        .For("activities", f => f
            .OverDays(3, 10, 30).Count().Sum("amount").Mean("amount").Min("amount").Max("amount").Std("amount").Slope("amount").Coverage()
            .Where(EventFilter.Is("kind", "ticket"), t => t.Count().Sum("amount").Std("amount").Slope("amount").Recency().Attribute("amount"))
            .Where(EventFilter.IsNot("kind", "order"), t => t.Where(EventFilter.Above("amount", 0), u => u.Count().Mean("amount")))
            .Where(EventFilter.AtLeast("amount", 0.2), t => t.Count())
            .Where(EventFilter.AtMost("amount", 0.2), t => t.Sum("amount").Where(EventFilter.Below("amount", 0), u => u.Count()))
            .OverAllHistory().Count().Sum("amount").Slope("amount")
            .Recency())
        .And("people", f => f.Attribute("fee").Category("plan"));

    internal static FeatureTable Build(FeaturePlan plan, IHistory history, ObservationSet rows, int threads = 1) => new BatchFeatureBuilder(plan, threads).Build(history, rows);

    /// <summary>Writes each column of a table out, doubles as their bits.</summary>
    internal static Dictionary<string, string> Bits(FeatureTable table)
    {
        Dictionary<string, string> bits = [];
        for (int c = 0; c < table.Schema.Count; c++)
        {
            bits[table.Schema[c].Name] = table.Schema[c].Kind == ColumnKind.Number
                ? string.Join(',', table.Numbers(c).ToArray().Select(v => Convert.ToHexString(BitConverter.GetBytes(v))))
                : string.Join(',', table.Schema[c].Levels) + "|" + string.Join(',', table.Codes(c).ToArray().Select(code => Convert.ToHexString(BitConverter.GetBytes(code))));
        }

        return bits;
    }
}
