using System.Diagnostics;
using System.Globalization;
using MlSystemDesign;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace FeatureTour;

/// <summary>Replays a data set in time: facts go to the online engine one by one when they became known, and every night its values are compared with those of the batch, bit for bit.</summary>
/// <remarks>A source with a fixed delay cannot say of a single fact that it came later or was retracted at another time; the data sets here that correct facts have known times, or
/// correct them at once.</remarks>
internal static class Replay
{
    /// <returns>How many values were compared and how many of them differed.</returns>
    public static async Task<(long Compared, long Different)> RunAsync(Tour tour, TextWriter output, CancellationToken cancellationToken = default)
    {
        InMemoryHistory history = (await tour.Sources.BuildAsync(cancellationToken: cancellationToken)).History;
        Arrival[] arrivals = Arrival.Of(history);
        OnlineFeatures engine = new(tour.Plan, history.Schema);
        BatchFeatureBuilder nightly = new(tour.Plan);
        (double[] numbers, string?[] categories) = (new double[Widest(history)], new string?[Widest(history)]);
        TimeSpan adding = TimeSpan.Zero, reading = TimeSpan.Zero, building = TimeSpan.Zero;
        long compared = 0, different = 0;
        int nights = 0, added = 0;
        DateTimeOffset night = Midnight(arrivals.Select(a => a.Known).FirstOrDefault(known => known > 0)), last = Midnight(arrivals.Max(a => a.Known)).AddDays(1);
        output.WriteLine($"{tour.Title}\nreplayed from {night:yyyy-MM-dd} to {last:yyyy-MM-dd}, fact by fact, with a batch every night\n");
        for (; night <= last; night = night.AddDays(1), nights++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            for (; added < arrivals.Length && arrivals[added].Known < night.UtcTicks; added++)
            {
                arrivals[added].AddTo(engine, numbers, categories);
            }

            adding += Stopwatch.GetElapsedTime(start);
            ObservationSet everyone = ObservationSet.At(history.EntitiesKnownBefore(night), night);
            start = Stopwatch.GetTimestamp();
            FeatureTable online = engine.Read(everyone, cancellationToken);
            reading += Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            FeatureTable batch = nightly.Build(history, everyone, cancellationToken: cancellationToken);
            building += Stopwatch.GetElapsedTime(start);
            compared += (long)batch.RowCount * batch.Schema.Count;
            different += Differences(online, batch);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{added:N0} facts added online, {adding.TotalMicroseconds / Math.Max(1, added):F2} µs each"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{nights} nights of up to {engine.EntityCount:N0} entities: read online in {reading.TotalSeconds:F1} s on one thread, built as a batch in {building.TotalSeconds:F1} s on all"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{compared:N0} values compared bit for bit: {(different == 0 ? "every one is identical" : $"{different:N0} differ")}"));
        return (compared, different);
    }

    private static int Widest(InMemoryHistory history) => history.Schema.Sources.Max(s => s.Columns.Count);

    private static DateTimeOffset Midnight(long ticks) => new(ticks - (ticks % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay, TimeSpan.Zero);

    private static long Differences(FeatureTable online, FeatureTable batch)
    {
        long different = 0;
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                bool same = batch.Schema[column].Kind == ColumnKind.Number
                    ? BitConverter.DoubleToInt64Bits(online.Numbers(column)[row]) == BitConverter.DoubleToInt64Bits(batch.Numbers(column)[row])
                    : Text(online, column, row) == Text(batch, column, row);
                different += same ? 0 : 1;
            }
        }

        return different;
    }

    private static string? Text(FeatureTable table, int column, int row) => table.Codes(column)[row] is var code and >= 0 ? table.Schema[column].Levels[code] : null;
}
