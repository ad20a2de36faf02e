using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>Each fault of a plan is told in three parts, all at once.</summary>
public sealed class FeaturePlanFaultTests
{
    private static readonly FeatureWindow Month = TimeSpan.FromDays(30);

    private static readonly HistorySchema Shop = new(
    [
        new SourceSchema { Name = "orders", Columns = [new("amount", ColumnKind.Number), new("kind", ColumnKind.Category)], Observed = new TimeWindow(World.At(0), World.At(9)) },
        new SourceSchema { Name = "people", Kind = SourceKind.Attributes, Columns = [new("fee", ColumnKind.Number)], Observed = new TimeWindow(World.At(0), World.At(9)) },
    ]);

    [Fact]
    public void FaultsFor_FaultsOfThePlanAndOfItsSource_NamesBothKindsAtOnce() =>
        FeaturePlan.For("orders", f => f.OverDays(30).Sum("price").Count().Count().Mode("amount").OverDays(-7).Mean("amount")).FaultsFor(Shop).Should().Equal(
            "Feature names must be unique. Got 'count_30d' 2 times. Declare it once, or give its filter an alias of its own.",
            "A feature must read a column of source 'orders'. Got 'price'. Use one of: amount, kind.",
            "A Mode must read a category column. Got 'amount' of source 'orders', which holds numbers. Use Quantile, or name a category column.",
            "A window must have a positive length. Got -7.00:00:00 for 'amount_mean_-7d' of source 'orders'. Pass how far back to look.");

    [Fact]
    public void FaultsFor_WindowsThatMakeNoSense_NamesAll() =>
        FeaturePlan.For("s", f => f
            .OverMonths("Mars/Olympus", 1).Count()
            .OverMonths("UTC", 0, -1, 12_001).Count()
            .OverCalendarDays("UTC", 366_001).Count()
            .OverLastEvents(0).Count()
            .OverDays(5).LaggedByDays(-1).Count().WithoutLag()
            .OverDays(int.MinValue).Sum("x")
            .OverLastEvents(5).Coverage()).FaultsFor(null).Should().Equal(
            "The zone of a calendar window must be known to this machine. Got 'Mars/Olympus' for 'count_1mo' of source 's'. Use an id of the time zone database, such as Europe/Amsterdam or UTC.",
            "A calendar window must have 1 to 12000 months, 1 to 366000 days, or both. Got 0 months and 0 days for 'count_0mo' of source 's'. Pass how far back to look.",
            "A calendar window must have 1 to 12000 months, 1 to 366000 days, or both. Got -1 months and 0 days for 'count_-1mo' of source 's'. Pass how far back to look.",
            "A calendar window must have 1 to 12000 months, 1 to 366000 days, or both. Got 12001 months and 0 days for 'count_12001mo' of source 's'. Pass how far back to look.",
            "A calendar window must have 1 to 12000 months, 1 to 366000 days, or both. Got 0 months and 366001 days for 'count_366001caldays' of source 's'. Pass how far back to look.",
            "A window of last events must hold at least 1. Got 0 for 'count_last0' of source 's'. Pass how many events to look at.",
            "The lag of a window must not be negative: it would look past the cutoff. Got -1.00:00:00 for 'count_5d_lag-1d' of source 's'. Pass how long before the cutoff it ends.",
            $"A window must have a positive length. Got {TimeSpan.MinValue:c} for 'x_sum_{long.MinValue}ticks' of source 's'. Pass how far back to look.",
            "A coverage must have a window of finite length. Got last 5 events for 'coverage_last5'. Call Over or OverDays before it.");

