using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features;

/// <summary>The sentence of a domain expert becomes names, definitions, lineage, units and groups.</summary>
public sealed class FeaturePlanBuilderTests
{
    private static readonly HistorySchema Shop = new(
    [
        new SourceSchema
        {
            Name = "orders",
            Columns = [new("amount", ColumnKind.Number, "EUR"), new("quantity", ColumnKind.Number), new("kind", ColumnKind.Category)],
            Observed = new TimeWindow(World.At(0), World.At(400)),
        },
        new SourceSchema
        {
            Name = "people",
            Kind = SourceKind.Attributes,
            Columns = [new("fee", ColumnKind.Number, "EUR"), new("plan", ColumnKind.Category)],
            Observed = new TimeWindow(World.At(0), World.At(400)),
        },
    ]);

    [Fact]
    public void For_EveryAggregate_NamesItselfAndHasNoFault()
    {
        FeaturePlan plan = FeaturePlan
            .For("orders", f => f
                .OverDays(90)
                .Median("amount").Quantile("amount", 0.9).Quantile("amount", 0.07).Quantile("amount", 0.025).Variance("amount").Skew("amount").First("amount").Last("amount").Distinct("kind")
                .FirstCategory("kind").LastCategory("kind").LastCategory("kind", 2).Mode("kind").TopShare("kind").TopShare("kind", 3).Entropy("kind")
                .GapMean().GapStd().GapLast().ActiveDays().ActivePeriods(TimeSpan.FromDays(7)).CurrentStreak().LongestStreak(TimeSpan.FromDays(7))
                .DecayedCount(TimeSpan.FromDays(14)).DecayedSum("amount", TimeSpan.FromDays(14)).DecayedMean("amount", TimeSpan.FromHours(36))
                .Custom(new ShareAbove(100), "amount")
                .OverAllHistory().Last("amount", 2)
                .Tenure().Recency())
            .And("people", f => f.Attribute("fee", within: TimeSpan.FromDays(365)).Category("plan").Age());

        plan.Features.Select(f => f.Name).Should().Equal(
            "amount_median_90d", "amount_q90_90d", "amount_q7_90d", "amount_q2.5_90d", "amount_variance_90d", "amount_skew_90d", "amount_first_90d", "amount_last_90d", "kind_distinct_90d",
            "kind_first_90d", "kind_last_90d", "kind_last2_90d", "kind_mode_90d", "kind_top1_share_90d", "kind_top3_share_90d", "kind_entropy_90d",
            "gap_mean_90d", "gap_std_90d", "gap_last_90d", "active_days_90d", "active_7d_periods_90d", "current_day_streak_90d", "longest_7d_streak_90d",
            "decayed_count_14d_90d", "amount_decayed_sum_14d_90d", "amount_decayed_mean_36h_90d",
            "amount_share_above_100_90d", "amount_last2_all", "tenure", "recency", "fee_within_365d", "plan", "attribute_age");
        plan.FaultsFor(Shop).Should().BeEmpty();
    }

    [Fact]
    public void For_EveryWindow_NamesItself()
    {
        FeaturePlan plan = FeaturePlan.For("orders", f => f
            .OverMonths("Europe/Amsterdam", 1, 12).Sum("amount")
            .OverCalendarDays("Europe/Amsterdam", 7).Sum("amount")
            .OverLastEvents(5, 10).Sum("amount")
            .OverDays(30).LaggedByDays(30).Sum("amount").OverAllHistory().Count().OverDays(60).WithoutLag().Sum("amount")
            .LaggedBy(TimeSpan.FromHours(6)).Over(TimeSpan.FromHours(36)).Max("amount")
            .Over(FeatureWindow.OfMonths(3), FeatureWindow.OfLastEvents(3).LaggedBy(TimeSpan.FromDays(1))).Min("amount"));

        plan.Features.Select(f => f.Name).Should().Equal(
            "amount_sum_1mo", "amount_sum_12mo", "amount_sum_7caldays", "amount_sum_last5", "amount_sum_last10", "amount_sum_30d_lag30d", "count_all_lag30d", "amount_sum_60d",
            "amount_max_36h_lag6h", "amount_min_3mo_lag6h", "amount_min_last3_lag1d");
        plan.Features[0].Window.Should().Be(FeatureWindow.OfMonths(1, "Europe/Amsterdam"));
        plan.Features[5].Window.Should().Be(FeatureWindow.Of(TimeSpan.FromDays(30)).LaggedBy(TimeSpan.FromDays(30)));
        plan.FaultsFor(Shop).Should().BeEmpty();
    }

