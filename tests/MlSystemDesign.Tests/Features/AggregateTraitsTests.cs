using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

public sealed class AggregateTraitsTests
{
    private static readonly FeatureAggregate[] All = [.. Enum.GetValues<FeatureAggregate>().Where(a => a != FeatureAggregate.Custom)];

    public static TheoryData<FeatureAggregate> BuiltIn => [.. All];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Of_EachBuiltInAggregate_TellsEverything(FeatureAggregate aggregate)
    {
        AggregateTraits traits = AggregateTraits.Of(aggregate);

        Enum.IsDefined(traits.Input).Should().BeTrue();
        (traits.Result == ColumnKind.Number || double.IsNaN(traits.ValueForNothing)).Should().BeTrue("a missing category is the only one that there is for nothing");
        (double.IsNaN(traits.ValueForNothing) || traits.ValueForNothing == 0).Should().BeTrue();
        traits.Should().Be(AggregateTraits.Of(aggregate), "traits are values");
        AggregateCatalog.Find(aggregate)!.Word.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void Of_ValueForNothing_IsZeroForWhatCounts() =>
        All.Where(a => AggregateTraits.Of(a).ValueForNothing == 0).Should().BeEquivalentTo(
        [
            FeatureAggregate.Count, FeatureAggregate.Sum, FeatureAggregate.Distinct, FeatureAggregate.Coverage, FeatureAggregate.ActivePeriods, FeatureAggregate.CurrentStreak,
            FeatureAggregate.LongestStreak, FeatureAggregate.DecayedCount, FeatureAggregate.DecayedSum,
        ]);

    [Fact]
    public void IsInvertible_OfAnAggregate_IsTrueOfCountsOnly() =>
        All.Where(a => AggregateTraits.Of(a).IsInvertible).Should().Equal([FeatureAggregate.Count], "rounding, order and extremes keep a trace");

    [Fact]
    public void Of_AggregatesWithoutWindow_AreThoseThatLookAtAllHistoryByNature() =>
        All.Where(a => !AggregateTraits.Of(a).HasWindow).Should().BeEquivalentTo(
            [FeatureAggregate.Recency, FeatureAggregate.Tenure, FeatureAggregate.Age, FeatureAggregate.Attribute, FeatureAggregate.Category, FeatureAggregate.Expression]);

    [Theory]
    [InlineData(FeatureAggregate.Count, null, null)]
    [InlineData(FeatureAggregate.Sum, "EUR", "EUR")]
    [InlineData(FeatureAggregate.Sum, null, null)]
    [InlineData(FeatureAggregate.Variance, "EUR", "EUR²")]
    [InlineData(FeatureAggregate.Variance, null, null)]
    [InlineData(FeatureAggregate.Skew, "EUR", null)]
    [InlineData(FeatureAggregate.Slope, "EUR", "EUR/d")]
    [InlineData(FeatureAggregate.Slope, null, "1/d")]
    [InlineData(FeatureAggregate.Quantile, "EUR", "EUR")]
    [InlineData(FeatureAggregate.GapStd, "EUR", "d")]
    [InlineData(FeatureAggregate.Tenure, null, "d")]
    [InlineData(FeatureAggregate.Distinct, "EUR", null)]
    [InlineData(FeatureAggregate.TopShare, null, "share")]
    [InlineData(FeatureAggregate.Coverage, null, "share")]
    [InlineData(FeatureAggregate.Entropy, null, "nat")]
    [InlineData(FeatureAggregate.Expression, null, null)]
    public void UnitFor_TheUnitOfAColumn_FollowsFromTheAggregate(FeatureAggregate aggregate, string? column, string? unit) => AggregateTraits.Of(aggregate).UnitFor(column).Should().Be(unit);

    [Theory]
    [InlineData(FeatureAggregate.Custom)]
    [InlineData((FeatureAggregate)999)]
    public void Of_AnyOther_SaysWhoTells(FeatureAggregate aggregate) =>
        FluentActions.Invoking(() => AggregateTraits.Of(aggregate)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"The aggregate must be one of the library's. Got {aggregate}. A custom aggregate states its own traits.*");
}
