using System.Globalization;
using System.Text;
using CsCheck;

namespace MlSystemDesign.Csv.Tests;

public sealed class CsvDecisionSinkTests
{
    [Fact]
    public async Task DeliverAsync_Decisions_WritesOneRowEach()
    {
        using TemporaryFile file = new();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("nl-NL");

        await new CsvDecisionSink(file.Path).DeliverAsync(Set(
            Of("Zoë, \"Z\"", "call", ["quiet for 60 d", "spent 12.5 EUR"]),
            Of(-7, "mail", []) with { Probability = 0.1, ExpectedValue = new(Money.Eur(-1.005m), Money.Eur(-2m), Money.Eur(3.1m), 0.95, "m") }));

        (await File.ReadAllBytesAsync(file.Path)).Should().Equal(Encoding.UTF8.GetBytes(
            "entity,intervention,not_before,not_after,probability,value_at_stake,cost,expected_value,lower,upper,currency,reasons\r\n" +
            "\"Zoë, \"\"Z\"\"\",call,2026-01-02T00:00:00Z,2026-01-08T12:30:00Z,0.30000000000000004,1234.50,4.00,56.70,-10.00,120.00,EUR,quiet for 60 d | spent 12.5 EUR\r\n" +
            "-7,mail,2026-01-02T00:00:00Z,2026-01-08T12:30:00Z,0.1,1234.50,4.00,-1.00,-2.00,3.10,EUR,\r\n"));
    }

    [Fact]
    public async Task DeliverAsync_ByteOrderMark_StartsWithIt()
    {
        using TemporaryFile file = new();

        await new CsvDecisionSink(file.Path, byteOrderMark: true).DeliverAsync(Set());

        (await File.ReadAllBytesAsync(file.Path))[..4].Should().Equal(0xEF, 0xBB, 0xBF, (byte)'e');
    }

    [Fact]
    public async Task DeliverAsync_Cancelled_LeavesTheOldFileAndNothingElse()
    {
        using TemporaryFile file = new("old");
        using CancellationTokenSource stop = new();
        List<Decision> decisions = [.. Enumerable.Range(0, 5000).Select(i => Of(i, "call", []))];
        DecisionSet set = Set() with { Decisions = new CancelsMidway(decisions, stop) };

        await FluentActions.Awaiting(() => new CsvDecisionSink(file.Path).DeliverAsync(set, stop.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        Directory.GetFiles(file.Folder).Should().Equal(file.Path);
        (await File.ReadAllTextAsync(file.Path)).Should().Be("old");
    }

    [Fact]
    public async Task DeliverAsync_TwoCurrencies_IsRefusedAndLeavesNothing()
    {
        using TemporaryFile file = new();

        await FluentActions.Awaiting(() => new CsvDecisionSink(file.Path).DeliverAsync(Set(Of("anna", "call", []) with { ValueAtStake = new Money(1, Currency.Usd) })).AsTask())
            .Should().ThrowAsync<ArgumentException>().WithMessage("The amounts of a decision must be in one currency. Got USD beside EUR for entity 'anna'. Convert with a stated rate first.");
        Directory.GetFiles(file.Folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+31 6 1234", "'+31 6 1234")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\r=x", "\"'\r'=x\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("=\"a\"", "\"'=\"\"a\"\"\"")]
    [InlineData("x;=cmd|' /C calc'!A0;", "\"x;'=cmd|' /C calc'!A0;\"")]
    [InlineData("x; \"=1", "\"x; \"\"'=1\"")]
    [InlineData("a-b", "a-b")]
    [InlineData("lost 5 %, -2 orders", "\"lost 5 %, -2 orders\"")]
    [InlineData("", "")]
    public void Field_Text_IsHarmlessInASpreadsheet(string text, string field) => SpreadsheetText.Field(text).Should().Be(field);

    [Fact]
    public async Task DeliverAsync_AnyText_ReadsBackWithNoCellThatStartsAFormula() => await Gen.String[Gen.Char["=+-@;,\"'\t\r\n aé"], 0, 12].Array[1, 5].SampleAsync(
        async texts =>
        {
            using TemporaryFile file = new();
            await new CsvDecisionSink(file.Path).DeliverAsync(Set([.. texts.Select(t => Of(t, t, [t]))]));

            await using System.Data.Common.DbDataReader reader = CsvSource.Open(file.Path);
            foreach (string text in texts)
            {
                (await reader.ReadAsync()).Should().BeTrue();
                foreach (int column in new[] { 0, 1, 11 })
                {
                    string cell = reader.GetString(column);
                    cell.Replace("'", "", StringComparison.Ordinal).Should().Be(text.Replace("'", "", StringComparison.Ordinal));
                    "=+-@\t\r\n".Should().NotContain(cell.Length == 0 ? "x" : cell[..1]);
                }
            }

            (await reader.ReadAsync()).Should().BeFalse();
        },
        iter: 40);

    private static Decision Of(EntityKey entity, string intervention, string[] reasons) => new()
    {
        Entity = entity,
        Intervention = intervention,
        NotBefore = new DateTimeOffset(2026, 1, 2, 1, 0, 0, TimeSpan.FromHours(1)),
        NotAfter = new DateTimeOffset(2026, 1, 8, 12, 30, 0, TimeSpan.Zero),
        Cutoff = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Probability = 0.1 + 0.2,
        ValueAtStake = Money.Eur(1234.5m),
        Cost = Money.Eur(4m),
        ExpectedValue = new MoneyEstimate(Money.Eur(56.7m), Money.Eur(-10m), Money.Eur(120m), 0.95, "test"),
        Reasons = reasons,
    };

    private static DecisionSet Set(params Decision[] decisions) => new()
    {
        Decisions = decisions,
        Candidates = decisions.Length,
        NoAction = [],
        Cost = Money.Eur(0),
        ExpectedValue = new MoneyEstimate(Money.Eur(0), Money.Eur(0), Money.Eur(0), 0.95, "test"),
        Prices = [],
        OptimalityGap = Money.Eur(0),
    };

    private sealed class CancelsMidway(List<Decision> decisions, CancellationTokenSource stop) : IReadOnlyList<Decision>
    {
        public int Count => decisions.Count;

        public Decision this[int index] => decisions[index];

        public IEnumerator<Decision> GetEnumerator()
        {
            for (int i = 0; i < decisions.Count; i++)
            {
                if (i == decisions.Count / 2)
                {
                    stop.Cancel();
                }

                yield return decisions[i];
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
