using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online.Journal;

/// <summary>Rows and folders for journals.</summary>
internal static class JournalRows
{
    /// <summary>Gets a schema of a source with everything and one with nothing special.</summary>
    internal static HistorySchema Schema { get; } = new(
    [
        new SourceSchema
        {
            Name = "activities", Columns = [new("amount", ColumnKind.Number, "EUR"), new("kind", ColumnKind.Category)], Observed = new TimeWindow(World.At(0), World.At(40)),
            HasKnownTime = true, HasSequence = true,
        },
        new SourceSchema { Name = "people", Kind = SourceKind.Attributes, Columns = [new("plan", ColumnKind.Category)], Observed = new TimeWindow(World.At(0), World.At(40)) },
    ]);

    /// <summary>Gets any rows: nothing that a row can hold is left out, valid for an engine or not.</summary>
    internal static Gen<JournalRow> Any { get; } =
        from source in Gen.Int[0, 1]
        from entity in Key
        from clocks in Gen.Select(Instant, Instant)
        from sequence in Gen.OneOf(Gen.Const(0L), Gen.Long)
        from eventKey in Gen.OneOf(Gen.Const(default(EntityKey)), Key)
        from isRetraction in Gen.Bool
        from numbers in Gen.OneOf(OneOf(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue), Gen.Long.Select(BitConverter.Int64BitsToDouble)).Array[0, 12]
        from categories in Gen.OneOf(Gen.Const((string?)null), Text.Select(t => (string?)t)).Array[0, 12]
        select new JournalRow(source, entity)
        {
            Time = clocks.Item1, KnownTime = clocks.Item2, Sequence = sequence, EventKey = eventKey, IsRetraction = isRetraction, Numbers = numbers, Categories = categories,
        };

    private static Gen<string> Text => Gen.OneOf(
        OneOf(string.Empty, "order", "visit", "çelik", "İpek", "a\0b", "\ud83d", "\udc00x", "😀"), Gen.String, Gen.Int[0, 70_000].Select(n => new string('x', n)), Gen.Int[0, 9_000].Select(n => new string('ж', n)));

    private static Gen<EntityKey> Single => Gen.OneOf(Text.Select(t => new EntityKey(t)), Gen.Long.Select(n => new EntityKey(n)), Gen.Guid.Select(g => new EntityKey(g)));

    private static Gen<EntityKey> Key => Gen.Frequency((3, Single), (1, Single.Array[2, 5].Select(parts => EntityKey.Composite(parts))));

    private static Gen<DateTimeOffset> Instant => Gen.OneOf(
        OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, World.Origin), Gen.Long[0, DateTime.MaxValue.Ticks].Select(t => new DateTimeOffset(t, TimeSpan.Zero)));

    /// <summary>Returns small rows, no two alike, of all kinds of keys.</summary>
    internal static JournalRow[] Small(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => new JournalRow(i % 2, KeyOf(i))
    {
        Time = World.At(i), Numbers = i % 2 == 0 ? [i, double.NaN] : [], Categories = [i % 5 == 0 ? null : $"kind {i % 7}"], EventKey = i % 4 == 0 ? (EntityKey)$"event {i}" : default, IsRetraction = i % 8 == 0,
    })];

    internal static List<JournalRow> Replayed(FactJournal journal)
    {
        List<JournalRow> rows = [];
        journal.Replay((int source, in FactRow row) => rows.Add(JournalRow.Of(source, row))).Should().Be(rows.Count);
        return rows;
    }

    /// <summary>Opens a folder, replays it and closes it.</summary>
    internal static List<JournalRow> In(string folder, FactJournalOptions? options = null)
    {
        using FactJournal journal = FactJournal.Open(folder, Schema, options);
        return Replayed(journal);
    }

    /// <summary>Copies a journal that may be open: what a kill would leave.</summary>
    internal static void Copy(string folder, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != "lock"))
        {
            string copy = Path.Combine(target, Path.GetFileName(file));
            if (file.Contains(".tmp-", StringComparison.Ordinal))
            {
                File.WriteAllText(copy, "half of it"); // held by its writer: nothing may depend on what it has
                continue;
            }

            using FileStream from = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(copy);
            from.CopyTo(to);
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static EntityKey KeyOf(int i) => (i % 4) switch
    {
        0 => new EntityKey($"user {i}"),
        1 => new EntityKey((long)i),
        2 => new EntityKey(new Guid(i, 0, 0, new byte[8])),
        _ => EntityKey.Composite("shop", (long)i),
    };
}
