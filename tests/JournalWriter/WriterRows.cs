using MlSystemDesign;
using MlSystemDesign.Features;

namespace JournalWriter;

/// <summary>The rows that the program writes: each is known from its writer and number.</summary>
public static class WriterRows
{
    /// <summary>How many threads write.</summary>
    public const int Writers = 3;

    private static readonly string Long = new('x', 60_000);

    private static readonly HistorySchema Schema = new(
    [
        new SourceSchema
        {
            Name = "deeds", Columns = [new("writer", ColumnKind.Number), new("number", ColumnKind.Number), new("kind", ColumnKind.Category)], HasSequence = true,
            Observed = new TimeWindow(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1)),
        },
    ]);

    /// <summary>Opens the journal, with segments small enough that there are several.</summary>
    public static FactJournal Open(string folder) => FactJournal.Open(folder, Schema, new FactJournalOptions { SegmentBytes = 1 << 17 });

    /// <summary>Appends a row. Some are long, so that a kill can come in the middle of one.</summary>
    public static void Append(FactJournal journal, int writer, int number)
    {
        ArgumentNullException.ThrowIfNull(journal);
        journal.Append(0, new FactRow { Entity = (long)number, Sequence = number, EventKey = EventKey(number), Numbers = [writer, number], Categories = [Kind(number)] });
    }

    /// <summary>Returns the last number of each writer.</summary>
    /// <exception cref="InvalidDataException">The rows of a writer are not those from 1 on, each once, in order and as written.</exception>
    public static int[] LastNumbers(FactJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        int[] last = new int[Writers];
        journal.Replay((int source, in FactRow row) =>
        {
            int writer = (int)row.Numbers[0], number = ++last[writer];
            if (source != 0 || row.Numbers[1] != number || row.Sequence != number || row.Entity != (EntityKey)(long)number || row.EventKey != EventKey(number) || row.Categories[0] != Kind(number))
            {
                throw new InvalidDataException($"The next row of writer {writer} must be {number}. Got {row.Numbers[1]}, sequence {row.Sequence}.");
            }
        });
        return last;
    }

    private static string Kind(int number) => $"kind {number % 50}";

    private static EntityKey EventKey(int number) => number % 17 == 0 ? Long[..(number * 31 % Long.Length)] : default(EntityKey);
}
