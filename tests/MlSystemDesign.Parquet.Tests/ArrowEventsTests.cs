using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using MlSystemDesign.History;
using MlSystemDesign.Parquet.Arrow;
using MlSystemDesign.Tests.History;

namespace MlSystemDesign.Parquet.Tests;

public sealed class ArrowEventsTests
{
    private static readonly HashSet<string> NoTexts = [];

    [Fact]
    public void AddEvents_RecordBatchesOfAnyRows_GiveTheBitsOfObjects() => HistoryRows.Many.SelectMany(rows => Gen.Shuffle(rows)).Select(Gen.Int[1, 9], Gen.Bool, Gen.Bool).Sample(
        (rows, size, corrections, coded) =>
        {
            RecordBatch whole = Batch(rows, coded);
            IEnumerable<RecordBatch> batches = rows.Chunk(size).Select((part, i) => i % 2 == 0 ? Batch(part, coded) : whole.Slice(i * size, part.Length));

            HistoryRows.Everything(new HistoryBuilder().AddEvents("events", batches, ParquetRows.Map(corrections)).Build().History)
                .Should().Be(HistoryRows.Everything(HistoryRows.Build(rows, corrections)));
        },
        iter: 60);

    [Fact]
    public async Task AddEvents_BatchesThatComeAsynchronously_GiveTheSame()
    {
        Row[] rows = [.. Enumerable.Range(0, 9).Select(i => new Row("anna", i % 4, i % 3, i, i, i % 2 == 0 ? "i" : null, i))];
        string expected = HistoryRows.Everything(HistoryRows.Build(rows));

        HistoryRows.Everything((await new HistoryBuilder().AddEvents("events", Batches(), ParquetRows.Map(corrections: false)).BuildAsync()).History).Should().Be(expected);
        HistoryRows.Everything(new HistoryBuilder().AddEvents("events", Batch(rows, coded: true), ParquetRows.Map(corrections: false)).Build().History).Should().Be(expected);

        async IAsyncEnumerable<RecordBatch> Batches()
        {
            foreach (Row[] part in rows.Chunk(4))
            {
                await Task.Yield();
                yield return Batch(part, coded: false);
            }
        }
    }

    [Fact]
    public void AddEvents_NullsOfAnArrow_AreBadRowsWithTheirNumbersOverAllBatches()
    {
        RecordBatch[] batches = [One(1, 5), One(null, 6), One(3, null)];

        SourceReport report = new HistoryBuilder().AddEvents("e", batches, m => m.Entity("id").Time("at").OnBadRows(BadRows.SkipAndReport)).Build().Report["e"];

        report.Skipped.Select(s => (s.Reason, s.Column, s.FirstRows[0])).Should().BeEquivalentTo([(BadRowReason.EntityMissing, "id", 2L), (BadRowReason.TimeMissing, "at", 3L)]);
        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", batches, m => m.Entity("id").Time("when")).Build()).Should().Throw<DataFormatException>()
            .WithMessage("A mapped column must exist. Got 'when' for a record batch. Use one of: id, at.");

        static RecordBatch One(long? id, int? day) => new RecordBatch.Builder()
            .Append("id", true, new Int64Array.Builder().Append(id).Build())
            .Append("at", true, day is null ? new Date32Array.Builder().AppendNull().Build() : new Date32Array.Builder().Append(new DateTime(2026, 1, day.Value)).Build())
            .Build();
    }

    [Fact]
    public void AddEvents_BatchesDisposedOfOnceTheNextIsAskedFor_GiveTheSame()
    {
        Row[] rows = [.. Enumerable.Range(0, 9).Select(i => new Row("anna", i % 4, i % 3, i, i, i % 2 == 0 ? "i" : null, i))];

        HistoryRows.Everything(new HistoryBuilder().AddEvents("events", Batches(), ParquetRows.Map(corrections: false)).Build().History)
            .Should().Be(HistoryRows.Everything(HistoryRows.Build(rows)));

        IEnumerable<RecordBatch> Batches()
        {
            foreach (Row[] part in rows.Chunk(4))
            {
                using RecordBatch batch = Batch(part, coded: false);
                yield return batch;
            }
        }
    }

