using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.Tests.Composition;

namespace MlSystemDesign.Tests.Features;

public sealed class FeatureWindowTests
{
    public static TheoryData<FeatureWindow, string, string> Texts => new()
    {
        { FeatureWindow.Of(TimeSpan.FromDays(30)), "30 d", "30d" },
        { TimeSpan.FromMinutes(90), "90 min", "90min" },
        { TimeSpan.FromTicks(1_000_001), "1000001 ticks", "1000001ticks" },
        { FeatureWindow.WholeHistory, "all history", "all" },
        { FeatureWindow.OfLastEvents(5), "last 5 events", "last5" },
        { FeatureWindow.OfMonths(1, "Europe/Amsterdam"), "1 mo in Europe/Amsterdam", "1mo" },
        { FeatureWindow.OfMonths(12), "12 mo in UTC", "12mo" },
        { FeatureWindow.OfCalendarDays(7, "Etc/GMT+5"), "7 d in Etc/GMT+5", "7caldays" },
        { FeatureWindow.OfCalendar(1, 3, "UTC"), "1 mo 3 d in UTC", "1mo3caldays" },
        { FeatureWindow.FromTimeSpan(TimeSpan.FromDays(30)).LaggedBy(TimeSpan.FromDays(30)), "30 d lagged 30 d", "30d_lag30d" },
        { FeatureWindow.OfMonths(1, "in lagged in 1 mo").LaggedBy(TimeSpan.FromHours(1)), "1 mo lagged 1 h in in lagged in 1 mo", "1mo_lag1h" },
        { FeatureWindow.OfLastEvents(2).LaggedBy(TimeSpan.FromDays(1)), "last 2 events lagged 1 d", "last2_lag1d" },
        { FeatureWindow.WholeHistory.LaggedBy(TimeSpan.FromDays(1)), "all history lagged 1 d", "all_lag1d" },
    };

    internal static Gen<FeatureWindow> Random { get; } = Gen.Select(
        Gen.OneOf(
            Gen.Long.Select(t => FeatureWindow.Of(new TimeSpan(t))),
            Gen.Int[-3, 400].Select(d => FeatureWindow.Of(TimeSpan.FromDays(d))),
            Gen.Select(Gen.Int[-2, 30], Gen.Int[-2, 400], Gen.String, (m, d, zone) => FeatureWindow.OfCalendar(m, d, zone)),
            Gen.Select(Gen.Int, Gen.Int, (m, d) => FeatureWindow.OfCalendar(m, d, "Europe/Amsterdam")),
            Gen.Int.Select(FeatureWindow.OfLastEvents),
            Gen.Const(FeatureWindow.WholeHistory)),
        Gen.OneOf(Gen.Const(0L), Gen.Int[0, 90].Select(d => d * TimeSpan.TicksPerDay), Gen.Long),
        (window, lag) => window.LaggedBy(new TimeSpan(lag)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void ToString_OfEachKind_ReadsBack(FeatureWindow window, string text, string name)
    {
        window.ToString().Should().Be(text);
        FeatureWindow.Parse(text).Should().Be(window);
        FeatureNames.Of(window).Should().Be(name);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void Parse_OfToString_GivesAnEqualWindowInAnyCulture(string culture)
    {
        using CultureScope scope = new(culture);
        Random.Sample(w => FeatureWindow.Parse(w.ToString()) == w, threads: 1);
    }

    [Fact]
    public void Equals_TwoWindows_ExactlyWhenTheirTextsAre() =>
        Gen.Select(Random, Random).Sample((a, b) => (a == b) == (a.ToString() == b.ToString()) && (a != b || a.GetHashCode() == b.GetHashCode()));

    [Fact]
    public void Equals_SameMeaning_IsByValue()
    {
        FeatureWindow.OfMonths(1, "UTC").LaggedBy(TimeSpan.FromDays(1)).Should().Be(FeatureWindow.OfMonths(1).LaggedBy(TimeSpan.FromHours(24)));
        FeatureWindow.OfMonths(1).Should().NotBe(FeatureWindow.OfMonths(1, "Europe/Amsterdam"));
        FeatureWindow.Of(TimeSpan.FromDays(30)).Should().NotBe(FeatureWindow.OfCalendarDays(30, "UTC"), "a calendar day is not 24 hours everywhere");
        FluentActions.Invoking(() => FeatureWindow.OfMonths(1, null!)).Should().Throw<ArgumentNullException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("30 days")]
    [InlineData("1,5 d")]
    [InlineData("d")]
    [InlineData("1 mo")]
    [InlineData("mo in UTC")]
    [InlineData("1 mo 2 in UTC")]
    [InlineData("last five events")]
    [InlineData("last events")]
    [InlineData("30 d lagged")]
    [InlineData("30 d lagged x")]
    [InlineData("9223372036854775807 d")]
    public void Parse_OfSomethingElse_SaysHowToWriteIt(string text) => FluentActions.Invoking(() => FeatureWindow.Parse(text)).Should().Throw<FormatException>()
        .WithMessage("A length or window must be written like '30 d', 'all history', 'last 5 events', '1 mo in Europe/Amsterdam' or '30 d lagged 7 d'. Got '*'. Write it so.");
}
