using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

/// <summary>Values and times at the ends of their range: one test per way in which a result was lost there.</summary>
public sealed class FeatureRangeTests
{
    [Fact]
    public void Std_WhereTheSquareOfTheSumOverflows_IsStillRight()
    {
        // Σd² is 1.62e308, (Σd)² beyond the range.
        Value(FeatureAggregate.Std, Activity(19, 0), Activity(18, 9e153), Activity(17, 9e153)).Should().BeApproximately(9e153 / Math.Sqrt(3), 1e140);
        Value(FeatureAggregate.Variance, Activity(19, 0), Activity(18, 9e153), Activity(17, 9e153)).Should().BeApproximately(2.7e307, 1e294);
    }

    [Theory]
    [InlineData(FeatureAggregate.Sum)]
    [InlineData(FeatureAggregate.Mean)]
    [InlineData(FeatureAggregate.Std)]
    [InlineData(FeatureAggregate.Variance)]
    [InlineData(FeatureAggregate.Skew)]
    [InlineData(FeatureAggregate.Slope)]
    public void Build_WhereSumsOverflow_IsMissing(FeatureAggregate aggregate) =>
        Value(aggregate, Activity(19, 1.7e308), Activity(18, 1.6e308), Activity(17, -1.7e308), Activity(16, 1.7e308), Activity(15, 1.7e308), Activity(14, 1.7e308)).Should().Be(double.NaN);

    // Newest first: a denormal, another, and two that differ by more than their squares have room for.
    [Theory]
    [InlineData(FeatureAggregate.Sum, null, 0)]
    [InlineData(FeatureAggregate.Mean, null, 0)]
    [InlineData(FeatureAggregate.Min, null, -1e300)]
    [InlineData(FeatureAggregate.Max, null, 1e300)]
    [InlineData(FeatureAggregate.First, null, -1e300)]
    [InlineData(FeatureAggregate.Last, null, 5e-324)]
    [InlineData(FeatureAggregate.Last, 2.0, 1e-310)]
    [InlineData(FeatureAggregate.Distinct, null, 4)]
    [InlineData(FeatureAggregate.Quantile, 0.5, 5e-311)]
    [InlineData(FeatureAggregate.Quantile, 1.0, 1e300)]
    [InlineData(FeatureAggregate.Std, null, double.NaN)]
    [InlineData(FeatureAggregate.Variance, null, double.NaN)]
    [InlineData(FeatureAggregate.Skew, null, double.NaN)]
    [InlineData(FeatureAggregate.Slope, null, double.NaN)]
    public void Build_HugeValuesAndDenormals_KeepsWhatADoubleHolds(FeatureAggregate aggregate, double? parameter, double expected) =>
        Value(aggregate, parameter, null, Activity(19, 5e-324), Activity(18, 1e-310), Activity(17, 1e300), Activity(16, -1e300)).Should().Be(expected);

    [Fact]
    public void Std_OfDenormals_IsThatOfTheirDistance() =>
        Value(FeatureAggregate.Std, Activity(19, 3e-160), Activity(18, 1e-160)).Should().BeApproximately(Math.Sqrt(2) * 1e-160, 1e-165, "their squares are denormals");

    [Fact]
    public void Quantile_BetweenTheEndsOfTheRange_IsBetweenThem() =>
        Value(FeatureAggregate.Quantile, 0.5, null, Activity(19, double.MaxValue), Activity(18, -double.MaxValue)).Should().Be(0);

    [Fact]
    public void DecayedMean_OfEventsThatWeighNothingAnymore_IsStillTheirMean()
    {
        TimeSpan minute = TimeSpan.FromMinutes(1); // ten thousands of half-lives ago
        Value(FeatureAggregate.DecayedMean, null, minute, Activity(1, 7)).Should().Be(7);
        Value(FeatureAggregate.DecayedMean, null, minute, Activity(1, 6), Activity(1, 8)).Should().Be(7);
        Value(FeatureAggregate.DecayedSum, null, minute, Activity(1, 7)).Should().Be(0);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(100, 1)]
    public void Coverage_OfAWindowOfSomeTicks_IsExact(long ticks, double expected)
    {
        FeatureDefinition coverage = new() { Name = "x", Source = "activities", Aggregate = FeatureAggregate.Coverage, Window = TimeSpan.FromTicks(ticks) };
        Build(coverage, World.At(20).UtcTicks + 1, Activity(10, 1)).Should().Be(expected);
    }

