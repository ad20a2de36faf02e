using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Parquet.Tests;

/// <summary>Files that DuckDB wrote: every type, and encodings that Parquet.Net does not write. See the README beside them.</summary>
public sealed class FilesOfOthersTests
{
    [Theory]
    [InlineData("duckdb_v1.parquet")]
    [InlineData("duckdb_v2.parquet")]
    public void AddEventsFromParquet_NumbersOfEveryType_AreTheNearestDoubles(string file)
    {
        string[] columns = ["id", "amount", "wide", "single", "dbl", "flag", "tiny", "u32", "u64"];
        InMemoryHistory history = Build(file, m =>
        {
            m.Entity("id").Time("id", _ => DateTimeOffset.UnixEpoch);
            foreach (string column in columns)
            {
                m.Number(column);
            }
        });

        Values(1).Should().Equal(1, 12.34, 99999999999999999999999999.123456789012, 0.1f, 1.5, 1, 7, 4294967295, 18446744073709551615);
        Values(2).Should().Equal(2, -0.07, -1.5, -3.5, 0, 0, -8, 0, 1);
        Values(3)[1..].Should().OnlyContain(v => double.IsNaN(v));

        double[] Values(long id) => [.. columns.Select((_, c) => history.LookAhead.ReadAll(id)["e"].Numbers(c)[0])];
    }

    [Theory]
    [InlineData("duckdb_v1.parquet")]
    [InlineData("duckdb_v2.parquet")]
    public void AddEventsFromParquet_TimesOfEveryUnit_AreExact(string file)
    {
        Ticks(file, "at_utc").Should().Equal("2026-03-01T12:00:00.1234560", "1900-01-01T00:00:00.0000000");
        Ticks(file, "local_at").Should().Equal("2026-07-01T12:00:00.5000000", "2026-03-29T03:30:00.0000000");
        Ticks(file, "ns").Should().Equal("1969-12-31T23:59:59.9999999", "2026-01-01T00:00:00.1234567");
        Ticks(file, "ms").Should().Equal("2026-01-01T00:00:00.0010000", "1960-01-01T00:00:00.0010000");
        Ticks(file, "s").Should().Equal("2026-01-01T00:00:01.0000000", "1960-01-01T00:00:01.0000000");
        Ticks(file, "day").Should().Equal("2026-02-03T00:00:00.0000000", "1960-02-03T00:00:00.0000000");
        Ticks(file, "local_at", TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")).Should().Equal("2026-07-01T10:00:00.5000000", "2026-03-29T01:30:00.0000000");
        Ticks(file, "at_utc", TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")).Should().Equal("2026-03-01T12:00:00.1234560", "1900-01-01T00:00:00.0000000");
    }

    [Theory]
    [InlineData("duckdb_v1.parquet")]
    [InlineData("duckdb_v2.parquet")]
    public void AddEventsFromParquet_CategoriesOfEveryType_AreTexts(string file)
    {
        string[] columns = ["kind", "who", "flag", "tiny", "u64", "guid"];
        InMemoryHistory history = Build(file, m =>
        {
            m.Entity("id").Time("id", _ => DateTimeOffset.UnixEpoch);
            foreach (string column in columns)
            {
                m.Category(column);
            }
        });

        Texts(1).Should().Equal("a", "anna", "True", "7", "18446744073709551615", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
        Texts(2).Should().Equal("b", "Zoë", "False", "-8", "1", "00000000-0000-0000-0000-000000000001");
        Texts(3).Should().OnlyContain(text => text == null);

        string?[] Texts(long id) => [.. columns.Select((_, c) => history.LookAhead.ReadAll(id)["e"] is var facts && facts.Codes(c)[0] is >= 0 and var code ? facts.Levels[c]![code] : null)];
    }

    [Theory]
    [InlineData("duckdb_v1.parquet")]
    [InlineData("duckdb_v2.parquet")]
    public void AddEventsFromParquet_KeysOfEveryType_AreRead(string file)
    {
        Keys("who").Should().Equal("Zoë", "anna");
        Keys("guid").Should().BeEquivalentTo(new EntityKey[] { new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), new Guid("00000000-0000-0000-0000-000000000001") });
        Keys("u64").Should().Equal(1L);
        Keys("u64", EntityKeyKind.Text).Should().BeEquivalentTo(new EntityKey[] { "1", "18446744073709551615" });

        EntityKey[] Keys(string column, EntityKeyKind? kind = null) => [.. Build(file, m =>
        {
            _ = kind is null ? m.Entity(column) : m.Entity(column, kind.Value);
            m.Time("id", _ => DateTimeOffset.UnixEpoch);
        }).EntitiesKnownBefore(DateTimeOffset.MaxValue).Order()];
    }

    private static IEnumerable<string> Ticks(string file, string column, TimeZoneInfo? zone = null)
    {
        InMemoryHistory history = Build(file, m => m.Entity("id").Time(column).InZone(zone ?? TimeZoneInfo.Utc));
        return new long[] { 1, 2 }.Select(id => new DateTime(history.LookAhead.ReadAll(id)["e"].EventTicks.Span[0]).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    private static InMemoryHistory Build(string file, Action<ColumnarMapping> map) => new HistoryBuilder()
        .AddEventsFromParquet("e", Path.Combine(AppContext.BaseDirectory, "Fixtures", file), m => map(m.OnBadRows(BadRows.SkipAndReport))).Build().History;
}
