using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class IngestTests
{
    private static readonly (string? Who, DateTimeOffset? At, double Amount)[] Good = [("anna", Day(1), 1), ("anna", Day(3), 2), ("ben", Day(2), 3)];

    [Fact]
    public void Build_WholeDays_ObservesToTheEndOfTheLastDay()
    {
        IngestResult ingest = Events(Good).Build();

        ingest.History.Schema["e"].Observed.Should().Be(new TimeWindow(Day(1), Day(4)));
        ingest.Report["e"].ObservedBasis.Should().Be("from the first event, until the end of the last event's day (all times are whole days)");
    }

    [Fact]
    public void Build_InstantsOfDay_ObservesToJustAfterTheLastEvent() =>
        Events([.. Good, ("ben", Day(3).AddHours(5), 1)]).Build().History.Schema["e"].Observed.Should().Be(new TimeWindow(Day(1), Day(3).AddHours(5).AddTicks(1)));

    [Fact]
    public void Build_DeclaredSpan_HoldsAndReportsFactsOutside()
    {
        IngestResult ingest = Events(Good, m => m.ObservedFrom(Day(2)).ObservedUntil(Day(20))).Build();

        ingest.History.Schema["e"].Observed.Should().Be(new TimeWindow(Day(2), Day(20)));
        ingest.Report["e"].OutsideObserved.Should().Be(1);
    }

    [Fact]
    public void Build_SpanThatExcludesAllFacts_IsRefused() =>
        FluentActions.Invoking(() => Events(Good, m => m.ObservedFrom(Day(20))).Build()).Should().Throw<DataFormatException>().WithMessage(
            "The observed span must hold the facts of its source. Got 2026-01-20T00:00:00.0000000+00:00 until 2026-01-04T00:00:00.0000000+00:00 for source 'e'. " +
            "Correct ObservedFrom or ObservedUntil, or declare both.");

    [Fact]
    public void Build_NoRows_IsRefused() =>
        FluentActions.Invoking(() => Events([]).Build()).Should().Throw<DataFormatException>().WithMessage(
            "A source must have rows, or declare the span in which nothing happened. Got none for source 'e'. " +
            "Check the file or query and the mapping, or state ObservedFrom and ObservedUntil.");

    [Fact]
    public void Build_NoRowsInADeclaredSpan_IsAnEmptySource()
    {
        InMemoryHistory history = Events([], m => m.ObservedFrom(Day(1)).ObservedUntil(Day(9))).AddEvents("other", Good, m => m.Entity(g => g.Who).Time(g => g.At)).Build().History;

        history.AsOf("anna", Day(9))["e"].Count.Should().Be(0);
        history.Append(b => b.AddEvents("e", Good, Map)).AsOf("anna", Day(9))["e"].Count.Should().Be(2);
    }

    [Fact]
    public void Build_EqualRows_AreKeptAndCounted()
    {
        IngestResult ingest = Events([.. Good, Good[0], Good[0]]).Build();

        ingest.Report["e"].ExactDuplicates.Should().Be(2);
        ingest.History.AsOf("anna", Day(2))["e"].Count.Should().Be(3);
    }

    [Fact]
    public void Build_BadRow_NamesRowColumnAndRemedy()
    {
        DataFormatException fault = FluentActions.Invoking(() => Events([.. Good, ("ben", Day(4), double.PositiveInfinity)]).Build()).Should().Throw<DataFormatException>().WithMessage(
            "Each number must be finite, or missing. Got +infinity in row 4, column 'amount', of source 'e'. " +
            "Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).").Which;

        fault.RowNumber.Should().Be(4);
        fault.Column.Should().Be("amount");
    }

    [Fact]
    public void Build_SkippedRows_AreCountedByReasonWithExamples()
    {
        IngestResult ingest = Events(
            [.. Good, (null, Day(1), 1), ("", Day(1), 1), ("ben", null, 1), ("ben", Day(4), double.NegativeInfinity), ("ben", Day(4), double.NaN)],
            m => m.OnBadRows(BadRows.SkipAndReport)).Build();

        SourceReport report = ingest.Report["e"];
        report.RowsRead.Should().Be(8);
        report.RowsKept.Should().Be(4);
        report.Skipped.Select(s => (s.Reason, s.Column, s.Count, s.FirstRows[0], s.Example)).Should().Equal(
            (BadRowReason.EntityMissing, null, 2, 4, "none"),
            (BadRowReason.TimeMissing, null, 1, 6, "no time"),
            (BadRowReason.NumberInfinite, "amount", 1, 7, "-infinity"));
    }

    [Fact]
    public void Build_AllRowsBad_SaysSo() =>
        FluentActions.Invoking(() => Events([(null, Day(1), 1)], m => m.OnBadRows(BadRows.SkipAndReport)).Build()).Should().Throw<DataFormatException>()
            .WithMessage("*Got 1, all of them bad (the first: EntityMissing, none) for source 'e'.*");

    [Fact]
    public void Build_KeysOfTwoKinds_AreRefused() =>
        FluentActions.Invoking(() => Events(Good).AddAttributes("customers", new[] { 7L }, m => m.Entity(id => id)).Build()).Should().Throw<DataFormatException>().WithMessage(
            "All sources of a history must have one kind of key. Got Integer '7' in row 1 of source 'customers' beside Text 'anna'. " +
            "State the kind with Entity(column, EntityKeyKind...), or convert the key.");

    [Fact]
    public void Build_KeyOfAnotherKindUnderSkip_IsABadRow()
    {
        EntityKey[] keys = ["anna", 7L, "ben"];

        IngestResult ingest = new HistoryBuilder().AddAttributes("customers", keys, m => m.Entity(k => (EntityKey?)k).OnBadRows(BadRows.SkipAndReport)).Build();

        ingest.Report["customers"].RowsKept.Should().Be(2);
        ingest.Report["customers"].Skipped.Select(s => (s.Reason, s.Column, s.Count, s.FirstRows[0], s.Example)).Should().Equal(
            (BadRowReason.EntityUnreadable, null, 1, 2, "Integer '7' beside Text 'anna'"));
        ingest.History.EntityCount.Should().Be(2);
    }

    [Theory]
    [InlineData("entity")]
    [InlineData("time")]
    [InlineData("known time")]
    [InlineData("amount")]
    [InlineData("kind")]
    [InlineData("event key")]
    [InlineData("sequence")]
    public void Build_SelectorThatThrows_IsABadRowWithItsColumn(string column)
    {
        DataFormatException fault = FluentActions.Invoking(() => Throwing(column, new FormatException("no such thing"), BadRows.Fail).Build()).Should().Throw<DataFormatException>().WithMessage(
            $"Each value must be readable by the code that was given for it. Got FormatException (no such thing) in row 2, column '{column}', of source 'e'. " +
            "Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).").Which;
        (fault.RowNumber, fault.Column, fault.InnerException?.Message).Should().Be((2, column, "no such thing"));

        SourceReport report = Throwing(column, new FormatException("no such thing"), BadRows.SkipAndReport).Build().Report["e"];
        report.RowsKept.Should().Be(2);
        report.Skipped.Select(s => (s.Reason, s.Column, s.Count, s.FirstRows[0], s.Example)).Should().Equal(
            (BadRowReason.ConversionFailed, column, 1, 2, "FormatException (no such thing)"));
    }

    [Fact]
    public async Task Build_CancellationAndBrokenFileInASelector_EndTheIngest()
    {
        await FluentActions.Awaiting(() => Throwing("amount", new TaskCanceledException(), BadRows.SkipAndReport).BuildAsync()).Should().ThrowExactlyAsync<TaskCanceledException>();
        FluentActions.Invoking(() => Throwing("amount", new OperationCanceledException(), BadRows.SkipAndReport).Build()).Should().ThrowExactly<OperationCanceledException>();
        FluentActions.Invoking(() => Throwing("amount", new EndOfStreamException(), BadRows.SkipAndReport).Build()).Should().ThrowExactly<EndOfStreamException>();
    }

    [Fact]
    public void Build_SourceInTwoParts_HoldsBoth() =>
        Events(Good).AddEvents("e", new[] { ((string?)"anna", (DateTimeOffset?)Day(8), 9.0) }, Map).Build().History
            .AsOf("anna", Day(9))["e"].Numbers(0).ToArray().Should().Equal(9, 2, 1);

    [Fact]
    public void AddEvents_PartOfAnotherForm_IsRefused() =>
        FluentActions.Invoking(() => Events(Good).AddEvents("e", Good, m => m.Entity(g => g.Who).Time(g => g.At).Number("amount", g => g.Amount, "EUR")))
            .Should().Throw<ArgumentException>().WithMessage(
                "Rows that join a source must have its form. Got columns amount (Number, EUR) where it has amount (Number), for source 'e'. Map them alike, or give the new source another name.");

    [Theory]
    [InlineData("entity", "A source must say which entity a row belongs to. Got none for source 'e'.*")]
    [InlineData("time", "An event must have a time. Got none for source 'e'.*")]
    [InlineData("twice", "Column names must be unique within a source. Got 'amount' twice.*")]
    [InlineData("clocks", "A source must have a known time per row or one fixed delay, not both.*")]
    [InlineData("delay", "The delay must not be negative. Got -1.00:00:00.*")]
    [InlineData("span", "The observed span must end after it starts.*")]
    public void AddEvents_MappingAtFault_IsRefused(string fault, string message) =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", Good, m => _ = fault switch
        {
            "entity" => m.Time(g => g.At),
            "time" => m.Entity(g => g.Who),
            "twice" => m.Number("amount", g => g.Amount).Number("amount", g => g.Amount),
            "clocks" => m.Entity(g => g.Who).Time(g => g.At).KnownTime(g => g.At).KnownAfter(TimeSpan.FromDays(1)),
            "delay" => m.KnownAfter(TimeSpan.FromDays(-1)),
            _ => m.Entity(g => g.Who).Time(g => g.At).ObservedFrom(Day(2)).ObservedUntil(Day(2)),
        })).Should().Throw<ArgumentException>().WithMessage(message);

    [Fact]
    public async Task BuildAsync_Stream_ReportsProgressAndObeysCancellation()
    {
        IngestResult ingest = await new HistoryBuilder().AddEvents("e", Stream(), Map).BuildAsync(new Counter(out List<long> seen));
        seen.Should().Equal(4096, 5000);
        ingest.Report["e"].RowsKept.Should().Be(5000);

        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => new HistoryBuilder().AddEvents("e", Good, Map).BuildAsync(cancellationToken: stop.Token)).Should().ThrowAsync<OperationCanceledException>();

        static async IAsyncEnumerable<(string? Who, DateTimeOffset? At, double Amount)> Stream()
        {
            for (int i = 0; i < 5000; i++)
            {
                await Task.CompletedTask;
                yield return ("anna", Day(1).AddMinutes(i), i);
            }
        }
    }

    [Fact]
    public void Build_AsynchronousSource_AsksForBuildAsync() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", Good.ToAsyncEnumerable(), Map).Build()).Should().Throw<InvalidOperationException>().WithMessage(
            "An asynchronous source must be read asynchronously. Got Build() with source 'e', an IAsyncEnumerable. Await BuildAsync() instead.");

    [Fact]
    public void Append_NewText_KeepsCodesInTextOrder()
    {
        InMemoryHistory history = new HistoryBuilder().AddEvents("e", new[] { ("anna", "b") }, Kinds).Build().History;

        InMemoryHistory grown = history.Append(b => b.AddEvents("e", new[] { ("ben", "a"), ("ben", "c") }, Kinds));

        grown.AsOf("anna", Day(9))["e"].Levels[0].Should().Equal("a", "b", "c");
        grown.AsOf("anna", Day(9))["e"].Codes(0).ToArray().Should().Equal(1);
        history.AsOf("anna", Day(9))["e"].Codes(0).ToArray().Should().Equal(0);

        static void Kinds(ObjectMapping<(string, string)> m) => m.Entity(r => r.Item1).Time(_ => Day(1)).Category("kind", r => r.Item2);
    }

    [Theory]
    [InlineData("c", true)]
    [InlineData("b", true)]
    [InlineData("a", false)]
    [InlineData("B", false)]
    public void Append_Text_RewritesCodesOnlyWhenItMovesOne(string added, bool shares)
    {
        InMemoryHistory history = new HistoryBuilder().AddEvents("e", new[] { ("anna", "b") }, Kinds).Build().History;

        InMemoryHistory grown = history.Append(b => b.AddEvents("e", new[] { ("ben", added) }, Kinds));

        ReferenceEquals(grown.Sources[0].Blocks[0].Codes[0], history.Sources[0].Blocks[0].Codes[0]).Should().Be(shares);
        grown.AsOf("anna", Day(9))["e"].Codes(0)[0].Should().Be(shares ? 0 : 1);

        static void Kinds(ObjectMapping<(string, string)> m) => m.Entity(r => r.Item1).Time(_ => Day(1)).Category("kind", r => r.Item2);
    }

    [Fact]
    public void Append_ManyTimes_SharesUntouchedEntitiesAndKeepsOnlyTwiceTheRows()
    {
        InMemoryHistory history = Events([.. Good, .. Enumerable.Range(0, 1000).Select(i => ((string?)"cleo", (DateTimeOffset?)Day(5).AddMinutes(i), (double)i))]).Build().History;
        InMemoryHistory once = history.Append(b => b.AddEvents("e", new[] { ((string?)"anna", (DateTimeOffset?)Day(9), 9.0) }, Map));
        once.AsOf("cleo", Day(20))["e"].Numbers(0).Overlaps(history.AsOf("cleo", Day(20))["e"].Numbers(0)).Should().BeTrue();

        for (int i = 0; i < 50; i++)
        {
            int minute = i;
            history = history.Append(b => b.AddEvents("e", new[] { ((string?)"cleo", (DateTimeOffset?)Day(7).AddMinutes(minute), 1.0) }, Map));
        }

        history.AsOf("cleo", Day(20))["e"].Count.Should().Be(1050);
        history.Sources[0].Blocks.Sum(b => b.Count).Should().BeLessThanOrEqualTo(2 * 1053);
    }

    [Fact]
    public void Report_ToString_IsATable()
    {
        IngestReport report = Events([.. Good, Good[0], (null, Day(1), 1)], m => m.OnBadRows(BadRows.SkipAndReport).KnownAfter(TimeSpan.FromHours(1))).Build().Report;

        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("nl-NL");
        report.ToString().ReplaceLineEndings("\n").Should().Be(
            """
            source  read  kept  skipped  replaced  equal rows  entities   late  observed
            e          5     4        1         0           1         2  100 %  [2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z)
            e: observed from the first event, until the end of the last event's day (all times are whole days); times without a zone read as UTC.
            e: skipped 1: EntityMissing, first in row 5; got none.
            2 entities in all.
            """);
    }

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    private static void Map(ObjectMapping<(string? Who, DateTimeOffset? At, double Amount)> m) => m.Entity(g => g.Who).Time(g => g.At).Number("amount", g => g.Amount);

    private static HistoryBuilder Events(
        (string? Who, DateTimeOffset? At, double Amount)[] rows, Action<ObjectMapping<(string? Who, DateTimeOffset? At, double Amount)>>? more = null) =>
        new HistoryBuilder().AddEvents("e", rows, m =>
        {
            Map(m);
            more?.Invoke(m);
        });

    /// <summary>Three rows, of which the second throws where a column is read.</summary>
    private static HistoryBuilder Throwing(string column, Exception thrown, BadRows policy)
    {
        return new HistoryBuilder().AddEvents("e", new[] { 1, 2, 3 }, m => m
            .Entity(r => At("entity", r, "anna")).Time(r => At<DateTimeOffset?>("time", r, Day(r))).KnownTime(r => At<DateTimeOffset?>("known time", r, Day(r)))
            .Number("amount", r => At<double?>("amount", r, r)).Category("kind", r => At("kind", r, "x"))
            .EventKey(r => At<EntityKey?>("event key", r, new EntityKey((long)r))).Sequence(r => At("sequence", r, (long)r))
            .OnBadRows(policy));

        T At<T>(string place, int row, T value) => row == 2 && string.Equals(place, column, StringComparison.Ordinal) ? throw thrown : value;
    }

    private sealed class Counter : IProgress<long>
    {
        private readonly List<long> _seen = [];

        public Counter(out List<long> seen) => seen = _seen;

        public void Report(long value) => _seen.Add(value);
    }
}