    [Fact]
    public void RecencyAndTenure_OfAnEventAtTheFirstInstant_AreThere()
    {
        Activity first = Activity(0, 1) with { At = 0, Known = 0 };
        FeatureDefinition recency = new() { Name = "x", Source = "activities", Aggregate = FeatureAggregate.Recency };
        Build(recency, TimeSpan.TicksPerDay, first).Should().Be(1);
        Build(recency with { Aggregate = FeatureAggregate.Tenure }, TimeSpan.TicksPerDay, first).Should().Be(1);
    }

    [Fact]
    public void Build_OneFeatureUnderTwoNames_GivesBothItsValue()
    {
        FeaturePlan plan = new(
            Enum.GetValues<FeatureAggregate>().Where(a => a is FeatureAggregate.Sum or FeatureAggregate.Std or FeatureAggregate.Slope or FeatureAggregate.GapMean)
                .SelectMany(a => new[] { "one", "two" }.Select(name => Definition(a) with { Name = $"{name} {a}", Column = a == FeatureAggregate.GapMean ? null : "amount" })));
        FeatureTable table = Plans.Build(plan, new World([Activity(19, 1), Activity(17, 5)], []).History(), ObservationSet.At(["anna"], World.At(20)));

        table.Schema.Select((c, i) => table.Numbers(i)[0]).Should().Equal(6, 6, Math.Sqrt(8), Math.Sqrt(8), -2, -2, 2, 2);
    }

    [Theory]
    [InlineData(0, 1)] // a day before the cutoff
    [InlineData(-1, 0)]
    public void CalendarDay_WhereTheClockShowsTheYear10000_IsADayLong(long ticks, double count)
    {
        long cutoff = DateTimeOffset.MaxValue.UtcTicks, at = cutoff - TimeSpan.TicksPerDay + ticks;
        FeatureDefinition feature = Definition(FeatureAggregate.Count) with { Column = null, Window = FeatureWindow.OfCalendarDays(1, "Europe/Amsterdam") };

        Build(feature, cutoff, Activity(0, 1) with { At = at, Known = at }).Should().Be(count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_OneCategoryUnderTwoNames_GivesBothItsText(bool foreign)
    {
        FeaturePlan plan = new(new[] { "one", "two" }.Select(name => Definition(FeatureAggregate.LastCategory) with { Name = name, Column = "kind" }));
        InMemoryHistory history = new World([Activity(19, 1) with { Kind = "zoo" }, Activity(17, 5) with { Kind = "ark" }], []).History();
        FeatureTable table = Plans.Build(plan, foreign ? new ForeignHistory(history) : history, ObservationSet.At(["anna"], World.At(20)));

        table.Schema.Select((c, i) => c.Levels[table.Codes(i)[0]]).Should().Equal("zoo", "zoo");
    }

    private static double Value(FeatureAggregate aggregate, params Activity[] activities) => Value(aggregate, null, null, activities);

    private static double Value(FeatureAggregate aggregate, double? parameter, TimeSpan? period, params Activity[] activities) =>
        Build(Definition(aggregate) with { Parameter = parameter, Period = period }, World.At(20).UtcTicks, activities);

    private static double Build(FeatureDefinition feature, long cutoff, params Activity[] activities) =>
        Plans.Build(new FeaturePlan(feature), new World(activities, []).History(), ObservationSet.At(["anna"], new DateTimeOffset(cutoff, TimeSpan.Zero))).Numbers(0)[0];

    private static FeatureDefinition Definition(FeatureAggregate aggregate) =>
        new() { Name = "x", Source = "activities", Aggregate = aggregate, Column = "amount", Window = FeatureWindow.WholeHistory };

    private static Activity Activity(double day, double amount) => new("anna", World.At(day).UtcTicks, World.At(day).UtcTicks, amount, "ticket", 0);
}