    [Fact]
    public void Where_InheritsTheLag_AndLeavesThatOfTheOuterOne()
    {
        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(30).LaggedByDays(7).Where(EventFilter.Is("kind", "x"), x => x.Count().WithoutLag().Count()).Count());

        plan.Features.Select(f => f.Name).Should().Equal("x_count_30d_lag7d", "x_count_30d", "count_30d_lag7d");
    }

    [Fact]
    public void PerCategory_ExplicitCategories_DeclaresEach()
    {
        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(30, 90).PerCategory("kind", ["ticket", "order"], k => k.Count().Ratio("count", 30, 90).Sum("amount")));

        plan.Features.Select(f => f.Name).Should().Equal(
            "ticket_count_30d", "ticket_count_90d", "ticket_count_ratio_30d_90d", "ticket_amount_sum_30d", "ticket_amount_sum_90d",
            "order_count_30d", "order_count_90d", "order_count_ratio_30d_90d", "order_amount_sum_30d", "order_amount_sum_90d");
        plan.Features[0].Where.Should().Equal(EventFilter.Is("kind", "ticket"));
        plan.Features[2].Expression.Should().Be("ticket_count_30d / ticket_count_90d");
        plan.FaultsFor(Shop).Should().BeEmpty();
    }

    [Fact]
    public void And_ExpressionOverTwoSources_BelongsToNoneAndKeepsItsName()
    {
        FeaturePlan both = FeaturePlan.For("orders", f => f.OverDays(7).Count()).And("visits", f => f.OverDays(7).Count()).Derive("per_visit", "count_7d / visits_count_7d");

        FeaturePlan.For("shops", f => f.OverDays(30).Count()).Derive("per_visit", "count_30d * 2").And(both).FaultsFor(null)
            .Should().Equal("Feature names must be unique. Got 'per_visit' 2 times. Declare it once, or give its filter an alias of its own.");
    }

    [Fact]
    public void Rank_OfOne_IsWrittenAsNone() =>
        FeaturePlan.For("orders", f => f.OverDays(30).Last("amount").LastCategory("kind", 1).TopShare("kind", 1).OverDays(60).Last("amount", 2)).Features.Select(f => f.Parameter)
            .Should().Equal([null, null, null, 2], "or one feature would have two hashes");

    [Fact]
    public void Comparisons_BetweenWindows_AreExpressionsOverNamedFeatures()
    {
        FeatureWindow month = TimeSpan.FromDays(30), before = month.LaggedBy(TimeSpan.FromDays(30));
        FeaturePlan plan = FeaturePlan.For("orders", f => f
            .OverDays(30, 90).Sum("amount").Slope("amount").Over(before).Sum("amount")
            .Ratio("amount_sum", 30, 90).SlopeRatio("amount", 30, 90).Difference("amount_sum", month, before, "EUR")
            .Where(EventFilter.Above("amount", 99.5), a => a.OverDays(7, 30).Count().Difference("count", 7, 30)));

        plan.Features.Where(f => f.Aggregate == FeatureAggregate.Expression).Select(f => (f.Name, f.Expression, f.Source, f.Group, f.Unit)).Should().Equal(
            ("amount_sum_ratio_30d_90d", "amount_sum_30d / amount_sum_90d", "", "orders amount", null),
            ("amount_slope_ratio_30d_90d", "amount_slope_30d / amount_slope_90d", "", "orders amount trend", null),
            ("amount_sum_difference_30d_30d_lag30d", "amount_sum_30d - amount_sum_30d_lag30d", "", "orders amount", "EUR"),
            ("amount_above_99.5_count_difference_7d_30d", "[amount_above_99.5_count_7d] - [amount_above_99.5_count_30d]", "", "amount_above_99.5 count", null));
        plan.FaultsFor(Shop).Should().BeEmpty();
    }

    [Fact]
    public void Derive_ColumnAndFeature_HaveUnitsAndLineage()
    {
        FeaturePlan plan = FeaturePlan
            .For("orders", f => f.Derive("revenue", "quantity * amount", "EUR").Derive("log revenue", "log(1 + revenue)").OverDays(30).Count().Sum("revenue").Mean("log revenue")
                .Where(EventFilter.Above("revenue", 10), r => r.Slope("revenue").Variance("amount")))
            .Derive("revenue_per_order", "revenue_sum_30d / count_30d", "EUR");

        plan.FaultsFor(Shop).Should().BeEmpty();
        plan.DerivedColumns.Should().Equal(new DerivedColumn("orders", "revenue", "quantity * amount", "EUR"), new DerivedColumn("orders", "log revenue", "log(1 + revenue)"));
        plan.SchemaIn(Shop).Select(c => (c.Name, c.Unit, c.Lineage)).Should().Equal(
            ("count_30d", null, "count over 30 d of orders"),
            ("revenue_sum_30d", "EUR", "sum of revenue (= quantity * amount) over 30 d of orders"),
            ("log revenue_mean_30d", null, "mean of log revenue (= log(1 + revenue)) over 30 d of orders"),
            ("revenue_above_10_revenue_slope_30d", "EUR/d", "slope per day of revenue (= quantity * amount) over 30 d of orders where revenue above 10"),
            ("revenue_above_10_amount_variance_30d", "EUR²", "variance of amount over 30 d of orders where revenue above 10"),
            ("revenue_per_order", "EUR", "revenue_sum_30d / count_30d"));
        plan.WithDerived(Shop["orders"]).Columns.Select(c => c.Name).Should().Equal("amount", "quantity", "kind", "revenue", "log revenue");
        plan.WithDerived(Shop["people"]).Should().BeSameAs(Shop["people"]);
    }

    [Fact]
    public void SchemaIn_EveryAggregate_TellsWhereItComesFrom()
    {
        FeaturePlan plan = FeaturePlan
            .For("orders", f => f
                .OverDays(90).Quantile("amount", 0.9).Median("amount").First("amount").Last("amount", 2).Distinct("kind").LastCategory("kind").Mode("kind").TopShare("kind", 3).Entropy("kind")
                .GapMean().ActiveDays().ActivePeriods(TimeSpan.FromDays(7)).CurrentStreak().LongestStreak().DecayedCount(TimeSpan.FromDays(14)).DecayedSum("amount", TimeSpan.FromDays(14))
                .Custom(new ShareAbove(100), "amount")
                .OverMonths("Europe/Amsterdam", 1).LaggedByDays(30).Std("amount").OverLastEvents(5).WithoutLag().Mean("amount").Tenure())
            .And("people", f => f.Attribute("fee", TimeSpan.FromDays(30)).Age());

        plan.SchemaIn(Shop).Select(c => (c.Lineage, c.Unit, c.Group)).Should().Equal(
            ("q90 of amount over 90 d of orders", "EUR", "orders amount"),
            ("median of amount over 90 d of orders", "EUR", "orders amount"),
            ("oldest amount over 90 d of orders", "EUR", "orders amount"),
            ("newest amount but 1 over 90 d of orders", "EUR", "orders amount"),
            ("number of distinct kind over 90 d of orders", null, "orders kind"),
            ("newest kind over 90 d of orders", null, "orders kind"),
            ("most frequent kind over 90 d of orders", null, "orders kind"),
            ("share of the 3 most frequent kind over 90 d of orders", "share", "orders kind"),
            ("entropy of kind over 90 d of orders", "nat", "orders kind"),
            ("mean time between neighbours over 90 d of orders", "d", "orders gap"),
            ("number of days with any over 90 d of orders", null, "orders activity"),
            ("number of periods of 7 d with any over 90 d of orders", null, "orders activity"),
            ("number of days in a row up to the end with any over 90 d of orders", null, "orders activity"),
            ("largest number of days in a row with any over 90 d of orders", null, "orders activity"),
            ("count, halved every 14 d, over 90 d of orders", null, "orders count"),
            ("sum of amount, halved every 14 d, over 90 d of orders", "EUR", "orders amount"),
            ("share_above_100 of amount over 90 d of orders", "share", "orders amount"),
            ("std of amount over 1 mo lagged 30 d in Europe/Amsterdam of orders", "EUR", "orders amount"),
            ("mean of amount over last 5 events of orders", "EUR", "orders amount"),
            ("time since the oldest of orders", "d", "orders tenure"),
            ("newest fee of people, not older than 30 d", "EUR", "people fee"),
            ("time that the newest has held of people", "d", "people age"));
    }

    [Fact]
    public void And_NamesTakenByAnotherSource_LetExpressionsFollow()
    {
        static void Declare(SourceFeatures f) => f.OverDays(30, 90).Count().Ratio("count", 30, 90);

        FeaturePlan plan = FeaturePlan.For("orders", Declare).And("visits", Declare).And("visits", f => f.OverDays(7).Count().Ratio("count", 7, 30));

        plan.Features.Select(f => (f.Name, f.Expression)).Should().Equal(
            ("count_30d", null), ("count_90d", null), ("count_ratio_30d_90d", "count_30d / count_90d"),
            ("visits_count_30d", null), ("visits_count_90d", null), ("visits_count_ratio_30d_90d", "visits_count_30d / visits_count_90d"),
            ("count_7d", null), ("count_ratio_7d_30d", "count_7d / visits_count_30d"));
        plan.FaultsFor(null).Should().BeEmpty();
    }

    [Fact]
    public void And_AnotherPlan_AddsWhatIsNewAndRenamesWhatClashes()
    {
        FeaturePlan orders = FeaturePlan.For("orders", f => f.Derive("revenue", "quantity * amount").OverDays(30).Count().Sum("revenue")).Derive("mean_revenue", "revenue_sum_30d / count_30d");
        FeaturePlan visits = FeaturePlan.For("visits", f => f.OverDays(30).Count()).Derive("half", "count_30d / 2");

        FeaturePlan both = orders.And(orders).And(visits).And(visits.Derive("quarter", "half / 2"));

        both.Features.Select(f => (f.Name, f.Expression)).Should().Equal(
            ("count_30d", null), ("revenue_sum_30d", null), ("mean_revenue", "revenue_sum_30d / count_30d"),
            ("visits_count_30d", null), ("half", "visits_count_30d / 2"), ("quarter", "half / 2"));
        both.DerivedColumns.Should().ContainSingle();
        both.FaultsFor(null).Should().BeEmpty();
        orders.Features.Should().HaveCount(3, "a plan does not change");
    }

    [Fact]
    public void Constructor_WithANull_SaysWhatToDo() => FluentActions.Invoking(() => new FeaturePlan([null!], [])).Should().Throw<ArgumentException>()
        .WithMessage("A plan must consist of definitions. Got a null among them. Leave it out.*");

    [Fact]
    public void Definition_Equality_IsByContentFilterByFilter()
    {
        FeatureDefinition one = FeaturePlan.For("orders", f => f.OverDays(30).Where(EventFilter.Is("kind", "x"), x => x.Last("amount"))).Features[0];
        FeatureDefinition same = FeaturePlan.For("orders", f => f.OverDays(30).Where(EventFilter.Is("kind", "x"), x => x.Last("amount", 1))).Features[0];

        one.Should().Be(same);
        one.GetHashCode().Should().Be(same.GetHashCode());
        (one with { Group = "other" }).Should().NotBe(same);
        (one with { Where = [EventFilter.Is("kind", "y")] }).Should().NotBe(same);
        (one with { Parameter = double.NaN }).Should().Be(same with { Parameter = double.NaN });
        List<EventFilter> filters = [EventFilter.Is("kind", "x")];
        FeatureDefinition copied = one with { Where = filters };
        filters.Clear();
        copied.Should().Be(one, "a definition keeps its own copy of the filters");
    }

    [Fact]
    public void InOrder_ExpressionsOverExpressions_ComeAfterTheirOperands()
    {
        FeaturePlan plan = new FeaturePlan().Derive("c", "b + a").Derive("b", "a * 2 + n").Derive("a", "n / 2").And("orders", f => f.OverDays(1).Count());
        plan = new FeaturePlan([.. plan.Features.SkipLast(1), plan.Features[^1] with { Name = "n" }]);

        PlanExpressions.InOrder(plan).Select(e => (e.Feature, string.Join(',', e.Operands))).Should().Equal((2, "3"), (1, "2,3"), (0, "1,2"));
    }

    [Fact]
    public void Packs_OnTheirSources_HaveNoFaultAndAddUp()
    {
        FeaturePlan rfm = FeaturePacks.RecencyFrequencyMonetary("orders", "amount"), trend = FeaturePacks.EngagementTrend("orders", "amount"), visits = FeaturePacks.EngagementTrend("people2");

        rfm.FaultsFor(Shop).Should().BeEmpty();
        trend.FaultsFor(Shop).Should().BeEmpty();
        rfm.Features.Select(f => f.Name).Should().Equal(
            "recency", "tenure", "count_30d", "count_90d", "count_365d", "amount_sum_30d", "amount_sum_90d", "amount_sum_365d", "count_all", "amount_sum_all", "amount_mean_365d",
            "amount_max_365d", "coverage_365d");
        visits.Features.Select(f => f.Name).Should().Equal(
            "count_7d", "count_30d", "count_90d", "count_30d_lag30d", "count_ratio_7d_30d", "count_ratio_30d_90d", "count_difference_30d_30d_lag30d", "decayed_count_14d_90d",
            "active_days_30d", "active_days_90d", "current_7d_streak_90d", "longest_7d_streak_90d", "gap_mean_90d", "gap_std_90d", "recency", "recency_per_gap_90d");
        FeaturePlan all = rfm.And(trend).And(visits);
        all.FaultsFor(null).Should().BeEmpty();
        all.Features.Should().Contain(f => f.Name == "people2_recency_per_gap_90d" && f.Expression == "people2_recency / people2_gap_mean_90d");
        all.Features.Count(f => f.Name == "recency").Should().Be(1, "both packs of orders declare it, to the letter");
    }
}
