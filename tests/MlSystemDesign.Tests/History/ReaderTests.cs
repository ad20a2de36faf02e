using System.Data;
using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class ReaderTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public void AddEvents_TypedColumns_ReadsEachType()
    {
        Guid id = new("00000000-0000-0000-0000-000000000007");
        using DataTable table = Table(
            [("id", typeof(Guid)), ("at", typeof(DateTime)), ("d", typeof(double)), ("m", typeof(decimal)), ("i", typeof(int)), ("f", typeof(float)), ("b", typeof(bool)), ("s", typeof(short)), ("text", typeof(string))],
            [id, Noon, 1.25, 2.5m, 3, 0.5f, true, (short)4, "x"],
            [id, Noon.AddDays(1), DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value]);

        FactTable facts = Build(table, m => m.Entity("id").Time("at").Number("d").Number("m").Number("i").Number("f").Number("b").Number("s").Category("text"))
            .LookAhead.ReadAll(id)["e"];

        Enumerable.Range(0, 6).Select(c => facts.Numbers(c)[1]).Should().Equal(1.25, 2.5, 3, 0.5, 1, 4);
        Enumerable.Range(0, 6).Select(c => facts.Numbers(c)[0]).Should().OnlyContain(n => double.IsNaN(n));
        facts.Codes(6).ToArray().Should().Equal(-1, 0);
        facts.EventTime(1).Should().Be(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task BuildAsync_FactoryOfReaders_OpensAndCloses()
    {
        using DataTable table = Table([("id", typeof(long)), ("at", typeof(DateTime))], [7L, Noon]);
        DataTableReader? opened = null;
        HistoryBuilder builder = new HistoryBuilder().AddEvents("e", () => opened = table.CreateDataReader(), m => m.Entity("id").Time("at"));
        opened.Should().BeNull();

        IngestResult ingest = await builder.BuildAsync();

        ingest.History.Contains(7L).Should().BeTrue();
        opened!.IsClosed.Should().BeTrue();
    }

    [Fact]
    public void Category_WithAReader_HoldsWhatItGives()
    {
        using DataTable table = Table(
            [("id", typeof(long)), ("at", typeof(DateTime)), ("product", typeof(string))], [7L, Noon, "p1"], [7L, Noon.AddDays(1), "p2"], [7L, Noon.AddDays(2), DBNull.Value]);
        Dictionary<string, string> departments = new() { ["p1"] = "grocery" };

        FactTable facts = Build(table, m => m.Entity("id").Time("at").Category("product").Category("product", id => departments.GetValueOrDefault(id), name: "department"))
            .LookAhead.ReadAll(7L)["e"];

        facts.Schema.Columns.Select(c => c.Name).Should().Equal("product", "department");
        facts.Codes(1).ToArray().Select(code => code < 0 ? null : facts.Levels[1]![code]).Should().Equal(null, null, "grocery");
    }

    [Fact]
    public void Category_WithAReaderThatThrows_NamesTheRowAndTheColumn()
    {
        using DataTable table = Table([("id", typeof(long)), ("at", typeof(DateTime)), ("product", typeof(string))], [7L, Noon, "p1"]);

        FluentActions.Invoking(() => Build(table, m => m.Entity("id").Time("at").Category("product", id => new Dictionary<string, string>()[id])))
            .Should().Throw<DataFormatException>().WithMessage("*KeyNotFoundException*row 1, column 'product'*");
    }

    [Fact]
    public void Entity_SeveralColumns_IsACompositeKeyOfTheColumnTypes()
    {
        using DataTable table = Table([("shop", typeof(string)), ("id", typeof(int)), ("at", typeof(DateTime))], ["A", 7, Noon]);

        Build(table, m => m.Entity("shop", "id").Time("at")).Contains(EntityKey.Composite("A", 7)).Should().BeTrue();
    }

    [Fact]
    public void Entity_StatedKind_ReadsTextAsThatKind()
    {
        using DataTable table = Table([("id", typeof(string)), ("at", typeof(DateTime))], ["7", Noon], ["x7", Noon]);

        FluentActions.Invoking(() => Build(table, m => m.Entity("id", EntityKeyKind.Integer).Time("at"))).Should().Throw<DataFormatException>().WithMessage(
            "Each entity must be of the source's kind of key. Got 'x7' where a key of kind Integer is mapped in row 2, column 'id', of source 'e'.*");
        Build(table, m => m.Entity("id", EntityKeyKind.Integer).Time("at").OnBadRows(BadRows.SkipAndReport)).Contains(7L).Should().BeTrue();
    }

    [Fact]
    public void Build_WrongColumn_ListsThoseThereAre()
    {
        using DataTable table = Table([("id", typeof(string)), ("at", typeof(DateTime))], ["7", Noon]);

        FluentActions.Invoking(() => Build(table, m => m.Entity("customer").Time("at"))).Should().Throw<DataFormatException>()
            .WithMessage("A mapped column must exist. Got 'customer' for source 'e'. Use one of: id, at.").Which.Column.Should().Be("customer");
    }

    [Theory]
    [InlineData("", "NaN")]
    [InlineData(" ", "NaN")]
    [InlineData("NaN", "NaN")]
    [InlineData("NULL", "NaN")]
    [InlineData(" -1.5e3 ", "-1500")]
    [InlineData("1,5", null)]
    [InlineData("1.234,5", null)]
    [InlineData("0x10", null)]
    [InlineData("Infinity", null)]
    [InlineData("1e999", null)]
    public void Number_Text_IsReadInTheInvariantCulture(string text, string? value)
    {
        using DataTable table = Table([("id", typeof(string)), ("at", typeof(DateTime)), ("n", typeof(string))], ["7", Noon, text]);
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("nl-NL");

        Func<InMemoryHistory> build = () => Build(table, m => m.Entity("id").Time("at").Number("n").Missing("NULL"));
        if (value is null)
        {
            build.Should().Throw<DataFormatException>().Which.Column.Should().Be("n");
        }
        else
        {
            build().LookAhead.ReadAll("7")["e"].Numbers(0)[0].Should().Be(double.Parse(value, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Time_ConverterThatThrows_IsABadRowWithItsColumn()
    {
        using DataTable table = Table([("id", typeof(string)), ("day", typeof(string))], ["7", "1"], ["7", "x"], ["7", "3"]);
        void Map(ReaderMapping m) => m.Entity("id").Time("day", text => new DateTimeOffset(2026, 1, int.Parse(text, CultureInfo.InvariantCulture), 0, 0, 0, TimeSpan.Zero));

        DataFormatException fault = FluentActions.Invoking(() => Build(table, Map)).Should().Throw<DataFormatException>().WithMessage(
            "Each value must be readable by the code that was given for it. Got FormatException (*'x'*) in row 2, column 'day', of source 'e'. " +
            "Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).").Which;
        (fault.RowNumber, fault.Column).Should().Be((2, "day"));
        fault.InnerException.Should().BeOfType<FormatException>();
        Skipped(table, m => Map(m.OnBadRows(BadRows.SkipAndReport))).Should().Be((BadRowReason.ConversionFailed, "day", 1, 2));
    }

    [Fact]
    public void Computed_FunctionThatThrows_IsABadRowWithItsName()
    {
        using DataTable table = Table([("id", typeof(string)), ("at", typeof(DateTime)), ("n", typeof(int))], ["7", Noon, 1], ["7", Noon, 0]);

        Skipped(table, m => m.Entity("id").Time("at").Computed("share", ["n"], v => 1 / (int)v[0]).OnBadRows(BadRows.SkipAndReport))
            .Should().Be((BadRowReason.ConversionFailed, "share", 1, 2));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("at")]
    [InlineData("n")]
    [InlineData("kind")]
    [InlineData("line")]
    public void Build_ProviderThatThrows_IsABadRowWithItsColumn(string column)
    {
        using DataTable table = Table(
            [("id", typeof(string)), ("at", typeof(DateTime)), ("n", typeof(double)), ("kind", typeof(string)), ("line", typeof(int))], ["7", Noon, 1.0, "x", 1], ["7", Noon, 2.0, "x", 2]);
        using FaultyReader reader = new(table, column);

        IngestResult ingest = new HistoryBuilder()
            .AddEvents("e", reader, m => m.Entity("id").Time("at").Number("n").Category("kind").Sequence("line").OnBadRows(BadRows.SkipAndReport)).Build();

        SkippedRows skipped = ingest.Report["e"].Skipped.Should().ContainSingle().Subject;
        (skipped.Reason, skipped.Column, skipped.FirstRows[0], skipped.Example).Should().Be((BadRowReason.ConversionFailed, column, 2, "InvalidCastException (not of that type)"));
    }

    [Fact]
    public void Entity_KeyOfAnotherKindUnderSkip_NamesItsColumn()
    {
        using DataTable first = Table([("id", typeof(string)), ("at", typeof(DateTime))], ["anna", Noon]);
        using DataTable second = Table([("customer", typeof(int)), ("at", typeof(DateTime))], [7, Noon]);
        using DataTableReader a = first.CreateDataReader(), b = second.CreateDataReader();

        IngestResult ingest = new HistoryBuilder().AddEvents("e", a, m => m.Entity("id").Time("at"))
            .AddEvents("f", b, m => m.Entity("customer").Time("at").ObservedFrom(DateTimeOffset.UnixEpoch).ObservedUntil(new DateTimeOffset(Noon.AddDays(1), TimeSpan.Zero)).OnBadRows(BadRows.SkipAndReport)).Build();

        SkippedRows skipped = ingest.Report["f"].Skipped.Should().ContainSingle().Subject;
        (skipped.Reason, skipped.Column, skipped.Example).Should().Be((BadRowReason.EntityUnreadable, "customer", "Integer '7' beside Text 'anna'"));
    }

    [Fact]
    public void Sequence_Ties_PutsTheGreaterFirst()
    {
        using DataTable table = Table([("id", typeof(string)), ("at", typeof(DateTime)), ("n", typeof(double)), ("line", typeof(int))], ["7", Noon, 1.0, 3], ["7", Noon, 5.0, 1], ["7", Noon, 3.0, 2]);

        Build(table, m => m.Entity("id").Time("at").Number("n").Sequence("line")).LookAhead.ReadAll("7")["e"].Numbers(0).ToArray().Should().Equal(1, 3, 5);
    }

    [Fact]
    public void Retracted_BooleansAndDigits_HideTheEventFromThenOn()
    {
        using DataTable table = Table(
            [("id", typeof(string)), ("at", typeof(DateTime)), ("known", typeof(DateTime)), ("order", typeof(int)), ("gone", typeof(string))],
            ["anna", Noon, Noon, 1, "0"],
            ["anna", Noon, Noon.AddDays(1), 1, "1"],
            ["anna", Noon, Noon, 2, "False"],
            ["anna", Noon, Noon, 3, DBNull.Value],
            ["anna", Noon, Noon, 4, "maybe"]);
        using DataTableReader reader = table.CreateDataReader();

        IngestResult ingest = new HistoryBuilder()
            .AddEvents("e", reader, m => m.Entity("id").Time("at").KnownTime("known").EventKey("order").Retracted("gone").OnBadRows(BadRows.SkipAndReport)).Build();

        SourceReport report = ingest.Report["e"];
        (report.RowsRead, report.RowsKept, report.RowsSkipped, report.RowsReplaced, report.RowsRetracted, report.RowsRevised).Should().Be((5, 3, 1, 0, 1, 1));
        (report.Skipped[0].Reason, report.Skipped[0].Column, report.Skipped[0].Example).Should().Be((BadRowReason.FlagUnreadable, "gone", "'maybe'"));
        ingest.History.AsOf("anna", new DateTimeOffset(Noon, TimeSpan.Zero).AddHours(1))["e"].Count.Should().Be(3);
        ingest.History.AsOf("anna", new DateTimeOffset(Noon, TimeSpan.Zero).AddDays(2))["e"].Count.Should().Be(2);
    }

    [Fact]
    public void EventKey_Correction_ReplacesAndMayMoveToAnotherEntity()
    {
        using DataTable table = Table(
            [("id", typeof(string)), ("at", typeof(DateTime)), ("known", typeof(DateTime)), ("order", typeof(int)), ("n", typeof(double))],
            ["anna", Noon, Noon, 1, 10.0],
            ["ben", Noon, Noon.AddDays(2), 1, 11.0],
            ["anna", Noon, Noon.AddDays(1), 1, 12.0]);
        using DataTableReader reader = table.CreateDataReader();

        IngestResult ingest = new HistoryBuilder().AddEvents("e", reader, m => m.Entity("id").Time("at").KnownTime("known").EventKey("order").Number("n")).Build();

        (ingest.Report["e"].RowsReplaced, ingest.Report["e"].RowsRevised).Should().Be((0, 2));
        DateTimeOffset noon = new(Noon, TimeSpan.Zero);
        ingest.History.AsOf("anna", noon.AddHours(1))["e"].Numbers(0).ToArray().Should().Equal(10);
        ingest.History.AsOf("anna", noon.AddDays(1.5))["e"].Numbers(0).ToArray().Should().Equal(12);
        ingest.History.AsOf("anna", noon.AddDays(3))["e"].Count.Should().Be(0);
        ingest.History.AsOf("ben", noon.AddDays(3))["e"].Numbers(0).ToArray().Should().Equal(11);
        ingest.History.EntitiesKnownBefore(noon.AddDays(3)).Should().Equal("anna", "ben");
        ingest.Report["e"].LateShare.Should().BeApproximately(2 / 3.0, 1e-15);
    }

    private static (BadRowReason Reason, string? Column, long Count, long First) Skipped(DataTable table, Action<ReaderMapping> map)
    {
        using DataTableReader reader = table.CreateDataReader();
        SkippedRows skipped = new HistoryBuilder().AddEvents("e", reader, map).Build().Report["e"].Skipped.Should().ContainSingle().Subject;
        return (skipped.Reason, skipped.Column, skipped.Count, skipped.FirstRows[0]);
    }

    private static InMemoryHistory Build(DataTable table, Action<ReaderMapping> map)
    {
        using DataTableReader reader = table.CreateDataReader();
        return new HistoryBuilder().AddEvents("e", reader, map).Build().History;
    }

    private static DataTable Table((string Name, Type Type)[] columns, params object[][] rows)
    {
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        foreach ((string name, Type type) in columns)
        {
            table.Columns.Add(name, type);
        }

        foreach (object[] row in rows)
        {
            table.Rows.Add(row);
        }

        return table;
    }
}
