using CsCheck;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class FactColumnsTests
{
    [Fact]
    public void AddEvents_Columns_GiveTheBitsOfObjects() => HistoryRows.Many.Select(Gen.Bool).Sample((rows, corrections) =>
    {
        HistoryRows.Everything(new HistoryBuilder().AddEvents("events", ColumnRows.Texts(rows, corrections)).Build().History)
            .Should().Be(HistoryRows.Everything(HistoryRows.Build(rows, corrections)));
        HistoryRows.Everything(new HistoryBuilder().AddEvents("events", ColumnRows.Coded(rows, corrections)).Build().History)
            .Should().Be(HistoryRows.Everything(HistoryRows.Build(rows, corrections)));
    });

    [Fact]
    public void AddEvents_BatchesSplitAnywhere_GiveEqualBits() => HistoryRows.Many.Select(Gen.Int[1, 7], Gen.Bool).Sample((rows, size, corrections) =>
        HistoryRows.Everything(new HistoryBuilder()
            .AddEvents("events", rows.Chunk(size).Select((part, i) => i % 2 == 0 ? ColumnRows.Texts(part, corrections) : ColumnRows.Coded(part, corrections))).Build().History)
            .Should().Be(HistoryRows.Everything(HistoryRows.Build(rows, corrections))));

    [Fact]
    public void AddEvents_BadRows_AreReportedWithReasonAndRow()
    {
        FactColumns columns = new FactColumns(7)
            .Entity(["anna", null, " ", "ben", "ben", "ben", "ben"])
            .Time(new long[] { Day(1), Day(1), Day(1), 0, -5, Day(2), Day(3) }, new[] { true, true, true, false, true, true, true })
            .Number("amount", new double[] { 1, 1, 1, 1, 1, double.NegativeInfinity, 1 })
            .Category("kind", new[] { 0, 0, 0, 0, 0, 0, 2 }, ["a", "b"]);

        SourceReport report = new HistoryBuilder().AddEvents("e", columns, m => m.OnBadRows(BadRows.SkipAndReport)).Build().Report["e"];

        report.RowsKept.Should().Be(1);
        report.Skipped.Select(s => (s.Reason, s.Column, s.Count, s.FirstRows[0], s.Example)).Should().Equal(
            (BadRowReason.EntityMissing, null, 2, 2, "none"),
            (BadRowReason.TimeMissing, null, 1, 4, "no time"),
            (BadRowReason.TimeUnreadable, "time", 1, 5, "-5 ticks, which no date has,"),
            (BadRowReason.NumberInfinite, "amount", 1, 6, "-infinity"),
            (BadRowReason.CategoryUnreadable, "kind", 1, 7, "code 2 into a dictionary of 2 texts"));
    }

    [Fact]
    public void AddEvents_BadRow_FailsWithItsNumberOverAllBatches()
    {
        FactColumns[] batches = [Coded([0, 1]), Coded([0, -1])];

        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", batches).Build()).Should().Throw<DataFormatException>()
            .WithMessage("Each row must name its entity. Got none in row 4, of source 'e'. Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).");

        static FactColumns Coded(int[] codes) => new FactColumns(2).Entity(codes, [1L, 2L]).Time(new[] { Day(1), Day(2) });
    }

    [Theory]
    [InlineData(EpochUnit.Seconds, TimeSpan.TicksPerSecond)]
    [InlineData(EpochUnit.Milliseconds, TimeSpan.TicksPerMillisecond)]
    [InlineData(EpochUnit.Microseconds, TimeSpan.TicksPerMicrosecond)]
    public void Time_SinceTheEpoch_IsThatOfTicks(EpochUnit unit, long ticksPerUnit) =>
        Gen.Select(Gen.Long[-DateTime.UnixEpoch.Ticks / ticksPerUnit, (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / ticksPerUnit], Gen.Long[0, 1000], Gen.Bool).Array[1, 40].Sample(rows =>
        {
            long[] times = [.. rows.Select(r => r.Item1)], known = [.. rows.Select(r => r.Item3 ? r.Item1 - r.Item2 : r.Item1)];
            known = [.. known.Select(k => Math.Max(k, -DateTime.UnixEpoch.Ticks / ticksPerUnit))];
            long[] entities = [.. rows.Select(r => r.Item2 % 3)];
            FactColumns counted = new FactColumns(rows.Length).Entity(entities).Time(times, unit).KnownTime(known, unit);
            FactColumns ticks = new FactColumns(rows.Length).Entity(entities).Time(Ticks(times)).KnownTime(Ticks(known));

            IngestResult expected = new HistoryBuilder().AddEvents("events", ticks).Build(), came = new HistoryBuilder().AddEvents("events", counted).Build();

            HistoryRows.Everything(came.History).Should().Be(HistoryRows.Everything(expected.History));
            came.Report["events"].Should().BeEquivalentTo(expected.Report["events"]);

            long[] Ticks(long[] values) => [.. values.Select(v => DateTime.UnixEpoch.Ticks + (v * ticksPerUnit))];
        });

    [Fact]
    public void Time_SinceTheEpochBeyondTheCalendar_IsABadRow()
    {
        long last = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, first = -DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond;
        FactColumns columns = new FactColumns(6).Entity(new long[6]).Time(new[] { first, last, first - 1, last + 1, long.MinValue, long.MaxValue }, EpochUnit.Microseconds);

        SourceReport report = new HistoryBuilder().AddEvents("e", columns, m => m.OnBadRows(BadRows.SkipAndReport)).Build().Report["e"];

        report.RowsKept.Should().Be(2);
        report.Skipped.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Reason = BadRowReason.TimeUnreadable, Count = 4L, Example = "-62135596800000001 microseconds since 1970, which no date has," });
    }

    [Fact]
    public void AddEvents_ClocksOfAZone_AreReadInIt()
    {
        TimeZoneInfo amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
        DateTime[] noon = [new(2026, 7, 1, 12, 0, 0, DateTimeKind.Unspecified)];
        FactColumns own = new FactColumns(1).Entity(new[] { 1L }).Time(noon, amsterdam), mapped = new FactColumns(1).Entity(new[] { 1L }).Time(noon);

        Ticks(new HistoryBuilder().AddEvents("e", own)).Should().Be(noon[0].AddHours(-2).Ticks);
        Ticks(new HistoryBuilder().AddEvents("e", mapped, m => m.InZone(amsterdam))).Should().Be(noon[0].AddHours(-2).Ticks);
        Ticks(new HistoryBuilder().AddEvents("e", mapped)).Should().Be(noon[0].Ticks);

        static long Ticks(HistoryBuilder builder) => builder.Build().History.LookAhead.ReadAll(1L)["e"].EventTicks.Span[0];
    }

    [Fact]
    public void AddEvents_SmallCodes_Take255AsMissing()
    {
        FactColumns columns = new FactColumns(3).Entity(new[] { 1L, 1L, 1L }).Time(new[] { Day(3), Day(2), Day(1) }).Category("kind", new byte[] { 1, 255, 0 }, ["b", "a"]);

        FactTable facts = new HistoryBuilder().AddEvents("e", columns).Build().History.LookAhead.ReadAll(1L)["e"];

        facts.Levels[0].Should().Equal("a", "b");
        facts.Codes(0).ToArray().Should().Equal(0, -1, 1);
        FluentActions.Invoking(() => new FactColumns(0).Category("kind", ReadOnlyMemory<byte>.Empty, new string[256])).Should().Throw<ArgumentException>()
            .WithMessage("Codes of one byte must have at most 255 texts, because 255 is missing. Got 256 in 'kind'. Pass codes of 4 bytes.*");
    }

    [Fact]
    public void Columns_OfAnotherLength_AreRefused() =>
        FluentActions.Invoking(() => new FactColumns(2).Number("amount", new double[3])).Should().Throw<ArgumentException>()
            .WithMessage("Each column must have one value per row (2). Got 3 numbers in 'amount'. Slice the arrays to the number of rows.");

    [Fact]
    public void AddEvents_BatchWithOtherColumns_IsRefused() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", new[] { One(), One().Number("amount", new double[1], "EUR") }).Build()).Should().Throw<DataFormatException>()
            .WithMessage("All batches of a source must have the same columns. Got entity, time, amount (Number, EUR) where the first has entity, time, for source 'e'. Give each batch every column, in one order.");

    [Fact]
    public void AddEvents_ColumnsThatDoNotFitTheSource_AreRefusedAsSoonAsTheyAreKnown()
    {
        InMemoryHistory past = new HistoryBuilder().AddEvents("e", One()).Build().History;
        string message = "Rows that join a source must have its form. Got columns amount (Number) where it has , for source 'e'.*";

        FluentActions.Invoking(() => new HistoryBuilder(past).AddEvents("e", One().Number("amount", new double[1]))).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => new HistoryBuilder(past).AddEvents("e", new[] { One().Number("amount", new double[1]) }).Build()).Should().Throw<ArgumentException>().WithMessage(message);
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", new FactColumns(1).Entity(new[] { 1L }))).Should().Throw<ArgumentException>().WithMessage("An event must have a time.*");
    }

    [Fact]
    public void AddEvents_NoBatch_AsksForOne() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", Array.Empty<FactColumns>()).Build()).Should().Throw<DataFormatException>()
            .WithMessage("A source of columns must come in at least one batch. Got none for source 'e'. Where it has no rows, pass one batch of 0 rows with its columns.");

    [Fact]
    public async Task BuildAsync_Columns_ReportProgressAndObeyCancellation()
    {
        FactColumns many = new FactColumns(5000).Entity(new long[5000]).Time(Enumerable.Range(1, 5000).Select(i => (long)i).ToArray());
        List<long> seen = [];
        IngestResult ingest = await new HistoryBuilder().AddEvents("e", many).BuildAsync(new Progress(seen));
        ingest.Report["e"].RowsKept.Should().Be(5000);
        seen.Should().NotBeEmpty().And.BeInAscendingOrder();
        seen[^1].Should().Be(5000);

        using CancellationTokenSource stop = new();
        IEnumerable<FactColumns> batches = Enumerable.Range(0, 10).Select(i =>
        {
            if (i == 1)
            {
                stop.Cancel();
            }

            return i < 3 ? many : throw new InvalidOperationException("read on after it was cancelled");
        });
        await FluentActions.Awaiting(() => new HistoryBuilder().AddEvents("e", batches).BuildAsync(cancellationToken: stop.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void AddEvents_TextTimes_AreReadLikeThoseOfAFile()
    {
        TimeZoneInfo amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
        string?[] times = ["2026-07-01 12:00", "2026-07-01T12:00:00Z", "2026-03-29 02:30", "noon", " ", null];
        FactColumns columns = new FactColumns(6).Entity(new[] { 1L, 2, 3, 4, 5, 6 }).Time(times);

        IngestResult ingest = new HistoryBuilder().AddEvents("e", columns, m => m.InZone(amsterdam).OnBadRows(BadRows.SkipAndReport)).Build();

        new DateTime(ingest.History.LookAhead.ReadAll(1L)["e"].EventTicks.Span[0]).Should().Be(new DateTime(2026, 7, 1, 10, 0, 0));
        new DateTime(ingest.History.LookAhead.ReadAll(2L)["e"].EventTicks.Span[0]).Should().Be(new DateTime(2026, 7, 1, 12, 0, 0));
        ingest.Report["e"].Skipped.Select(s => (s.Reason, s.Count, s.FirstRows[0], s.Example)).Should().BeEquivalentTo(new (BadRowReason, long, long, string)[]
        {
            (BadRowReason.TimeSkippedByClock, 1, 3, "2026-03-29 02:30:00, over which Europe/Amsterdam put its clocks forward,"),
            (BadRowReason.TimeUnreadable, 1, 4, "'noon'"),
            (BadRowReason.TimeMissing, 2, 5, "no time"),
        });
    }

    [Fact]
    public void BadRow_MarkedByTheCaller_IsReportedOnceWithTheFirstReason()
    {
        FactColumns columns = new FactColumns(2).Entity(new[] { 1L, 2L }).Time(new[] { Day(1), Day(2) }).Number("amount", new[] { double.PositiveInfinity, 2 })
            .BadRow(0, BadRowReason.EntityUnreadable, "id", "'x'").BadRow(0, BadRowReason.TimeMissing, null, "nothing");

        SourceReport report = new HistoryBuilder().AddEvents("e", columns, m => m.OnBadRows(BadRows.SkipAndReport)).Build().Report["e"];

        report.RowsKept.Should().Be(1);
        report.Skipped.Should().ContainSingle().Which.Should().Match<SkippedRows>(s => s.Reason == BadRowReason.EntityUnreadable && s.Column == "id" && s.Count == 1 && s.Example == "'x'");
        FluentActions.Invoking(() => columns.BadRow(2, BadRowReason.TimeMissing, null, "nothing")).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task BuildAsync_BatchesThatComeAsynchronously_GiveTheBitsOfOthers()
    {
        Row[] rows = [.. Enumerable.Range(0, 9).Select(i => new Row("anna", i % 4, i % 3, i, i, i % 2 == 0 ? "a" : null, i))];
        HistoryBuilder builder = new HistoryBuilder().AddEvents("events", Batches());

        HistoryRows.Everything((await builder.BuildAsync()).History).Should().Be(HistoryRows.Everything(HistoryRows.Build(rows)));
        builder.Invoking(b => b.Build()).Should().Throw<InvalidOperationException>().WithMessage("An asynchronous source must be read asynchronously.*");

        async IAsyncEnumerable<FactColumns> Batches()
        {
            foreach (Row[] part in rows.Chunk(4))
            {
                await Task.Yield();
                yield return ColumnRows.Texts(part);
            }
        }
    }

    [Fact]
    public void AddAttributes_UndatedColumns_HoldFromTheBeginning() =>
        new HistoryBuilder().AddAttributes("plans", new FactColumns(1).Entity(["anna"]).Category("plan", ["basic"])).Build().History
            .AsOf("anna", DateTimeOffset.MinValue.AddTicks(1))["plans"].Count.Should().Be(1);

    private static FactColumns One() => new FactColumns(1).Entity(new[] { 1L }).Time(new[] { Day(1) });

    private static long Day(int day) => new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private sealed class Progress(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }
}
