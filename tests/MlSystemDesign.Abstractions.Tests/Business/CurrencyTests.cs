namespace MlSystemDesign.Abstractions.Tests.Business;

public class CurrencyTests
{
    [Theory]
    [InlineData("eur")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("E1R")]
    [InlineData("İST")]
    [InlineData("")]
    public void New_OfNoCode_Refuses(string code) => FluentActions.Invoking(() => new Currency(code, 2)).Should().Throw<ArgumentException>()
        .WithMessage($"A currency code must be three capital letters (ISO 4217). Got '{code}'. Pass a code such as EUR.*");

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void New_OfImpossibleDigits_Refuses(int digits) => FluentActions.Invoking(() => new Currency("EUR", digits)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("ISK", 0)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CHF", 2)]
    public void FromCode_KnowsTheMinorDigits(string code, int digits)
    {
        Currency currency = Currency.FromCode(code);
        currency.MinorDigits.Should().Be(digits);
        currency.ToString().Should().Be(code);
    }

    [Fact]
    public void FromCode_OfNull_Refuses() => FluentActions.Invoking(() => Currency.FromCode(null!)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void Default_IsNoCurrency()
    {
        default(Currency).Code.Should().Be("XXX");
        default(Currency).Should().NotBe(Currency.Eur);
        default(Money).ToString().Should().Be("0 XXX");
    }

    [Fact]
    public void Equality_IsByCodeAndDigits()
    {
        Currency.FromCode("EUR").Should().Be(Currency.Eur);
        Currency.FromCode("USD").Should().Be(Currency.Usd).And.NotBe(Currency.Gbp);
    }
}