    [Fact]
    public void FaultsFor_ParametersAndPeriods_NamesAll()
    {
        FeatureDefinition last = new() { Name = "a", Source = "s", Aggregate = FeatureAggregate.Last, Column = "x", Window = Month };

        new FeaturePlan(
            last with { Parameter = 0 },
            last with { Name = "b", Parameter = 1.5 },
            last with { Name = "c", Parameter = double.NaN },
            last with { Name = "d", Aggregate = FeatureAggregate.Quantile },
            last with { Name = "e", Aggregate = FeatureAggregate.Quantile, Parameter = 1.01 },
            last with { Name = "f", Aggregate = FeatureAggregate.Sum, Parameter = 1 },
            last with { Name = "g", Aggregate = FeatureAggregate.Sum, Period = TimeSpan.FromDays(1) },
            last with { Name = "h", Aggregate = FeatureAggregate.DecayedSum },
            last with { Name = "i", Aggregate = FeatureAggregate.DecayedMean, Period = TimeSpan.Zero },
            last with { Name = "j", Aggregate = FeatureAggregate.Attribute, Window = null, Period = TimeSpan.FromDays(-1) },
            last with { Name = "k", Expression = "1", Unit = "EUR" },
            last with { Name = "l", Source = " " },
            last with { Name = "m", Parameter = 3e9 }).FaultsFor(null).Should().Equal(
            "The parameter of Last must be a whole number from 1. Got 0 for 'a'. Pass 1 for the newest or most frequent.",
            "The parameter of Last must be a whole number from 1. Got 1.5 for 'b'. Pass 1 for the newest or most frequent.",
            "The parameter of Last must be a whole number from 1. Got NaN for 'c'. Pass 1 for the newest or most frequent.",
            "A quantile must be from 0 to 1. Got none for 'd'. Pass 0.5 for the median.",
            "A quantile must be from 0 to 1. Got 1.01 for 'e'. Pass 0.5 for the median.",
            "A Sum must have no parameter. Got 1 for 'f'. Leave it out.",
            "A Sum must have no period. Got 1.00:00:00 for 'g'. Leave it out.",
            "A DecayedSum must have a period. Got none for 'h'. Pass its half-life, or the length of its periods.",
            "A half-life, period or tolerance must be positive. Got 00:00:00 for 'i'. Pass a positive length.",
            "A half-life, period or tolerance must be positive. Got -1.00:00:00 for 'j'. Pass a positive length.",
            "A Last must have no expression. Got '1' for 'k'. Leave it out, or use Expression.",
            "A Last must have no unit of its own: it follows from the column. Got 'EUR' for 'k'. Leave it out.",
            "A Last must name a source. Got none for 'l'. Name one of the history's.",
            "The parameter of Last must be a whole number from 1. Got 3000000000 for 'm'. Pass 1 for the newest or most frequent.");
    }

    [Fact]
    public void FaultsFor_SourceThatManyFeaturesMiss_IsToldOnce() =>
        FeaturePlan.For("shops", f => f.OverDays(30).Count().Recency().Tenure()).FaultsFor(Shop).Should().Equal("A feature must read a source of the history. Got 'shops'. Use one of: orders, people.");

    [Fact]
    public void FaultsFor_SourceOfManyColumns_ListsTheFirstTwenty()
    {
        HistorySchema wide = new([new SourceSchema { Name = "s", Columns = [.. Enumerable.Range(1, 22).Select(i => new SourceColumn($"c{i:00}", ColumnKind.Number))], Observed = new TimeWindow(World.At(0), World.At(9)) }]);

        FeaturePlan.For("s", f => f.OverDays(30).Sum("x")).FaultsFor(wide).Should().Equal(
            "A feature must read a column of source 's'. Got 'x'. Use one of: c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20 and 2 more.");
    }

    [Fact]
    public void FaultsFor_Expressions_NamesAll()
    {
        FeatureDefinition expression = new() { Name = "x", Source = "s", Aggregate = FeatureAggregate.Expression, Expression = "n", Where = [EventFilter.Is("k", "v")], Window = Month, Column = "c" };
        FeaturePlan plan = FeaturePlan.For("s", f => f.OverDays(30).Count().Mode("kind"))
            .Derive("bad", "count_30d +").Derive("unknown", "count_31d / kind_mode_30d").Derive("me", "me + 1").Derive("a", "b").Derive("b", "c2 * 2").Derive("c2", "a").Derive("reader", "a");

        plan.FaultsFor(null).Should().Equal(
            "The expression of 'bad' must be arithmetic over features. Arithmetic must have a value here: a number, a name, a function or parentheses. Got the end at character 12 of 'count_30d +'. Write one.",
            "An expression must read number features of the plan. Got 'count_31d' in 'unknown'. Use one of: count_30d, bad, me, a, b, c2, reader.",
            "An expression must read number features of the plan. Got 'kind_mode_30d' in 'unknown', which is a category. Use one of: count_30d, bad, me, a, b, c2, reader.",
            "An expression must not lead back to itself. Got a circle through 'me', 'a', 'b', 'c2'. Let one of them read other features.");
        new FeaturePlan(expression, expression with { Name = "n", Expression = null, Source = "", Where = [], Window = null, Column = null }).FaultsFor(null).Should().Equal(
            "An Expression must have no window: it reads other features. Got 30 d for 'x'. Leave the window out.",
            "An Expression must read no source: it reads other features. Got 's' for 'x'. Leave the source empty.",
            "An Expression must name no column. Got 'c' for 'x'. Leave the column out.",
            "An Expression must have no filter: it reads features, not facts. Got 'k is v' for 'x'. Filter the features that it reads.",
            "The expression of 'n' must be arithmetic over features. Arithmetic must have a value here: a number, a name, a function or parentheses. Got the end at character 1 of ''. Write one.");
    }

