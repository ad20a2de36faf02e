using System.Data;
using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class FeatureTableReaderTests
{
    [Fact]
    public void Read_Inferred_TellsNumbersFromCategories()
    {
        FeatureTableIngest table = Read(m => m.Entity("id").Target("left", "Yes").Money("cost", Currency.Eur).InferOthers(except: ["leak", "day"]));

        table.Features.Schema.Select(c => (c.Name, c.Kind)).Should().Equal(("fee", ColumnKind.Number), ("plan", ColumnKind.Category), ("empty", ColumnKind.Number));
        table.Features.Numbers("fee").ToArray().Should().Equal(9.5, double.NaN, 7);
        table.Features.CategoryAt("plan", 1).Should().Be("2");
        table.Features.CategoryAt("plan", 2).Should().BeNull();
        table.Features.Observations.HasCutoffs.Should().BeFalse();
        table.Targets.ToArray().Should().Equal(1, 0, 0);
        table.Money["cost"].Amounts.ToArray().Should().Equal(10, 20, double.NaN);
    }

    [Fact]
    public void Read_DeclaredColumns_KeepsTheirOrderUnitAndCutoff()
    {
        FeatureTableIngest table = Read(m => m.Entity("id").Cutoff("day").Category("plan").Number("fee", "EUR", "monthly_fee"));

        table.Features.Schema.Select(c => (c.Name, c.Unit)).Should().Equal(("plan", null), ("monthly_fee", "EUR"));
        table.Features.Observations[2].Should().Be(new Observation("c", new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero)));
        table.Targets.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData("id")]
    [InlineData("left")]
    [InlineData("fee")]
    [InlineData("plan")]
    public void Read_ProviderThatThrows_IsABadRowWithItsColumn(string column)
    {
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.AddRange([new("id", typeof(string)), new("left", typeof(string)), new("fee", typeof(double)), new("plan", typeof(string))]);
        table.Rows.Add("a", "Yes", 1.0, "x");
        table.Rows.Add("b", "No", 2.0, "y");
        using FaultyReader reader = new(table, column);

        FeatureTableIngest ingest = FeatureTableReader.Read(
            reader, m => m.Entity("id").Target("left", "Yes").Number("fee").Category("plan").OnBadRows(BadRows.SkipAndReport));

        SkippedRows skipped = ingest.Skipped.Should().ContainSingle().Subject;
        (skipped.Reason, skipped.Column, skipped.FirstRows[0], skipped.Example).Should().Be((BadRowReason.ConversionFailed, column, 2, "InvalidCastException (not of that type)"));
        ingest.Features.Observations.Select(o => o.Entity).Should().Equal("a");
    }

    [Fact]
    public void Read_Costs_TravelFromTheTableToASet()
    {
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.AddRange([new("left", typeof(string)), new("fee", typeof(double)), new("offer", typeof(double)), new("lost", typeof(double))]);
        table.Rows.Add("Yes", 1.0, 5.0, 90.0);
        table.Rows.Add("No", 2.0, 6.0, DBNull.Value);
        table.Rows.Add("No", 3.0, 7.0, 70.0);
        using DataTableReader first = table.CreateDataReader(), second = table.CreateDataReader();

        FeatureTableIngest ingest = FeatureTableReader.Read(first, m => Map(m).OnBadRows(BadRows.SkipAndReport));

        TrainingSet set = new(ingest.Features, ingest.Targets.Span, costs: ingest.Costs);
        set.Costs!.FalseNegative.Amounts.ToArray().Should().Equal(90, 70);
        set.Costs.TruePositive.Amounts.ToArray().Should().Equal(5, 7);
        set.Features.Schema.Select(c => c.Name).Should().Equal("fee");
        (ingest.Skipped[0].Reason, ingest.Skipped[0].Column).Should().Be((BadRowReason.CostMissing, "lost"));
        FluentActions.Invoking(() => FeatureTableReader.Read(second, m => Map(m))).Should().Throw<DataFormatException>()
            .WithMessage("Each row must have its four costs. Got nothing in row 2, column 'lost', *");

        static FeatureTableMapping Map(FeatureTableMapping m) => m.Target("left", "Yes").Costs("offer", "lost", "offer", "offer", Currency.Eur).InferOthers();
    }

    [Fact]
    public void Read_NoEntity_UsesTheRowNumber() =>
        Read(m => m.Number("fee")).Features.Observations.Select(o => o.Entity).Should().Equal(1L, 2L, 3L);

    [Fact]
    public void Read_TargetValue_IsTheNumber() =>
        Read(m => m.TargetValue("fee").OnBadRows(BadRows.SkipAndReport)).Targets.ToArray().Should().Equal(9.5, 7);

    [Fact]
    public void Read_MissingTarget_IsABadRow()
    {
        FluentActions.Invoking(() => Read(m => m.TargetValue("fee"))).Should().Throw<DataFormatException>().WithMessage(
            "Each row must have its target. Got nothing in row 2, column 'fee', of source 'feature table'. Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).");
        Read(m => m.TargetValue("fee").Category("plan").OnBadRows(BadRows.SkipAndReport)).Skipped.Should().ContainSingle().Which.FirstRows.Should().Equal(2);
    }

    [Fact]
    public void Read_PositiveClassThatDoesNotOccur_ListsTheTexts() =>
        FluentActions.Invoking(() => Read(m => m.Target("left", "yes"))).Should().Throw<DataFormatException>()
            .WithMessage("The positive class must occur. Got no 'yes' in column 'left'. Use one of: No, Yes.");

    [Fact]
    public void Read_InfinityInANumberColumn_IsABadRowThoughInferred()
    {
        FluentActions.Invoking(() => Read(m => m.InferOthers(), fee: "1e999")).Should().Throw<DataFormatException>().WithMessage("Each number must be finite*row 2, column 'fee'*");

        FeatureTableIngest table = Read(m => m.InferOthers().OnBadRows(BadRows.SkipAndReport), fee: "-Infinity");
        table.Features.Numbers("fee").ToArray().Should().Equal(9.5, 7);
        table.Features.Observations.Select(o => o.Entity).Should().Equal(1L, 3L);
    }

    [Fact]
    public void Read_ColumnToLeaveOutThatIsNotThere_IsRefused() =>
        FluentActions.Invoking(() => Read(m => m.InferOthers(except: "lekk"))).Should().Throw<DataFormatException>().WithMessage("A mapped column must exist. Got 'lekk'*");

    [Fact]
    public void Read_NoRows_IsRefused()
    {
        using DataTable empty = new() { Locale = CultureInfo.InvariantCulture };
        empty.Columns.Add("a");
        using DataTableReader reader = empty.CreateDataReader();

        FluentActions.Invoking(() => FeatureTableReader.Read(reader, m => m.InferOthers())).Should().Throw<DataFormatException>()
            .WithMessage("A feature table must have rows. Got none. Check the file or query and the mapping.");
    }

    [Fact]
    public async Task ReadAsync_Reader_GivesTheSame()
    {
        using DataTable table = Table("");
        await using DataTableReader reader = table.CreateDataReader();

        FeatureTableIngest read = await FeatureTableReader.ReadAsync(reader, m => m.Entity("id").InferOthers());

        read.Features.RowCount.Should().Be(3);
        read.RowsRead.Should().Be(3);
    }

    private static FeatureTableIngest Read(Action<FeatureTableMapping> map, string fee = "")
    {
        using DataTable table = Table(fee);
        using DataTableReader reader = table.CreateDataReader();
        return FeatureTableReader.Read(reader, map);
    }

    private static DataTable Table(string secondFee)
    {
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        foreach (string name in new[] { "id", "day", "fee", "plan", "empty", "leak", "cost", "left" })
        {
            table.Columns.Add(name, typeof(string));
        }

        table.Columns.Remove("day");
        table.Columns.Add("day", typeof(DateTime));
        table.Rows.Add("a", "9.5", "x", "", "1", "10", "Yes", new DateTime(2026, 1, 1));
        table.Rows.Add("b", secondFee, "2", " ", "1", "20", "No", new DateTime(2026, 1, 2));
        table.Rows.Add("c", "7", "", "", "1", "", "No", new DateTime(2026, 1, 3));
        return table;
    }
}
