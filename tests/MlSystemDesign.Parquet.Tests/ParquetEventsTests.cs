using System.Globalization;
using CsCheck;
using MlSystemDesign.History;
using MlSystemDesign.Tests;
using MlSystemDesign.Tests.History;
using global::Parquet.Schema;

namespace MlSystemDesign.Parquet.Tests;

public sealed class ParquetEventsTests
{
    [Fact]
    public void AddEventsFromParquet_AnyRowsInAnyOrderFilesAndRowGroups_GivesTheBitsOfObjects()
    {
        using TestFolder folder = new();
        HistoryRows.Many.SelectMany(rows => Gen.Shuffle(rows)).Select(Gen.Int[1, 9], Gen.Bool, Gen.Int[0, 40]).Sample(
            (rows, perGroup, corrections, cut) =>
            {
                cut = Math.Min(cut, rows.Length);
                string[] paths = [folder.File("a.parquet", ParquetRows.File(rows[cut..], perGroup)), folder.File("b.parquet", ParquetRows.File(rows[..cut], perGroup + 1))];

                string read = HistoryRows.Everything(new HistoryBuilder().AddEventsFromParquet("events", paths, ParquetRows.Map(corrections)).Build().History);

                read.Should().Be(HistoryRows.Everything(HistoryRows.Build(rows, corrections)));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void AddEventsFromParquet_NullsAndUnreadableValues_AreBadRowsWithTheirNumbersOverAllFiles()
    {
        DateTime?[] times = [Day(1), null, Day(3), Day(4), Day(5)];
        byte[] first = TestColumn.File(
            2,
            TestColumn.Texts("id", "anna", "ben", null, " ", "NA"),
            TestColumn.OfNullable(TestColumn.Timestamp("at", isUtc: true, DateTimeTimeUnit.Millis, isNullable: true), times),
            TestColumn.OfNullable("amount", new double?[] { null, 1, 2, 3, 4 }),
            TestColumn.Texts("kind", null, "a", "a", "a", "a"));
        byte[] second = TestColumn.File(
            1,
            TestColumn.Texts("id", "cleo", "dave"),
            TestColumn.Utc("at", Day(6), Day(7)),
            TestColumn.Of("amount", new[] { double.PositiveInfinity, 5 }),
            TestColumn.Texts("kind", "NA", ""));
        using TestFolder folder = new();
        string[] paths = [folder.File("1", first), folder.File("2", second)];
        Action<ColumnarMapping> map = m => m.Entity("id").Time("at").Number("amount", "EUR").Category("kind").Missing("NA");

        IngestResult ingest = new HistoryBuilder().AddEventsFromParquet("e", paths, m => map(m.OnBadRows(BadRows.SkipAndReport))).Build();

        SourceReport report = ingest.Report["e"];
        (report.RowsRead, report.RowsKept).Should().Be((7, 2));
        report.Skipped.Select(s => (s.Reason, s.Column, s.Count, s.FirstRows[0], s.Example)).Should().BeEquivalentTo(new (BadRowReason, string?, long, long, string)[]
        {
            (BadRowReason.TimeMissing, "at", 1, 2, "nothing"),
            (BadRowReason.EntityMissing, "id", 3, 3, "nothing"),
            (BadRowReason.NumberInfinite, "amount", 1, 6, "+infinity"),
        });
        FactTable anna = ingest.History.LookAhead.ReadAll("anna")["e"];
        double.IsNaN(anna.Numbers(0)[0]).Should().BeTrue();
        anna.Codes(1)[0].Should().Be(-1);
        ingest.History.LookAhead.ReadAll("dave")["e"].Codes(1)[0].Should().Be(-1);
        FluentActions.Invoking(() => new HistoryBuilder().AddEventsFromParquet("e", paths, map).Build()).Should().Throw<DataFormatException>().WithMessage(
            "Each row must have its times. Got nothing in row 2, column 'at', of source 'e'. Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).");
    }

    [Fact]
    public void AddEventsFromParquet_MissingColumn_ListsThoseThereAre() => Fault(m => m.Entity("id").Time("when")).Should().Be(
        "A mapped column must exist. Got 'when' for 'file.parquet'. Use one of: id, at, text, number, flag, tags.");

    [Theory]
    [InlineData("number", "text", "A column mapped as a number must hold integers, floating point numbers, decimals or booleans. Got string in column 'text'.")]
    [InlineData("number", "tags", "A column mapped as a number must hold integers, floating point numbers, decimals or booleans. Got a list in column 'tags'.")]
    [InlineData("category", "number", "A column mapped as a category must hold texts, integers, booleans or GUIDs. Got double in column 'number'.")]
    [InlineData("time", "flag", "A column mapped as a time must hold timestamps, dates or texts in ISO 8601. Got bool in column 'flag'.")]
    [InlineData("time", "id", "A column mapped as a time must hold timestamps, dates or texts in ISO 8601. Got int64 in column 'id'. Say what the numbers count, as in Time(column, (long s) => DateTimeOffset.FromUnixTimeSeconds(s)).")]
    [InlineData("key", "number", "A column mapped as a key must hold texts, integers or GUIDs. Got double in column 'number'.")]
    [InlineData("sequence", "text", "A column mapped as a whole number must hold integers. Got string in column 'text'.")]
    public void AddEventsFromParquet_ColumnOfAnotherType_SaysWhichTypesCan(string role, string column, string message) => Fault(m => _ = role switch
    {
        "number" => m.Entity("id").Time("at").Number(column),
        "category" => m.Entity("id").Time("at").Category(column),
        "time" => m.Entity("id").Time(column),
        "key" => m.Entity(column).Time("at"),
        _ => m.Entity("id").Time("at").Sequence(column),
    }).Should().StartWith(message);

    [Fact]
    public void AddEventsFromParquet_EmptyFile_SaysSo() => Fault([]).Should().Be(
        "A Parquet file must have a footer. Got an empty file in 'file.parquet'. Check the path and whether the export finished.");

    [Fact]
    public void AddEventsFromParquet_OtherBytes_SaysSo() => Fault("id,at\n1,2026-01-01\n"u8.ToArray()).Should().Be(
        "A Parquet file must start with the mark PAR1. Got other bytes at the start in 'file.parquet'. Check the path; read CSV files with MlSystemDesign.Csv.");

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void AddEventsFromParquet_TruncatedFile_SaysSo(double share) =>
        Fault(Whole()[..(int)Math.Ceiling(Whole().Length * share)]).Should().Match("A Parquet file must *. Got * in 'file.parquet'. *");

    [Fact]
    public void AddEventsFromParquet_BytesLostFromTheMiddle_IsAFormatFault()
    {
        byte[] whole = Whole();
        for (int at = 4; at < whole.Length - 200; at += 7)
        {
            byte[] broken = [.. whole[..at], .. whole[(at + 5)..]];
            try
            {
                Build(broken, m => m.Entity("id").Time("at").Number("number").Category("text"));
            }
            catch (Exception fault) when (fault is DataFormatException or IOException)
            {
            }
        }

        FluentActions.Invoking(() => Build([.. whole[..40], .. whole[45..]], m => m.Entity("id").Time("at").Number("number").Category("text"))).Should().Throw<DataFormatException>();
    }

    [Fact]
    public void AddEventsFromParquet_NoSuchFile_IsThatFault() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEventsFromParquet("e", "nowhere.parquet", m => m.Entity("id").Time("at")).Build()).Should().Throw<FileNotFoundException>();

    [Fact]
    public void AddEventsFromParquet_NoFiles_IsRefused() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddEventsFromParquet("e", Array.Empty<string>(), m => m.Entity("id").Time("at"))).Should().Throw<ArgumentException>()
            .WithMessage("A source must have at least one file. Got none. List the files, or leave the source out.*");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AddEventsFromParquet_NoRows_HasTheColumns(bool withARowGroup)
    {
        TestColumn[] columns = [TestColumn.Of("id", Array.Empty<long>()), TestColumn.Utc("at"), TestColumn.Of("amount", Array.Empty<double>())];
        byte[] none = TestColumn.File(1, columns), one = TestColumn.File(
            1, TestColumn.Of("id", new[] { 7L }), TestColumn.Utc("at", Day(1)), TestColumn.Of("amount", new[] { 1.0 }));
        using TestFolder folder = new();
        string[] paths = withARowGroup ? [folder.File("a", none), folder.File("b", one)] : [folder.File("a", none)];

        IngestResult ingest = new HistoryBuilder()
            .AddEventsFromParquet("e", paths, m => m.Entity("id").Time("at").Number("amount", "EUR").ObservedFrom(Utc(2026, 1, 1, 0, 0)).ObservedUntil(Utc(2027, 1, 1, 0, 0))).Build();

        ingest.Report["e"].RowsKept.Should().Be(withARowGroup ? 1 : 0);
        ingest.History.Schema["e"].Columns.Should().Equal(new SourceColumn("amount", ColumnKind.Number, "EUR"));
        FluentActions.Invoking(() => Build(none, m => m.Entity("id").Time("at").Category("amount"))).Should().Throw<DataFormatException>("types are checked without rows too")
            .WithMessage("A column mapped as a category must hold*");
        FluentActions.Invoking(() => Build(none, m => m.Entity("id").Time("at"))).Should().Throw<DataFormatException>()
            .WithMessage("A source must have rows, or declare the span in which nothing happened.*");
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void AddEventsFromParquet_InAnotherCulture_GivesTheSameBits(string culture)
    {
        Row[] rows = [.. Enumerable.Range(0, 30).Select(i => new Row(i % 2 == 0 ? "ıpek" : "Zoë", i % 8, i % 5, i % 2, i / 7.0, i % 3 == 0 ? "i" : "I", i))];
        byte[] file = ParquetRows.File(rows, 8);
        string expected = HistoryRows.Everything(HistoryRows.Build(rows, corrections: true));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            using MemoryStream stream = new(file);
            HistoryRows.Everything(new HistoryBuilder().AddEventsFromParquet("events", stream, ParquetRows.Map(corrections: true)).Build().History).Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AddEventsFromParquet_ClocksOfAZoneWithSummerTime_AreReadInIt()
    {
        DateTime[] clocks = [Clock(2026, 7, 1, 12, 0), Clock(2026, 1, 1, 12, 0), Clock(2026, 10, 25, 2, 30), Clock(2026, 3, 29, 2, 30)];
        byte[] file = TestColumn.File(
            9, TestColumn.Of("id", new long[] { 1, 2, 3, 4 }), TestColumn.Of(TestColumn.Timestamp("at", isUtc: false, DateTimeTimeUnit.Micros), clocks),
            TestColumn.Texts("text", "2026-07-01 12:00", "2026-01-01T12:00:00+01:00", "2026-10-25 02:30:00", "2026-03-29 02:30"));
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

        foreach (string column in (string[])["at", "text"])
        {
            IngestResult ingest = Build(file, m => m.Entity("id").Time(column).InZone(zone).OnBadRows(BadRows.SkipAndReport));

            Times(ingest, 1, 2, 3).Should().Equal(Utc(2026, 7, 1, 10, 0), Utc(2026, 1, 1, 11, 0), Utc(2026, 10, 25, 1, 30));
            ingest.Report["e"].Skipped.Should().ContainSingle().Which.Should().Match<SkippedRows>(s => s.Reason == BadRowReason.TimeSkippedByClock && s.FirstRows[0] == 4);
            ingest.Report["e"].TimeZone.Should().Be("times without a zone read in Europe/Amsterdam");
        }
    }

    [Fact]
    public void AddEventsFromParquet_KeysOfEveryKind_AreThoseOfObjects()
    {
        Guid guid = new("6f9619ff-8b86-d011-b42d-00c04fc964ff");
        byte[] file = TestColumn.File(
            9, TestColumn.Texts("text", "7"), TestColumn.Of("integer", new[] { 42 }), TestColumn.Of("guid", new[] { guid }), TestColumn.Texts("guidText", guid.ToString("N")),
            TestColumn.Utc("at", Day(1)));

        Key(m => m.Entity("text")).Should().Be(new EntityKey("7"));
        Key(m => m.Entity("text", EntityKeyKind.Integer)).Should().Be(new EntityKey(7));
        Key(m => m.Entity("integer")).Should().Be(new EntityKey(42));
        Key(m => m.Entity("integer", EntityKeyKind.Text)).Should().Be(new EntityKey("42"));
        Key(m => m.Entity("guid")).Should().Be(new EntityKey(guid));
        Key(m => m.Entity("guidText", EntityKeyKind.Guid)).Should().Be(new EntityKey(guid));
        Key(m => m.Entity("text", "integer", "guid")).Should().Be(EntityKey.Composite("7", 42, guid));
        FluentActions.Invoking(() => Key(m => m.Entity("guidText", EntityKeyKind.Integer))).Should().Throw<DataFormatException>().WithMessage(
            "Each entity must be of the source's kind of key. Got '6f9619ff8b86d011b42d00c04fc964ff' where a key of kind Integer is mapped in row 1, column 'guidText', of source 'e'.*");

        EntityKey Key(Action<ColumnarMapping> entity) => Build(file, m =>
        {
            entity(m);
            m.Time("at");
        }).History.EntitiesKnownBefore(DateTimeOffset.MaxValue).Single();
    }

    [Theory]
    [InlineData("flag")]
    [InlineData("integer")]
    [InlineData("text")]
    public void AddEventsFromParquet_Retractions_EndTheirEvents(string column)
    {
        byte[] file = TestColumn.File(
            9,
            TestColumn.Of("id", new long[] { 1, 1, 2 }), TestColumn.Utc("at", Day(1), Day(1), Day(2)), TestColumn.Utc("known", Day(1), Day(4), Day(2)),
            TestColumn.Of("key", new long[] { 7, 7, 8 }), TestColumn.Of("flag", new[] { false, true, false }), TestColumn.Of("integer", new[] { 0, 1, 0 }),
            TestColumn.Texts("text", null, "true", "0"), TestColumn.Texts("unclear", "0", "perhaps", "0"), TestColumn.Of("number", new double[3]));
        Action<ColumnarMapping> map = m => m.Entity("id").Time("at").KnownTime("known").EventKey("key");

        InMemoryHistory history = Build(file, m => map(m.Retracted(column))).History;

        history.AsOf(1L, Utc(2026, 1, 4, 0, 0))["e"].Count.Should().Be(1);
        history.AsOf(1L, Utc(2026, 1, 5, 0, 0))["e"].Count.Should().Be(0);
        history.AsOf(2L, Utc(2026, 1, 5, 0, 0))["e"].Count.Should().Be(1);
        FluentActions.Invoking(() => Build(file, m => map(m.Retracted("unclear")))).Should().Throw<DataFormatException>().WithMessage("*Got 'perhaps' in row 2, column 'unclear'*");
        FluentActions.Invoking(() => Build(file, m => map(m.Retracted("number")))).Should().Throw<DataFormatException>()
            .WithMessage("A column mapped as a mark must hold booleans, or the integers or texts 1 and 0. Got double in column 'number'.*");
    }

    [Fact]
    public void AddEventsFromParquet_NumbersAsTimes_AreReadByTheCaller()
    {
        byte[] file = TestColumn.File(9, TestColumn.Of("id", new long[] { 1, 2, 3, 4 }), TestColumn.Of("at", new[] { 86_400L, -1, long.MaxValue, 5 }));

        IngestResult ingest = Build(file, m => m.Entity("id").Time("at", s => s < 0 ? null : DateTimeOffset.FromUnixTimeSeconds(s)).OnBadRows(BadRows.SkipAndReport));

        Times(ingest, 1, 4).Should().Equal(Utc(1970, 1, 2, 0, 0), Utc(1970, 1, 1, 0, 0).AddSeconds(5));
        ingest.Report["e"].Skipped.Select(s => (s.Reason, s.FirstRows[0])).Should().BeEquivalentTo([(BadRowReason.TimeUnreadable, 2L), (BadRowReason.ConversionFailed, 3L)]);
    }

    [Fact]
    public void AddEventsFromParquet_StreamThatCannotSeek_IsReadAndLeftOpen()
    {
        using OneWayStream stream = new(Whole());

        new HistoryBuilder().AddEventsFromParquet("e", stream, m => m.Entity("id").Time("at")).Build().Report["e"].RowsKept.Should().Be(20);

        stream.CanRead.Should().BeTrue();
    }

    [Fact]
    public void AddAttributesFromParquet_UndatedRows_HoldFromTheBeginning()
    {
        using TestFolder folder = new();
        string path = folder.File("a.parquet", TestColumn.File(9, TestColumn.Texts("id", "anna"), TestColumn.Texts("plan", "basic")));

        new HistoryBuilder().AddAttributesFromParquet("plans", path, m => m.Entity("id").Category("plan")).Build().History
            .AsOf("anna", DateTimeOffset.MinValue.AddTicks(1))["plans"].Count.Should().Be(1);
    }

    [Fact]
    public void AddEventsFromParquet_DelayAndSpan_AreTheSources()
    {
        IngestResult ingest = Build(Whole(), m => m.Entity("id").Time("at").KnownAfter(TimeSpan.FromDays(1)).ObservedFrom(Utc(2025, 1, 1, 0, 0)).ObservedUntil(Utc(2027, 1, 1, 0, 0)));

        SourceSchema schema = ingest.History.Schema["e"];
        schema.KnownAfter.Should().Be(TimeSpan.FromDays(1));
        schema.Observed.Should().Be(new TimeWindow(Utc(2025, 1, 1, 0, 0), Utc(2027, 1, 1, 0, 0)));
    }

    [Fact]
    public async Task BuildAsync_Parquet_ReportsProgressAndObeysCancellation()
    {
        byte[] file = TestColumn.File(2000, TestColumn.Of("id", new long[6000]), TestColumn.Utc("at", [.. Enumerable.Range(0, 6000).Select(i => Day(1).AddMinutes(i))]));
        using MemoryStream stream = new(file);
        List<long> seen = [];
        using CancellationTokenSource stop = new();

        await new HistoryBuilder().AddEventsFromParquet("e", stream, m => m.Entity("id").Time("at")).BuildAsync(new Progress(seen));
        seen[^1].Should().Be(6000);
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => new HistoryBuilder().AddEventsFromParquet("e", stream, m => m.Entity("id").Time("at")).BuildAsync(cancellationToken: stop.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void AddEventsFromParquet_RowGroups_AreReadWhenTheyAreAskedFor()
    {
        byte[] file = TestColumn.File(1, TestColumn.Texts("id", "anna", null, "ben"), TestColumn.Utc("at", Day(1), Day(2), Day(3)));
        using CountingStream stream = new(file);

        FluentActions.Invoking(() => new HistoryBuilder().AddEventsFromParquet("e", stream, m => m.Entity("id").Time("at")).Build()).Should().Throw<DataFormatException>();
        long upToTheFault = stream.BytesRead;
        new HistoryBuilder().AddEventsFromParquet("e", stream, m => m.Entity("id").Time("at").OnBadRows(BadRows.SkipAndReport)).Build();

        (stream.BytesRead - upToTheFault).Should().BeGreaterThan(upToTheFault, "the third row group is not read once the second has failed");
    }

    private static string Fault(Action<ColumnarMapping> map) => Fault(Whole(), map);

    private static string Fault(byte[] file) => Fault(file, m => m.Entity("id").Time("at"));

    private static string Fault(byte[] file, Action<ColumnarMapping> map)
    {
        using TestFolder folder = new();
        string path = folder.File("file.parquet", file);
        return FluentActions.Invoking(() => new HistoryBuilder().AddEventsFromParquet("e", path, map).Build()).Should().Throw<DataFormatException>().Which.Message;
    }

    private static IngestResult Build(byte[] file, Action<ColumnarMapping> map)
    {
        using MemoryStream stream = new(file);
        return new HistoryBuilder().AddEventsFromParquet("e", stream, map).Build();
    }

    private static byte[] Whole() => TestColumn.File(
        7,
        TestColumn.Of("id", Enumerable.Range(0, 20).Select(i => (long)i).ToArray()),
        TestColumn.Utc("at", [.. Enumerable.Range(0, 20).Select(i => Day(1).AddHours(i))]),
        TestColumn.Texts("text", [.. Enumerable.Range(0, 20).Select(i => i % 4 == 0 ? null : $"t{i % 3}")]),
        TestColumn.OfNullable("number", Enumerable.Range(0, 20).Select(i => i % 5 == 0 ? null : (double?)i).ToArray()),
        TestColumn.Of("flag", new bool[20]),
        new TestColumn(
            new DataField("tags", typeof(int), isNullable: false, isArray: true),
            (group, field, from, count) => group.WriteAsync<int>(field, new int[count], new int[count]),
            20));

    private static IEnumerable<DateTimeOffset> Times(IngestResult ingest, params long[] ids) =>
        ids.Select(id => new DateTimeOffset(ingest.History.LookAhead.ReadAll(id)["e"].EventTicks.Span[0], TimeSpan.Zero));

    private static DateTime Day(int day) => new(2026, 1, day, 0, 0, 0, DateTimeKind.Utc);

    private static DateTime Clock(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, DateTimeKind.Utc); // written as it is

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private sealed class Progress(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }
}