    [Fact]
    public void FaultsFor_LongChainOfExpressions_IsNoFault()
    {
        FeaturePlan plan = new([
            new FeatureDefinition { Name = "n0", Source = "s", Aggregate = FeatureAggregate.Recency },
            .. Enumerable.Range(1, 5000).Select(i => new FeatureDefinition { Name = $"n{i}", Source = "", Aggregate = FeatureAggregate.Expression, Expression = $"n{i - 1} + 1" })]);

        plan.FaultsFor(null).Should().BeEmpty();
        PlanExpressions.InOrder(plan)[^1].Feature.Should().Be(5000);
    }

    [Fact]
    public void FaultsFor_DerivedColumns_NamesAll()
    {
        FeaturePlan plan = FeaturePlan.For("orders", f => f
                .Derive("amount", "1").Derive("a", "amount * kind").Derive("b", "c + unheard").Derive("c", "c").Derive("d", "1 +").Derive("d", "2").Derive("", "3")
                .OverDays(1).Sum("a").Mode("b").Distinct("c"))
            .WithDerivedColumns(new DerivedColumn("shops", "x", "y"));

        plan.FaultsFor(Shop).Should().Equal(
            "Derived columns must have names of their own. Got 'd' of source 'orders' 2 times. Derive it once, or rename one.",
            "A derived column must have a name that its source has not. Got 'amount', a column of source 'orders'. Give it another name.",
            "A derived column must read number columns of source 'orders'. Got 'kind' in 'a', which holds categories. Use one of: amount.",
            "A derived column must read columns derived before it. Got 'c' in 'b' of source 'orders'. Derive 'c' first, and nothing from itself.",
            "A derived column must read number columns of source 'orders'. Got 'unheard' in 'b'. Use one of: amount.",
            "A derived column must read columns derived before it. Got 'c' in 'c' of source 'orders'. Derive 'c' first, and nothing from itself.",
            "The derived column 'd' must be arithmetic over columns. Arithmetic must have a value here: a number, a name, a function or parentheses. Got the end at character 4 of '1 +'. Write one.",
            "A derived column must have a source and a name. Got 'orders' and '' for '3'. Name both.",
            "A derived column must read a source of the history. Got 'shops' for 'x'. Use one of: orders, people.",
            "A Mode must read a category column. Got 'b' of source 'orders', which holds numbers. Use Quantile, or name a category column.");
    }

