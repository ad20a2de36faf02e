using System.Data.Common;
using System.IO.Compression;
using System.Text;
using MlSystemDesign.History;
using MlSystemDesign.Tests;

namespace MlSystemDesign.Csv.Tests;

public sealed class CsvSourceTests
{
    [Fact]
    public void Open_Rfc4180_ReadsQuotesSeparatorsAndLineEnds() =>
        Rows("a,b\r\n\"x\"\"y, z\nline\",2\r\n3,\"\"").Should().Equal("x\"y, z\nline|2", "3|");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Open_ByteOrderMarkAndGzip_AreToldFromTheBytes(bool byteOrderMark, bool gzip)
    {
        byte[] bytes = [.. new UTF8Encoding(byteOrderMark).GetPreamble(), .. "naam\nZoë\n"u8];
        Rows(gzip ? Zipped(bytes) : bytes).Should().Equal("Zoë");
    }

    [Fact]
    public void Open_RowThatStartsWithAHash_IsARow() => Rows("a,b\n#1,2\n").Should().Equal("#1|2");

    [Fact]
    public void Open_BlankLines_AreNoRows() => Rows("a,b\n1,2\n\n3,4\n\n").Should().Equal("1|2", "3|4");

    [Fact]
    public void Open_BlankFieldOfTheOnlyColumn_IsARow() => Rows("a\n1\n\n2\n").Should().Equal("1", "", "2");

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public void Open_OtherDelimiter_IsStatedOrFound(char delimiter)
    {
        string text = $"a{delimiter}b\n1,5{delimiter}2\n";
        Rows(text, new CsvOptions { Delimiter = delimiter }).Should().Equal("1,5|2");
        Rows(text, new CsvOptions { Delimiter = null }).Should().Equal("1,5|2");
    }

    [Fact]
    public void Open_OtherEncoding_IsStated() =>
        Rows(Encoding.Latin1.GetBytes("naam\nZoë\n"), new CsvOptions { Encoding = Encoding.Latin1 }).Should().Equal("Zoë");

    [Fact]
    public void Open_EmptyFile_SaysSo() => Fault([]).Should().Be(
        "A CSV file must start with a header line. Got an empty file in 'test.csv'. Check the path and whether the export finished.");

    [Fact]
    public void Open_BytesOfAnotherEncoding_SaysSo() => Fault(Encoding.Latin1.GetBytes("naam\nZoë\n")).Should().StartWith(
        "A CSV file must be in the stated encoding. Got bytes that are not in 'test.csv'");

