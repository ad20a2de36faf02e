using System.Buffers.Binary;
using System.Globalization;
using Apache.Arrow;
using CsCheck;
using global::Parquet;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Tests;

public sealed class FeatureTableParquetTests
{
    private static readonly DateTimeOffset Cutoff = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_OfAnyWrittenTable_GivesAnEqualOne()
    {
        double[] awkward = [double.NaN, -0.0, 0.0, double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, 0.1];
        Gen<double> number = Gen.OneOf(Gen.Double, Gen.Int[0, awkward.Length - 1].Select(i => awkward[i]));
        Gen<int> code = Gen.Int[-1, 3];
        using TestFolder folder = new();
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Bool).SelectMany(shape => Gen.Select(
            number.Array[shape.Item1], code.Array[shape.Item1], Gen.Long[0, 1_000_000_000].Array[shape.Item1], Gen.Const(shape))).Sample(
            (numbers, codes, offsets, shape) =>
            {
                EntityKey[] keys = [.. Enumerable.Range(0, shape.Item1).Select(i => Key(i, shape.Item2))];
                ObservationSet rows = shape.Item3 ? ObservationSet.Of(keys, [.. offsets.Select(o => Cutoff.UtcTicks + o)]) : ObservationSet.WithoutTime(keys);
                FeatureTable table = new(rows, Schema(), [numbers, default], [default, codes]);

                table.WriteParquet(folder.File("t.parquet"));

                ShouldEqual(ParquetFeatureTable.Read(folder.File("t.parquet")), table);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void WriteParquet_MoreRowsThanARowGroupHolds_ReadsBackWhole()
    {
        int rows = (1 << 20) + 3;
        double[] numbers = [.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? double.NaN : i / 3.0)];
        FeatureTable table = new FeatureTableBuilder(Enumerable.Range(0, rows).Select(i => new EntityKey((long)i))).Number("x", numbers).Build();
        using TestFolder folder = new();

        table.WriteParquet(folder.File("t.parquet"));

        FeatureTable read = ParquetFeatureTable.Read(folder.File("t.parquet"));
        read.Observations.Entities.SequenceEqual(table.Observations.Entities).Should().BeTrue();
        read.Numbers(0).SequenceEqual(numbers).Should().BeTrue();
    }

    [Fact]
    public async Task WriteParquet_Bounds_AreThoseOfTheStoredValues()
    {
        using TestFolder folder = new();
        FeatureTable table = new(
            ObservationSet.Of([new Guid("00000000-0000-0000-0000-0000000000ff"), new Guid("01000000-0000-0000-0000-000000000000")], [Cutoff.UtcTicks, Cutoff.AddDays(1).UtcTicks]),
            new FeatureSchema([new FeatureColumn { Name = "mark", Kind = ColumnKind.Category, Levels = ["😀", "！"] }]),
            [default],
            [new[] { 0, 1 }]);

        await table.WriteParquetAsync(folder.File("t.parquet"));

        await using ParquetReader reader = await ParquetReader.CreateAsync(folder.File("t.parquet"));
        global::Parquet.Meta.Statistics[] bounds = [.. reader.RowGroups[0].RowGroup.Columns.Select(c => c.MetaData!.Statistics!)];
        System.Text.Encoding.UTF8.GetString(bounds[0].MinValue!).Should().Be("00000000-0000-0000-0000-0000000000ff");
        BinaryPrimitives.ReadInt64LittleEndian(bounds[1].MinValue).Should().Be(Cutoff.ToUnixTimeMilliseconds() * 1000);
        BinaryPrimitives.ReadInt64LittleEndian(bounds[1].MaxValue).Should().Be(Cutoff.AddDays(1).ToUnixTimeMilliseconds() * 1000);
        bounds[2].MinValue.Should().BeNull("UTF-16 orders these two the other way round than the file's UTF-8");
        ShouldEqual(await ParquetFeatureTable.ReadAsync(folder.File("t.parquet")), table);
    }

    [Fact]
    public void WriteParquet_FeaturesNamedLikeTheKey_KeepTheirNames()
    {
        FeatureTable table = new FeatureTableBuilder(ObservationSet.At(["anna"], Cutoff)).Number("entity", [1]).Number("_entity", [2]).Number("cutoff", [3]).Number("a.b / c", [4]).Build();
        using TestFolder folder = new();

        table.WriteParquet(folder.File("t.parquet"));

        ShouldEqual(ParquetFeatureTable.Read(folder.File("t.parquet")), table);
        table.ToRecordBatch().Schema.FieldsList.Select(f => f.Name).Should().Equal("__entity", "_cutoff", "entity", "_entity", "cutoff", "a.b / c");
    }

    [Fact]
    public async Task WriteParquet_CutoffThatCannotBeStored_LeavesTheOldFile()
    {
        using TestFolder folder = new();
        FeatureTable good = new FeatureTableBuilder(ObservationSet.At(["anna"], Cutoff)).Number("x", [1]).Build();
        FeatureTable bad = new FeatureTableBuilder(ObservationSet.At(["anna"], DateTimeOffset.MaxValue)).Number("x", [2]).Build();
        good.WriteParquet(folder.File("t.parquet"));

        FluentActions.Invoking(() => bad.WriteParquet(folder.File("t.parquet"))).Should().Throw<ArgumentException>().WithMessage("A cutoff must be a whole number of microseconds,*");
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => good.WriteParquetAsync(folder.File("u.parquet"), stop.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        folder.Files().Should().Equal("t.parquet");
        ShouldEqual(ParquetFeatureTable.Read(folder.File("t.parquet")), good);
    }

    [Fact]
    public void Read_FileOfAnother_SaysWhatIsMissing()
    {
        using TestFolder folder = new();
        folder.File("t.parquet", TestColumn.File(9, TestColumn.Of("x", new[] { 1.0 })));

        FluentActions.Invoking(() => ParquetFeatureTable.Read(folder.File("t.parquet"))).Should().Throw<DataFormatException>().WithMessage(
            "A feature table must have its schema in the metadata of the file. Got none in 't.parquet'. Read files of others with FeatureTableBuilder, or write the table with WriteParquet.");
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void WriteParquet_InAnotherCulture_WritesTheSameBytes(string culture)
    {
        using TestFolder folder = new();
        FeatureTable table = new(ObservationSet.At(["ıi", "İI"], Cutoff), Schema(), [new[] { 1.5, double.NaN }, default], [default, new[] { 0, -1 }]);
        table.WriteParquet(folder.File("a"));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            table.WriteParquet(folder.File("b"));
            ShouldEqual(ParquetFeatureTable.Read(folder.File("a")), table);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        File.ReadAllBytes(folder.File("b")).Should().Equal(File.ReadAllBytes(folder.File("a")));
    }

    [Fact]
    public void ToRecordBatch_Values_AreThoseOfTheTable()
    {
        FeatureTable table = new(ObservationSet.At([1L, 2L], Cutoff), Schema(), [new[] { 1.5, double.NaN }, default], [default, new[] { 2, -1 }]);

        using RecordBatch batch = table.ToRecordBatch();

        FactTable facts = new HistoryBuilder().AddEvents("e", batch, m => m.Entity("entity").Time("cutoff").Number("amount_sum_30d").Category("plan")).Build().History.LookAhead.ReadAll(1L)["e"];
        facts.EventTicks.Span[0].Should().Be(Cutoff.UtcTicks);
        facts.Numbers(0)[0].Should().Be(1.5);
        facts.Levels[1]![facts.Codes(1)[0]].Should().Be("b");
        batch.Column("amount_sum_30d").IsNull(1).Should().BeTrue();
        batch.Column("plan").IsNull(1).Should().BeTrue();
        batch.Schema.Metadata.Should().ContainKey("mlsystemdesign.feature_table");
    }

    private static FeatureSchema Schema() => new(
    [
        new FeatureColumn { Name = "amount_sum_30d", Kind = ColumnKind.Number, Unit = "EUR", Lineage = "sum of amount over 30 d of purchases", Group = "spending", ValueForNothing = -0.0 },
        new FeatureColumn { Name = "plan", Kind = ColumnKind.Category, Levels = ["z", "", "b", "ı 😀"] },
    ]);

    private static EntityKey Key(int i, int form) => form switch
    {
        0 => new EntityKey((long)-i),
        1 => new EntityKey(i % 5 == 0 ? " " : $"k{i}"),
        2 => new EntityKey(new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
        _ => i % 2 == 0 ? EntityKey.Composite("a;%", i) : new EntityKey("x"),
    };

    private static void ShouldEqual(FeatureTable read, FeatureTable table)
    {
        read.Schema.Should().Equal(table.Schema);
        read.Schema.Select(c => BitConverter.DoubleToInt64Bits(c.ValueForNothing)).Should().Equal(table.Schema.Select(c => BitConverter.DoubleToInt64Bits(c.ValueForNothing)));
        read.Observations.HasCutoffs.Should().Be(table.Observations.HasCutoffs);
        read.Observations.Should().Equal(table.Observations);
        for (int c = 0; c < table.Schema.Count; c++)
        {
            read.Numbers(c).ToArray().Select(Bits).Should().Equal(table.Numbers(c).ToArray().Select(Bits));
            read.Codes(c).ToArray().Should().Equal(table.Codes(c).ToArray());
        }
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
}
