using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

/// <summary>A row that can be kept and compared, bit for bit.</summary>
internal sealed record JournalRow(int Source, EntityKey Entity)
{
    internal DateTimeOffset Time { get; init; }

    internal DateTimeOffset KnownTime { get; init; }

    internal long Sequence { get; init; }

    internal EntityKey EventKey { get; init; }

    internal bool IsRetraction { get; init; }

    internal double[] Numbers { get; init; } = [];

    internal string?[] Categories { get; init; } = [];

    /// <summary>Copies a row, without its spans.</summary>
    internal static JournalRow Of(int source, in FactRow row) => new(source, row.Entity)
    {
        Time = row.Time, KnownTime = row.KnownTime, Sequence = row.Sequence, EventKey = row.EventKey, IsRetraction = row.IsRetraction,
        Numbers = row.Numbers.ToArray(), Categories = row.Categories.ToArray(),
    };

    internal void AppendTo(FactJournal journal) => journal.Append(Source, Fact());

    internal void AppendTo(FactJournalWriter writer) => writer.Append(Source, Fact());

    /// <summary>Says everything about the row; texts as the code units that they have, since not all are valid.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Source} {Say(Entity)} {Time.UtcTicks} {KnownTime.UtcTicks} {Sequence} {Say(EventKey)} {IsRetraction} [{string.Join(' ', Numbers.Select(n => BitConverter.DoubleToInt64Bits(n).ToString("x", CultureInfo.InvariantCulture)))}] [{string.Join('|', Categories.Select(Say))}]");

    public bool Equals(JournalRow? other) => ToString() == other?.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static string Say(string? text) => text is null ? "null" : $"\"{Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()))}\"";

    private static string Say(EntityKey key) => $"{key.Kind}:{(key.Kind == EntityKeyKind.Composite ? string.Join(',', key.Parts.Select(Say)) : Say(key.ToString()))}";

    private FactRow Fact() => new()
    {
        Entity = Entity, Time = Time, KnownTime = KnownTime, Sequence = Sequence, EventKey = EventKey, IsRetraction = IsRetraction, Numbers = Numbers, Categories = Categories,
    };
}
