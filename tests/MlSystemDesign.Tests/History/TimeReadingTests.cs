using System.Data;
using System.Globalization;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

public sealed class TimeReadingTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.0000000Z")]
    [InlineData("2026-03-01 13:45", "2026-03-01T13:45:00.0000000Z")]
    [InlineData("2026-03-01T13:45:59", "2026-03-01T13:45:59.0000000Z")]
    [InlineData("2026-03-01 13:45:59.5", "2026-03-01T13:45:59.5000000Z")]
    [InlineData(" 2026-03-01 13:45:59.123456789 ", "2026-03-01T13:45:59.1234567Z")]
    [InlineData("2026-03-01T13:45:59Z", "2026-03-01T13:45:59.0000000Z")]
    [InlineData("2026-03-01T13:45:59+02:00", "2026-03-01T11:45:59.0000000Z")]
    [InlineData("2026-03-01 00:30-0530", "2026-03-01T06:00:00.0000000Z")]
    [InlineData("2026-03-01 00:30:00+01", "2026-02-28T23:30:00.0000000Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.0000000Z")]
    public void Time_IsoText_ReadsInstant(string text, string instant) =>
        Read(text, m => m.Time("t")).ToString("O", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal).Should().Be(instant);

    [Theory]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("01-03-2026")]
    [InlineData("2026-03-01T")]
    [InlineData("2026-03-01 24:00")]
    [InlineData("2026-03-01 13:60")]
    [InlineData("2026-03-01 13:45:60")]
    [InlineData("2026-03-01 13:45:59.")]
    [InlineData("2026-03-01 13:45x")]
    [InlineData("2026-03-01 13:45+2")]
    [InlineData("2026-03-01 13:45+15:00")]
    [InlineData("٢٠٢٦-03-01")]
    [InlineData("0001-01-01T00:00+01:00")]
    [InlineData("yesterday")]
    public void Time_OtherText_IsABadRow(string text) =>
        FluentActions.Invoking(() => Read(text, m => m.Time("t"))).Should().Throw<DataFormatException>().WithMessage(
            $"Each time must be readable (ISO 8601, or the exact format that was stated). Got '{text}' in row 1, column 't', of source 'e'. Repair the row, *");

    [Fact]
    public void Time_ExactFormat_ReadsIt() =>
        Read("3/1/2026 8:26", m => m.Time("t", "M/d/yyyy H:mm")).Should().Be(new DateTimeOffset(2026, 3, 1, 8, 26, 0, TimeSpan.Zero));

    [Fact]
    public void Time_ExactFormatWithOffset_IsThatInstant() =>
        Read("01.03.2026 08:26 +02:00", m => m.Time("t", "dd.MM.yyyy HH:mm zzz")).Should().Be(new DateTimeOffset(2026, 3, 1, 6, 26, 0, TimeSpan.Zero));

    [Fact]
    public void Time_OwnReader_DecidesAndMayRefuse()
    {
        Read("1000000000", m => m.Time("t", t => DateTimeOffset.FromUnixTimeSeconds(long.Parse(t, CultureInfo.InvariantCulture))))
            .Should().Be(new DateTimeOffset(2001, 9, 9, 1, 46, 40, TimeSpan.Zero));
        FluentActions.Invoking(() => Read("x", m => m.Time("t", _ => null))).Should().Throw<DataFormatException>();
    }

    [Theory]
    [InlineData("2026-03-29 01:30", "2026-03-29T00:30")] // before clocks go forward
    [InlineData("2026-03-29 03:30", "2026-03-29T01:30")]
    [InlineData("2026-10-25 02:30", "2026-10-25T01:30")] // happens twice: standard time
    [InlineData("2026-07-01 12:00", "2026-07-01T10:00")]
    [InlineData("2026-07-01 12:00Z", "2026-07-01T12:00")] // its own zone wins
    public void Time_StatedZone_ConvertsLocalTimes(string text, string utc) =>
        Read(text, m => m.Time("t").InZone(Amsterdam)).Should().Be(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture));

    [Fact]
    public void Time_SkippedByTheClock_IsABadRow() =>
        FluentActions.Invoking(() => Read("2026-03-29 02:30", m => m.Time("t").InZone(Amsterdam))).Should().Throw<DataFormatException>().WithMessage(
            "Each local time must exist in its zone. Got 2026-03-29 02:30:00, over which Europe/Amsterdam put its clocks forward, in row 1, column 't', of source 'e'.*");

    [Fact]
    public void Time_ObjectsOfEveryKind_GiveTheInstant()
    {
        DateTime clock = new(2026, 7, 1, 12, 0, 0, DateTimeKind.Unspecified);
        Of(m => m.Time(_ => clock).InZone(Amsterdam)).Should().Be(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero));
        Of(m => m.Time(_ => DateTime.SpecifyKind(clock, DateTimeKind.Utc)).InZone(Amsterdam)).Should().Be(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        Of(m => m.Time(_ => new DateOnly(2026, 7, 1)).InZone(Amsterdam)).Should().Be(new DateTimeOffset(2026, 6, 30, 22, 0, 0, TimeSpan.Zero));
        Of(m => m.Time(_ => new DateTimeOffset(clock, TimeSpan.FromHours(9)))).Should().Be(new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.Zero));
        FluentActions.Invoking(() => Of(m => m.Time(_ => DateTime.SpecifyKind(clock, DateTimeKind.Local)))).Should().Throw<DataFormatException>()
            .WithMessage("*Got 2026-07-01 12:00:00 in the machine's local time, which is another instant on another machine in row 1*");

        static DateTimeOffset Of(Action<ObjectMapping<int>> map) => new HistoryBuilder().AddEvents("e", [1], m =>
        {
            m.Entity(_ => "anna");
            map(m);
        }).Build().History.LookAhead.ReadAll("anna")["e"].EventTime(0);
    }

    private static TimeZoneInfo Amsterdam => TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private static DateTimeOffset Read(string text, Action<ReaderMapping> map)
    {
        using DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("who", typeof(string));
        table.Columns.Add("t", typeof(string));
        table.Rows.Add("anna", text);
        using DataTableReader reader = table.CreateDataReader();
        return new HistoryBuilder().AddEvents("e", reader, m =>
        {
            m.Entity("who");
            map(m);
        }).Build().History.LookAhead.ReadAll("anna")["e"].EventTime(0);
    }
}
