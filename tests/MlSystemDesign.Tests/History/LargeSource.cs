using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>Many events of many entities, of which one has a third; with equal times, late facts and missing amounts.</summary>
internal sealed record LargeSource(long[] Entities, long[] Times, long[] Known, double[] Amounts, byte[] Kinds)
{
    public static string[] Levels { get; } = [.. Enumerable.Range(0, 20).Select(i => $"kind {i:00}")];

    public static LargeSource Create(int rows, double late, string arrangement)
    {
        Random random = new(11);
        long start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        (long Entity, long Time, long Known, double Amount, byte Kind)[] all = [.. Enumerable.Range(0, rows).Select(i =>
        {
            long time = start + (random.NextInt64(0, 20_000) * TimeSpan.TicksPerHour);
            long known = random.NextDouble() < late ? time + random.NextInt64(1, TimeSpan.TicksPerDay) : time;
            return (random.Next(3) == 0 ? 5 : random.NextInt64(0, 3000) * 7, time, known, random.Next(50) == 0 ? double.NaN : random.Next(0, 40), (byte)random.Next(20));
        })];
        all = arrangement switch
        {
            "oldest first" => [.. all.OrderBy(r => r.Known)],
            "newest first" => [.. all.OrderByDescending(r => r.Known)],
            "two runs" => [.. all[(rows / 2)..].OrderBy(r => r.Known), .. all[..(rows / 2)].OrderBy(r => r.Known)],
            _ => all,
        };
        return new LargeSource([.. all.Select(r => r.Entity)], [.. all.Select(r => r.Time)], [.. all.Select(r => r.Known)], [.. all.Select(r => r.Amount)], [.. all.Select(r => r.Kind)]);
    }

    public FactColumns ToColumns(int from, int until)
    {
        Range part = from..until;
        return new FactColumns(until - from).Entity(Entities.AsMemory(part)).Time(Times.AsMemory(part)).KnownTime(Known.AsMemory(part))
            .Number("amount", Amounts.AsMemory(part), null).Category("kind", Kinds.AsMemory(part), Levels);
    }

    /// <summary>Lists the rows by entity and, within it, newest first, by sorting them plainly.</summary>
    public int[] InTotalOrder() => [.. Enumerable.Range(0, Entities.Length)
        .OrderBy(i => Entities[i]).ThenByDescending(i => Times[i]).ThenByDescending(i => Known[i]).ThenByDescending(i => Amounts[i]).ThenByDescending(i => Kinds[i])];
}
