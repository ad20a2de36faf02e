using MlSystemDesign.Reporting.Html;

namespace MlSystemDesign.Reporting.Tests;

public class WordsTests
{
    private static readonly Currency Yen = Currency.FromCode("JPY");

    [Fact]
    public void Exact_OfMoney_ShowsCentsOnlyWhenThereAreSome()
    {
        Words.Exact(Money.Eur(1999.5m)).Should().Be("1,999.50\u00A0EUR");
        Words.Exact(Money.Eur(2000m)).Should().Be("2,000\u00A0EUR");
        Words.Exact(Money.Eur(-0.004m)).Should().Be("0\u00A0EUR");
        Words.Exact(new Money(1500.4m, Yen)).Should().Be("1,500\u00A0JPY");
    }

    [Fact]
    public void About_OfMoney_DropsCentsFromOneHundredOn()
    {
        Words.About(Money.Eur(99.994m)).Should().Be("99.99\u00A0EUR");
        Words.About(Money.Eur(-8412.5m)).Should().Be("\u22128,412\u00A0EUR", "halves go to even");
        Words.About(Money.Eur(0)).Should().Be("0\u00A0EUR");
        Words.About(Money.Eur(-0.001m)).Should().Be("0.00\u00A0EUR", "there is no negative nothing");
    }

    [Fact]
    public void Length_OfTime_IsInWholeDaysOrHoursWherePossible()
    {
        Words.Length(TimeSpan.Zero).Should().Be("none");
        Words.Length(TimeSpan.FromDays(1)).Should().Be("1\u00A0day");
        Words.Length(TimeSpan.FromHours(36)).Should().Be("36\u00A0hours");
        Words.Length(TimeSpan.FromMinutes(90)).Should().Be("01:30:00");
    }

    [Fact]
    public void Instant_OfAnotherZone_IsShownInUtc()
    {
        Words.Instant(new DateTimeOffset(2026, 3, 2, 1, 30, 0, TimeSpan.FromHours(2))).Should().Be("1\u00A0Mar\u00A02026\u00A023:30\u00A0UTC");
        Words.Instant(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)).Should().Be("2\u00A0Mar\u00A02026");
    }

    [Theory]
    [InlineData(0.0001, "< 0.001")]
    [InlineData(0.0, "< 0.001")]
    [InlineData(0.0456, "0.046")]
    public void PValue_BelowAThousandth_IsNeverZero(double value, string expected) => Words.PValue(value).Should().Be(expected);

    [Fact]
    public void ForPlot_OfALongText_ShortensByWholeCharacters() =>
        PlainText.ForPlot("ab👩‍👩‍👧cdefgh", 4).Should().Be("ab👩‍👩‍👧…");
}