    [Fact]
    public void ToBlock_SlicesOfDoublesAndIntegers_AreTheirOwnRows()
    {
        IArrowArray doubles = new DoubleArray.Builder().AppendRange([1.5, 2, 3]).Build().Slice(1, 2), integers = new Int64Array.Builder().AppendRange([1, 2, 3]).Build().Slice(1, 2);

        ArrowColumns.ToBlock("x", doubles, NoTexts).Numbers().ToArray().Should().Equal(2, 3);
        ArrowColumns.ToBlock("x", integers, NoTexts).Integers(new FactColumns(2), BadRowReason.EntityUnreadable).ToArray().Should().Equal(2, 3);
    }

    [Fact]
    public void ToBlock_NumbersOfEveryType_AreTheNearestDoubles()
    {
        Numbers(new Int8Array.Builder().Append(-8).AppendNull().Build()).Should().Equal(-8, double.NaN);
        Numbers(new UInt8Array.Builder().Append(200).Build()).Should().Equal(200);
        Numbers(new Int16Array.Builder().Append(-300).Build()).Should().Equal(-300);
        Numbers(new UInt16Array.Builder().Append(60_000).Build()).Should().Equal(60_000);
        Numbers(new Int32Array.Builder().Append(-70_000).Build()).Should().Equal(-70_000);
        Numbers(new UInt32Array.Builder().Append(uint.MaxValue).Build()).Should().Equal(uint.MaxValue);
        Numbers(new UInt64Array.Builder().Append(ulong.MaxValue).Build()).Should().Equal(ulong.MaxValue);
        Numbers(new FloatArray.Builder().Append(0.1f).AppendNull().Build()).Should().Equal(0.1f, double.NaN);
        Numbers(new HalfFloatArray.Builder().Append((Half)1.5f).Build()).Should().Equal(1.5);
        Numbers(new DoubleArray.Builder().AppendNull().Append(1.5).Build()).Should().Equal(double.NaN, 1.5);
        Numbers(new BooleanArray.Builder().Append(true).Append(false).AppendNull().Build()).Should().Equal(1, 0, double.NaN);
        Numbers(new Decimal128Array.Builder(new Decimal128Type(20, 2)).Append(12.34m).AppendNull().Append(-0.07m).Build()).Should().Equal(12.34, double.NaN, -0.07);
        Numbers(new Decimal128Array.Builder(new Decimal128Type(10, 0)).Append(12m).Build()).Should().Equal(12);
        Numbers(new Decimal256Array.Builder(new Decimal256Type(60, 3)).Append(-1234567890123456789.125m).Build()).Should().Equal(-1234567890123456789.125);
        Numbers(new NullArray(2)).Should().Equal(double.NaN, double.NaN);

        static double[] Numbers(IArrowArray array) => ArrowColumns.ToBlock("x", array, NoTexts).Numbers().ToArray();
    }

