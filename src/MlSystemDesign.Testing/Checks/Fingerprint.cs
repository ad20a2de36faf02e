using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlSystemDesign.Testing.Checks;

/// <summary>Turns values into text that is equal only when they are, doubles to the last bit.</summary>
internal static class Fingerprint
{
    private static readonly JsonSerializerOptions Reports = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Converters = { new JsonStringEnumConverter() } };

    /// <summary>A report, with everything that can be read from it.</summary>
    internal static string OfReport<T>(T report) => JsonSerializer.Serialize(report, Reports);

    /// <summary>Numbers, by their bits.</summary>
    internal static string Of(ReadOnlySpan<double> values) => Hash(MemoryMarshal.AsBytes(values));

    /// <summary>A table: rows, columns, values.</summary>
    internal static string Of(FeatureTable table)
    {
        StringBuilder text = new();
        foreach (Observation row in table.Observations)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Entity}@{row.Cutoff?.UtcTicks};");
        }

        for (int c = 0; c < table.Schema.Count; c++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.Schema[c].Name}:{table.Schema[c].Kind}:{string.Join('|', table.Schema[c].Levels)}=");
            text.Append(table.Schema[c].Kind == ColumnKind.Number ? Of(table.Numbers(c)) : Hash(MemoryMarshal.AsBytes(table.Codes(c))));
        }

        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Labelled rows.</summary>
    internal static string Of(LabelledSet set) => $"{Of(set.Features)} {Of(set.Targets)} {Of(set.Weights)} {(set.Values is { } values ? Of(values.Amounts.Span) : null)} {(set.Costs is { } costs ? Of(costs) : null)}";

    private static string Of(CostMatrix costs) =>
        string.Join(' ', new[] { costs.FalsePositive, costs.FalseNegative, costs.TruePositive, costs.TrueNegative }.Select(c => Of(c.Amounts.Span)));

    /// <summary>Labels in row order.</summary>
    internal static string Of(LabelledObservations labels) => string.Join(
        ';',
        labels.Observations.Select((o, i) => string.Create(CultureInfo.InvariantCulture, $"{o.Entity}@{o.Cutoff?.UtcTicks}={labels.Status[i]}")).Append($"{labels.LeadTime} {labels.Horizon} {labels.SettleDelay}"));

    /// <summary>Everything recorded of some entities.</summary>
    internal static string Of(IHistory history, IEnumerable<EntityKey> entities)
    {
        StringBuilder text = new();
        foreach (FactTable facts in entities.SelectMany(e => history.LookAhead.ReadAll(e).Sources))
        {
            text.Append(Hash(MemoryMarshal.AsBytes(facts.EventTicks.Span))).Append(Hash(MemoryMarshal.AsBytes(facts.KnownTicks.Span))).Append(Hash(MemoryMarshal.AsBytes(facts.SupersededTicks.Span)));
            for (int c = 0; c < facts.Schema.Columns.Count; c++)
            {
                text.Append(Of(facts.Numbers(c))).Append(Hash(MemoryMarshal.AsBytes(facts.Codes(c))));
            }
        }

        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