    [Fact]
    public void FaultsFor_CustomAggregates_NamesAll()
    {
        ShareAbove good = new(1);
        FeatureDefinition custom = new() { Name = "a", Source = "orders", Aggregate = FeatureAggregate.Custom, Column = "amount", Window = Month };

        new FeaturePlan(
            custom,
            custom with { Name = "b", Custom = new ShareAbove(2) { Traits = null! } },
            custom with { Name = "c", Custom = new ShareAbove(3) { Traits = good.Traits with { Result = ColumnKind.Category } } },
            custom with { Name = "d", Custom = new ShareAbove(4) { Traits = good.Traits with { HasWindow = false } } },
            custom with { Name = "e", Custom = new ShareAbove(5) { Traits = good.Traits with { ValueForNothing = double.PositiveInfinity } } },
            custom with { Name = "f", Custom = good },
            custom with { Name = "g", Custom = good with { Traits = good.Traits with { Unit = AggregateUnit.Nats } } },
            custom with { Name = "h", Custom = new ShareAbove(6), Column = "kind" },
            custom with { Name = "i", Custom = new ShareAbove(7), Column = null, Window = null },
            custom with { Name = "j", Custom = good, Aggregate = FeatureAggregate.Sum },
            custom with { Name = "k", Aggregate = (FeatureAggregate)999 }).FaultsFor(Shop).Should().Equal(
            "Custom aggregates must have names of their own. Got 2 named 'share_above_1'. Use one instance for all features, or give each another name.",
            "A Custom feature must have its aggregate. Got none for 'a'. Set Custom, or declare it with Custom(aggregate).",
            "The traits of a custom aggregate must say that it turns the events, numbers or categories of a window into a number. Got no traits for 'share_above_2'. Set them so.",
            "The traits of a custom aggregate must say that it turns the events, numbers or categories of a window into a number. Got a result of kind Category for 'share_above_3'. Set them so.",
            "The traits of a custom aggregate must say that it turns the events, numbers or categories of a window into a number. Got no window for 'share_above_4'. Set them so.",
            "A Custom must have no window: it looks at all history. Got 30 d for 'd'. Leave the window out.",
            "The traits of a custom aggregate must say that it turns the events, numbers or categories of a window into a number. Got an infinite value for nothing for 'share_above_5'. Set them so.",
            "A Custom must read a number column. Got 'kind' of source 'orders', which holds categories. Name a number column.",
            "A share_above_7 must have a window. Got none for 'i' of source 'orders'. Call Over or OverDays before it.",
            "A Custom must name a column. Got none for 'i'. Name one of source 'orders'.",
            "Only a feature of aggregate Custom must have a custom aggregate. Got 'share_above_1' for 'j', a Sum. Leave it out.",
            $"The aggregate of 'k' must be one of {string.Join(", ", Enum.GetNames<FeatureAggregate>())}. Got 999. Use one of them.");
    }

    [Fact]
    public void FaultsFor_AggregatesThatDoNotFitTheSource_NamesAll() =>
        FeaturePlan.For("orders", f => f.OverDays(1).Median("kind").LastCategory("amount").FirstCategory("amount").First("kind").Entropy("amount").Distinct("kind").Distinct("amount"))
            .And("people", f => f.OverDays(1).GapMean().Age().Coverage().Tenure().Sum("fee")).FaultsFor(Shop).Should().Equal(
            "A Quantile must read a number column. Got 'kind' of source 'orders', which holds categories. Use Category, or count events inside Where.",
            "A LastCategory must read a category column. Got 'amount' of source 'orders', which holds numbers. Use Last.",
            "A FirstCategory must read a category column. Got 'amount' of source 'orders', which holds numbers. Use First.",
            "A First must read a number column. Got 'kind' of source 'orders', which holds categories. Use FirstCategory.",
            "An Entropy must read a category column. Got 'amount' of source 'orders', which holds numbers. Use Quantile, or name a category column.",
            "A gap mean must read a source of events. Got 'people', which holds attributes. Use Attribute or Category.",
            "A coverage must read a source of events. Got 'people', which holds attributes. Use Attribute or Category.",
            "A tenure must read a source of events. Got 'people', which holds attributes. Use Attribute or Category.",
            "A sum must read a source of events. Got 'people', which holds attributes. Use Attribute or Category.");

    [Fact]
    public void FaultsFor_FiltersThatCompareNothing_NamesAll()
    {
        FeatureDefinition count = new() { Name = "a", Source = "orders", Aggregate = FeatureAggregate.Count, Window = Month };

        new FeaturePlan(
            count with { Where = [EventFilter.Above("amount", double.NaN)] },
            count with { Name = "b", Where = [new EventFilter("kind", FilterOperator.Is, null, double.NaN)] },
            count with { Name = "c", Where = [new EventFilter("kind", (FilterOperator)9, "x", 1)] },
            count with { Name = "d", Where = [null!] }).FaultsFor(Shop).Should().HaveCount(4).And.OnlyContain(f => f.StartsWith("A filter must compare a column with a category or with a number. Got '"));
    }
}