    [Theory]
    [InlineData("a,b\n1,2\n\"x,2\n3,4\n")]
    [InlineData("a,b\n1,2\n\"x\"y,2\n")]
    public void Read_BrokenQuoting_NamesTheRow(string text) => Fault(Encoding.UTF8.GetBytes(text)).Should().Be(
        "A CSV field must be quoted as in RFC 4180. Got broken quoting in 'test.csv', data row 2. Double the quotes inside a quoted field, and close it.");

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.99999)]
    public void Read_TruncatedGzip_SaysSo(double share)
    {
        byte[] whole = Zipped(LongFile(50_000));

        Fault(whole[..(int)(whole.Length * share)]).Should().Contain("A gzip file must be whole. Got a broken archive in 'test.csv'");
    }

    [Fact]
    public void Open_GzipOfSeveralMembers_ReadsThemAll()
    {
        byte[] first = Zipped(LongFile(20_000)), second = Zipped("7,8\n"u8.ToArray());

        Rows([.. first, .. second]).Should().HaveCount(20_001);
        Fault([.. first, .. second[..^1]]).Should().Contain("A gzip file must be whole");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Open_StreamThatCannotSeek_ReadsTheSame(bool gzip, bool byteOrderMark)
    {
        byte[] bytes = [.. new UTF8Encoding(byteOrderMark).GetPreamble(), .. LongFile(20_000)];
        byte[] file = gzip ? Zipped(bytes) : bytes;
        List<string> expected = Rows(file);
        expected.Should().HaveCount(20_000);

        using (DbDataReader reader = CsvSource.Open(new OneWayStream(file), "test.csv"))
        {
            reader.GetName(0).Should().Be("a");
            Rest(reader).Should().Equal(expected);
        }

        OneWayStream stream = new(file);
        await using (DbDataReader reader = CsvSource.Open(stream, "test.csv"))
        {
            int rows = 0;
            while (await reader.ReadAsync())
            {
                rows++;
            }

            rows.Should().Be(20_000);
        }

        stream.CanRead.Should().BeFalse("it is closed with the reader");
    }

    [Fact]
    public void Open_ShortStreamThatCannotSeek_IsReadToItsEnd()
    {
        using DbDataReader reader = CsvSource.Open(new OneWayStream("a"u8.ToArray()), "test.csv");

        reader.GetName(0).Should().Be("a");
        Rest(reader).Should().BeEmpty();
    }

    [Fact]
    public void Open_TruncatedGzipThatCannotSeek_SaysSo() =>
        FluentActions.Invoking(() => Rest(CsvSource.Open(new OneWayStream(Zipped(LongFile(50_000))[..^3]), "test.csv")))
            .Should().Throw<DataFormatException>().WithMessage("A gzip file must be whole. Got a broken archive in 'test.csv'*");

    [Fact]
    public void Open_SeekableStreamFromItsMiddle_StartsThere()
    {
        MemoryStream stream = new("skip this\na,b\n1,2\n"u8.ToArray()) { Position = 10 };
        using DbDataReader reader = CsvSource.Open(stream, "test.csv");

        Rest(reader).Should().Equal("1|2");
    }

    [Fact]
    public void Open_ClosedStream_IsRefused()
    {
        OneWayStream closed = new([]);
        closed.Dispose();

        FluentActions.Invoking(() => CsvSource.Open(closed, "test.csv")).Should().Throw<ArgumentException>().WithMessage(
            "The stream must be readable. Got one for 'test.csv' that is closed or for writing only. Open it for reading.*");
    }

    [Fact]
    public async Task AddCsvEvents_RaggedRows_AreBadRows()
    {
        using TemporaryFile file = new("who,at,n\nanna,2026-01-01,1\nanna,2026-01-02\nben,2026-01-03,3,4\n");
        HistoryBuilder Builder(BadRows policy) => new HistoryBuilder().AddCsvEvents("e", file.Path, m => m.Entity("who").Time("at").Number("n").OnBadRows(policy));

        (await FluentActions.Awaiting(() => Builder(BadRows.Fail).BuildAsync()).Should().ThrowAsync<DataFormatException>()).WithMessage(
            "Each row must have one field per column of the header. Got 2 fields where the header has 3 in row 2, of source 'e'. " +
            "Repair the row, or leave such rows out with OnBadRows(BadRows.SkipAndReport).");
        SkippedRows skipped = (await Builder(BadRows.SkipAndReport).BuildAsync()).Report["e"].Skipped.Should().ContainSingle().Subject;
        skipped.FirstRows.Should().Equal(2, 3);
    }

    [Fact]
    public void AddCsvEvents_DuplicateHeader_IsRefusedWhereItIsMapped()
    {
        using TemporaryFile file = new("who,at,n,n\nanna,2026-01-01,1,2\n");

        new HistoryBuilder().AddCsvEvents("e", file.Path, m => m.Entity("who").Time("at")).Build().Report["e"].RowsKept.Should().Be(1);
        FluentActions.Invoking(() => new HistoryBuilder().AddCsvEvents("e", file.Path, m => m.Entity("who").Time("at").Number("n")).Build())
            .Should().Throw<DataFormatException>().WithMessage("A mapped column must occur once. Got 'n' 2 times in source 'e'. Rename one of them in the file or query.");
    }

    [Fact]
    public void AddCsvAttributes_HeaderOnly_SaysThatThereAreNoRows()
    {
        using TemporaryFile file = new("who,plan\n");

        FluentActions.Invoking(() => new HistoryBuilder().AddCsvAttributes("customers", file.Path, m => m.Entity("who").Category("plan")).Build())
            .Should().Throw<DataFormatException>().WithMessage("A source must have rows*Got none for source 'customers'*");
    }

    [Fact]
    public void AddCsvEvents_NoSuchFile_ThrowsWhenBuilt() =>
        FluentActions.Invoking(() => new HistoryBuilder().AddCsvEvents("e", "no-such-file.csv", m => m.Entity("who").Time("at")).Build()).Should().Throw<FileNotFoundException>();

    private static List<string> Rows(string text, CsvOptions? options = null) => Rows(Encoding.UTF8.GetBytes(text), options);

    private static List<string> Rows(byte[] bytes, CsvOptions? options = null)
    {
        using DbDataReader reader = CsvSource.Open(new MemoryStream(bytes), "test.csv", options);
        return Rest(reader);
    }

    private static List<string> Rest(DbDataReader reader)
    {
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)));
        }

        return rows;
    }

    private static string Fault(byte[] bytes) => FluentActions.Invoking(() => Rows(bytes)).Should().Throw<DataFormatException>().Which.Message;

    private static byte[] LongFile(int rows)
    {
        StringBuilder text = new("a,b\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i * 7919 % 65537},{i}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return packed.ToArray();
    }
}
