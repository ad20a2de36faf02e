using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class ResidentBytesTests
{
    private const int Rows = 100_000;

    [Theory]
    [InlineData(0.02, 17, 20)]
    [InlineData(0.3, 23, 24)]
    [InlineData(0.6, 23, 24)]
    public void Report_OneNumberAndOneSmallCategory_TakesFewBytesPerEvent(double late, double least, double most)
    {
        SourceReport report = new HistoryBuilder().AddEvents("e", LargeSource.Create(Rows, late, "oldest first").ToColumns(0, Rows)).Build().Report["e"];

        ((double)report.ResidentBytes / Rows).Should().BeInRange(least, most);
    }

    [Fact]
    public void Report_OneFactKnownAYearLate_TakesEightBytesPerKnownTime()
    {
        LargeSource source = LargeSource.Create(Rows, 0.6, "oldest first");
        source.Known[7] = source.Times[7] + (365 * TimeSpan.TicksPerDay);

        SourceReport report = new HistoryBuilder().AddEvents("e", source.ToColumns(0, Rows)).Build().Report["e"];

        report.ResidentBytes.Should().Be((25L * Rows) + (12L * report.Entities));
    }

    [Fact]
    public void Report_DeclaredDelay_TakesNothingForKnownTimes()
    {
        LargeSource source = LargeSource.Create(Rows, 0, "oldest first");
        FactColumns columns = new FactColumns(Rows).Entity(source.Entities).Time(source.Times).Number("amount", source.Amounts).Category("kind", source.Kinds, LargeSource.Levels);

        SourceReport report = new HistoryBuilder().AddEvents("e", columns, m => m.KnownAfter(TimeSpan.FromHours(1))).Build().Report["e"];

        report.ResidentBytes.Should().Be((17L * Rows) + (12L * report.Entities));
    }

    [Fact]
    public void Build_ManyTexts_WidensTheirCodes()
    {
        string[] texts = [.. Enumerable.Range(0, 70_000).Select(i => $"{i:000000}")];
        InMemoryHistory small = Build(texts[..300]);

        small.Sources[0].Blocks[0].Codes[0]!.Width.Should().Be(2);
        InMemoryHistory grown = small.Append(b => b.AddEvents("e", Columns(texts)));
        grown.Sources[0].Blocks[^1].Codes[0]!.Width.Should().Be(4);
        FactTable facts = grown.LookAhead.ReadAll(1L)["e"];
        Enumerable.Range(0, facts.Count).Select(i => facts.Levels[0]![facts.Codes(0)[i]]).Order(StringComparer.Ordinal).Should().Equal(texts.Concat(texts[..300]).Order(StringComparer.Ordinal));

        static FactColumns Columns(string[] texts) => new FactColumns(texts.Length).Entity(Enumerable.Repeat(1L, texts.Length).ToArray()).Time(new long[texts.Length]).Category("kind", texts);
        static InMemoryHistory Build(string[] texts) => new HistoryBuilder().AddEvents("e", Columns(texts)).Build().History;
    }
}
