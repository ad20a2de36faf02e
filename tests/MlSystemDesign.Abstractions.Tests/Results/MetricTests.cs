namespace MlSystemDesign.Abstractions.Tests.Results;

public class MetricTests
{
    private static readonly Interval Interval = new(0.7512, 0.7803, 0.95, "DeLong");

    [Fact]
    public void Of_ANumber_IsDefined()
    {
        Metric metric = Metric.Of("AUC-ROC", 0.7657, 4176, interval: Interval);
        metric.IsDefined.Should().BeTrue();
        metric.UndefinedReason.Should().BeNull();
        metric.Direction.Should().Be(MetricDirection.HigherIsBetter);
    }

    [Fact]
    public void Of_NaN_IsUndefinedWithAReason()
    {
        Metric metric = Metric.Of("log loss", double.NaN, 12, MetricDirection.LowerIsBetter, Interval, "nat");
        metric.Value.Should().BeNull();
        metric.Interval.Should().BeNull();
        metric.Count.Should().Be(12);
        metric.Direction.Should().Be(MetricDirection.LowerIsBetter);
        metric.ToString().Should().Be("log loss undefined: the computation gave no number (NaN)");
    }

    [Fact]
    public void Undefined_WithoutAReason_IsRefused() => FluentActions.Invoking(() => Metric.Undefined("AUC-ROC", " ")).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void ToString_InAnyCulture_IsTheSame(string culture) => Cultures.In(culture, () => new[]
    {
        Metric.Of("AUC-ROC", 0.7657, 4176, interval: Interval).ToString(), Metric.Of("value", 12.5, 3, unit: "EUR").ToString(), Interval.ToString(),
    }).Should().Equal("AUC-ROC 0.7657 (0.7512 to 0.7803, 95 % DeLong, n = 4176)", "value 12.5000 EUR (n = 3)", "0.7512 to 0.7803");

    [Theory]
    [InlineData(0.7512, true)]
    [InlineData(0.7803, true)]
    [InlineData(0.78031, false)]
    [InlineData(double.NaN, false)]
    public void Contains_OfAnInterval_IncludesItsEndsAndNeverNaN(double value, bool inside) => Interval.Contains(value).Should().Be(inside);

    [Fact]
    public void ToString_OfACheck_SaysWhatBecameOfIt()
    {
        new CheckOutcome("poison the future", CheckStatus.Run, "40 cutoffs").ToString().Should().Be("poison the future: run, 40 cutoffs");
        new CheckOutcome("overlap", CheckStatus.NotRun, "no holdout").ToString().Should().Be("overlap: not run, no holdout");
        new CheckOutcome("overlap", CheckStatus.Undefined, "one row").ToString().Should().Be("overlap: undefined, one row");
    }
}
