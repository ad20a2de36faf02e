using CsCheck;

namespace MlSystemDesign.Abstractions.Tests.Business;

public class MoneyTests
{
    private static readonly Money Euro = Money.Eur(1), Dollar = new(1, Currency.Usd);
    private static readonly Gen<decimal> Cents = Gen.Long[-1_000_000_000, 1_000_000_000].Select(c => c / 100m);

    [Fact]
    public void Operators_OnTwoCurrencies_Refuse()
    {
        Action[] mixes = [() => _ = Euro + Dollar, () => _ = Euro - Dollar, () => _ = Euro < Dollar, () => _ = Euro >= Dollar, () => Euro.CompareTo(Dollar), () => Euro.Fits(Dollar)];
        foreach (Action mix in mixes)
        {
            mix.Should().Throw<InvalidOperationException>().WithMessage("Amounts must be in one currency. Got * where * is used. Convert with a stated rate first.");
        }

        FluentActions.Invoking(() => Euro + Dollar).Should().Throw<InvalidOperationException>()
            .WithMessage("Amounts must be in one currency. Got USD where EUR is used. Convert with a stated rate first.");
        (Euro == Dollar).Should().BeFalse("equality is a question, not a sum: it answers");
    }

    [Fact]
    public void Currency_WithOtherMinorDigits_IsAnotherCurrency() =>
        FluentActions.Invoking(() => Euro + new Money(1, new Currency("EUR", 3))).Should().Throw<InvalidOperationException>();

    [Theory]
    [InlineData("0.005", 0L)]
    [InlineData("0.015", 2L)]
    [InlineData("0.025", 2L)]
    [InlineData("-0.005", 0L)]
    [InlineData("-0.015", -2L)]
    [InlineData("2.675", 268L)]
    [InlineData("12.344999", 1234L)]
    public void MinorUnits_OfHalves_GoToEven(string amount, long cents)
    {
        Money money = Money.Eur(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        money.MinorUnits.Should().Be(cents);
        money.Rounded().Amount.Should().Be(cents / 100m);
    }

    [Theory]
    [InlineData("JPY", 1235L)]
    [InlineData("EUR", 123456L)]
    [InlineData("KWD", 1234560L)]
    public void MinorUnits_OfACurrency_UseItsDigits(string code, long units) => new Money(1234.56m, Currency.FromCode(code)).MinorUnits.Should().Be(units);

    [Fact]
    public void MinorUnits_BeyondSixtyFourBits_Overflow() => FluentActions.Invoking(() => Money.Eur(1e20m).MinorUnits).Should().Throw<OverflowException>();

    [Fact]
    public void Fits_ThreeTimesTenCents_FitThirty()
    {
        Money spent = Money.Eur(0.10m) + Money.Eur(0.10m) + Money.Eur(0.10m);
        spent.Fits(Money.Eur(0.30m)).Should().BeTrue();
        (Money.FromDouble(0.1 * 3, Currency.Eur)).Fits(Money.Eur(0.30m)).Should().BeTrue("a double 0.30000000000000004 is still 30 cents");
        (spent + Money.Eur(0.01m)).Fits(Money.Eur(0.30m)).Should().BeFalse();
        Money.Eur(0.304m).Fits(Money.Eur(0.30m)).Should().BeTrue("budgets compare in cents");
    }

    [Fact]
    public void Fits_AnEnormousBudget_Compares()
    {
        Money.Eur(10).Fits(Money.Eur(decimal.MaxValue)).Should().BeTrue();
        Money.Eur(decimal.MaxValue).Fits(Money.Eur(10)).Should().BeFalse();
    }

    [Fact]
    public void Arithmetic_IsExact() => Gen.Select(Cents, Cents).Sample((a, b) =>
    {
        Money left = Money.Eur(a), right = Money.Eur(b);
        return left + right == right + left && left + right - right == left && -(-left) == left && left - right == -(right - left) && left * 3 == left + left + left
            && (left < right) == (a < b) && (left <= right) == (a <= b) && (left > right) == (a > b) && (left >= right) == (a >= b);
    });

    [Fact]
    public void Fits_AgreesWithMinorUnits() => Gen.Select(Gen.Long[-100_000, 100_000], Gen.Long[-100_000, 100_000]).Sample((a, b) =>
    {
        Money left = Money.Eur(a / 1000m), right = Money.Eur(b / 1000m);
        return left.Fits(right) == (left.MinorUnits <= right.MinorUnits);
    });

    [Fact]
    public void Equality_IgnoresTrailingZeros()
    {
        Money.Eur(1.0m).Should().Be(Money.Eur(1.000m));
        Money.Eur(1.0m).GetHashCode().Should().Be(Money.Eur(1.000m).GetHashCode());
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    [InlineData("sv-SE")]
    public void ToString_InAnyCulture_IsTheSame(string culture) => Cultures.In(culture, () => new[]
    {
        Money.Eur(-1234.5m).ToString(), new Money(1234.5m, Currency.FromCode("JPY")).ToString(), new Money(1.23456m, new Currency("CLF", 4)).ToString(), Money.Eur(-0.001m).ToString(),
        new MoneyEstimate(Money.Eur(1200), Money.Eur(800), Money.Eur(1600), 0.975, "m").ToString(),
    }).Should().Equal("-1234.50 EUR", "1234 JPY", "1.2346 CLF", "0.00 EUR", "1200.00 EUR (800.00 EUR to 1600.00 EUR, 97.5 %)");

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(-1e22, "-1E+22")]
    public void FromDouble_OfNoAmount_Refuses(double amount, string shown) => FluentActions.Invoking(() => Money.FromDouble(amount, Currency.Eur)).Should()
        .Throw<ArgumentOutOfRangeException>().WithMessage($"An amount of money must be a finite number below 1e22. Got {shown}. Check the values that it was computed from.*");

    [Theory]
    [InlineData(0.1234565, "0.123456")]
    [InlineData(1e-9, "0")]
    [InlineData(9e21, "9000000000000000000000")]
    public void FromDouble_RoundsToAMillionth(double amount, string expected) =>
        Money.FromDouble(amount, Currency.Eur).Amount.Should().Be(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Contains_OfAnEstimate_IncludesItsEnds()
    {
        MoneyEstimate estimate = new(Money.Eur(5), Money.Eur(1), Money.Eur(9), 0.95, "m");
        estimate.Contains(Money.Eur(1)).Should().BeTrue();
        estimate.Contains(Money.Eur(9)).Should().BeTrue();
        estimate.Contains(Money.Eur(9.01m)).Should().BeFalse();
        FluentActions.Invoking(() => estimate.Contains(Dollar)).Should().Throw<InvalidOperationException>();
    }
}