    [Theory]
    [InlineData(TimeUnit.Second, 1_767_225_601, "2026-01-01T00:00:01.0000000")]
    [InlineData(TimeUnit.Millisecond, -1, "1969-12-31T23:59:59.9990000")]
    [InlineData(TimeUnit.Microsecond, 1, "1970-01-01T00:00:00.0000010")]
    [InlineData(TimeUnit.Nanosecond, -1, "1969-12-31T23:59:59.9999999")]
    public void AddEvents_TimestampsOfEveryUnit_AreExactWithAndWithoutZone(TimeUnit unit, long value, string instant)
    {
        At(new TimestampType(unit, "America/New_York")).Should().Be(instant, "with a zone they count from 1970 UTC");
        At(new TimestampType(unit, (string?)null)).Should().Be(instant, "without one they are clocks, here of UTC");

        string At(TimestampType type)
        {
            TimestampArray array = new(type, new ArrowBuffer.Builder<long>().Append(value).Build(), ArrowBuffer.Empty, 1, 0, 0);
            RecordBatch batch = new RecordBatch.Builder().Append("id", false, new Int64Array.Builder().Append(1).Build()).Append("at", false, array).Build();
            return new DateTime(new HistoryBuilder().AddEvents("e", batch, m => m.Entity("id").Time("at")).Build().History.LookAhead.ReadAll(1L)["e"].EventTicks.Span[0])
                .ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void AddEvents_TimestampBeyondTheCalendar_IsABadRow()
    {
        TimestampArray array = new(new TimestampType(TimeUnit.Second, "UTC"), new ArrowBuffer.Builder<long>().Append(long.MaxValue).Build(), ArrowBuffer.Empty, 1, 0, 0);
        RecordBatch batch = new RecordBatch.Builder().Append("id", false, new Int64Array.Builder().Append(1).Build()).Append("at", false, array).Build();

        FluentActions.Invoking(() => new HistoryBuilder().AddEvents("e", batch, m => m.Entity("id").Time("at")).Build()).Should().Throw<DataFormatException>()
            .WithMessage("Each time must be readable*. Got 9223372036854775807 seconds since 1970, outside the years 1 to 9999, in row 1, column 'at', of source 'e'.*");
    }

    [Fact]
    public void AddEvents_CodeBeyondItsDictionary_IsAFormatFault()
    {
        DictionaryArray kinds = new(
            new DictionaryType(Int8Type.Default, StringType.Default, ordered: false), new Int8Array.Builder().Append(1).Build(), new StringArray.Builder().Append("a").Build());
        RecordBatch batch = new RecordBatch.Builder().Append("id", false, new Int64Array.Builder().Append(1).Build()).Append("kind", false, kinds).Build();

        FluentActions.Invoking(() => new HistoryBuilder().AddAttributes("e", batch, m => m.Entity("id").Category("kind")).Build()).Should().Throw<DataFormatException>()
            .WithMessage("A code must be a position in its dictionary of 1 texts, from 0. Got 1 in row 1 of a batch, column 'kind'.*");
    }

    private static RecordBatch Batch(Row[] rows, bool coded)
    {
        string[] kinds = ["é", "ı", "unused", "I", "i"];
        IArrowArray kind = coded
            ? new DictionaryArray(
                new DictionaryType(Int16Type.Default, StringType.Default, ordered: false), Indices(rows.Select(r => r.Kind is null ? (short?)null : (short)System.Array.IndexOf(kinds, r.Kind))),
                new StringArray.Builder().AppendRange(kinds).Build())
            : Texts(rows.Select(r => r.Kind));
        return new RecordBatch.Builder()
            .Append("who", false, Texts(rows.Select(r => r.Who)))
            .Append("at", false, Micros(rows.Select(r => r.At)))
            .Append("known", false, Micros(rows.Select(r => r.Known)))
            .Append("seq", false, new Int64Array.Builder().AppendRange(rows.Select(r => r.Sequence)).Build())
            .Append("amount", true, new DoubleArray.Builder().AppendRange(rows.Select(r => r.Amount)).Build())
            .Append("kind", true, kind)
            .Append("key", false, new Int64Array.Builder().AppendRange(rows.Select(r => r.EventKey)).Build())
            .Build();
    }

    private static StringArray Texts(IEnumerable<string?> texts)
    {
        StringArray.Builder builder = new();
        foreach (string? text in texts)
        {
            builder.Append(text);
        }

        return builder.Build();
    }

    private static Int16Array Indices(IEnumerable<short?> codes)
    {
        Int16Array.Builder builder = new();
        foreach (short? code in codes)
        {
            builder.Append(code);
        }

        return builder.Build();
    }

    private static TimestampArray Micros(IEnumerable<DateTimeOffset> instants)
    {
        long[] values = [.. instants.Select(i => (i.UtcTicks - DateTime.UnixEpoch.Ticks) / 10)];
        return new TimestampArray(new TimestampType(TimeUnit.Microsecond, "UTC"), new ArrowBuffer.Builder<long>().AppendRange(values).Build(), ArrowBuffer.Empty, values.Length, 0, 0);
    }
}
