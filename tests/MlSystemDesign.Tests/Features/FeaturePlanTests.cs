using System.Globalization;
using MlSystemDesign.Features;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.Features;

public sealed class FeaturePlanTests
{
    [Fact]
    public void For_AggregatesOverWindows_NamesColumnsByThemselves()
    {
        FeaturePlan plan = FeaturePlan
            .For("purchases", f => f
                .OverDays(30, 60).Count().Sum("amount")
                .Where(EventFilter.Is("kind", "return"), r => r.Count())
                .Where(EventFilter.Above("amount", 99.5), r => r.Recency())
                .Where(EventFilter.IsNot("kind", "return"), r => r.OverDays(7).Mean("amount"), alias: "kept")
                .Over(TimeSpan.FromHours(36), TimeSpan.FromMinutes(90)).Max("amount")
                .OverAllHistory().Count().Recency())
            .And("customers", f => f.Attribute("fee").Category("plan"));

        plan.Features.Select(f => f.Name).Should().Equal(
            "count_30d", "count_60d", "amount_sum_30d", "amount_sum_60d", "return_count_30d", "return_count_60d", "amount_above_99.5_recency", "kept_amount_mean_7d",
            "amount_max_36h", "amount_max_90min", "count_all", "recency", "fee", "plan");
    }

    [Fact]
    public void Where_EndsItsScope_AndLeavesTheWindowsOfTheOuterOne()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(30).Where(EventFilter.Is("kind", "x"), x => x.OverDays(7).Count()).Count());

        plan.Features.Select(f => (f.Name, f.Window!.Length.Days, f.Where.Count)).Should().Equal(("x_count_7d", 7, 1), ("count_30d", 30, 0));
    }

    [Fact]
    public void And_NameTakenByAnotherSource_PutsTheSourceInFront()
    {
        FeaturePlan plan = FeaturePlan.For("purchases", f => f.OverDays(30).Count().Recency()).And("visits", f => f.OverDays(30).Count().OverDays(7).Count());

        plan.Features.Select(f => f.Name).Should().Equal("count_30d", "recency", "visits_count_30d", "count_7d");
    }

    [Fact]
    public void Schema_OfABuilder_TellsLineageUnitGroupAndValueForNothing()
    {
        FeatureSchema schema = new BatchFeatureBuilder(Plans.Full).Schema;

        FeatureColumn sum = schema[schema.Require("ticket_amount_sum_10d")];
        (sum.Lineage, sum.Group, sum.ValueForNothing, sum.Unit).Should().Be(("sum of amount over 10 d of activities where kind is ticket", "ticket amount", 0, null));
        FeatureColumn recency = schema[schema.Require("recency")];
        (recency.Lineage, recency.Group, recency.ValueForNothing, recency.Unit).Should().Be(("time since the newest of activities", "activities recency", double.NaN, "d"));
        FeatureColumn slope = schema[schema.Require("amount_slope_30d")];
        (slope.Lineage, slope.Group, slope.Unit).Should().Be(("slope per day of amount over 30 d of activities", "activities amount trend", "1/d"));
        FeatureColumn plan = schema[schema.Require("plan")];
        (plan.Kind, plan.Lineage, plan.Group, plan.Levels.Count).Should().Be((ColumnKind.Category, "newest plan of people", "people plan", 0));
        schema[schema.Require("coverage_3d")].Lineage.Should().Be("share observed over 3 d of activities");
        schema[schema.Require("not_order_amount_above_0_count_3d")].Lineage.Should().Be("count over 3 d of activities where kind is not order and amount above 0");
        schema[schema.Require("amount_at_most_0.2_amount_below_0_count_10d")].Lineage.Should().Be("count over 10 d of activities where amount at most 0.2 and amount below 0");
        schema[schema.Require("count_all")].Lineage.Should().Be("count over all history of activities");
    }

    [Fact]
    public void FromJson_OfToJson_GivesAnEqualPlan()
    {
        FeaturePlan back = FeaturePlan.FromJson(Plans.Full.ToJson());

        back.Features.Should().BeEquivalentTo(Plans.Full.Features, o => o.WithStrictOrdering());
        back.Hash.Should().Be(Plans.Full.Hash);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void Hash_InAnyCulture_IsPinned(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            FeaturePlan plan = FeaturePlan.For("purchases", f => f.OverDays(30).Sum("amount").Where(EventFilter.Above("amount", 0.5), a => a.Count()).Recency());

            plan.ToJson().Should().Be(
                """{"features":[{"name":"amount_sum_30d","source":"purchases","aggregate":"Sum","group":"purchases amount","column":"amount","window":"30 d"},""" +
                """{"name":"amount_above_0.5_count_30d","source":"purchases","aggregate":"Count","group":"amount_above_0.5 count","window":"30 d","where":[{"column":"amount","operator":"Above","limit":0.5}]},""" +
                """{"name":"recency","source":"purchases","aggregate":"Recency","group":"purchases recency"}]}""");
            plan.Hash.Should().Be("712ccb55015d286b9e77f4b4186b54374a43f921e68470456c1fd15f897873c4", "that is the SHA-256 of the text above by Python's hashlib");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Hash_OfAnotherWindow_Differs() =>
        FeaturePlan.For("a", f => f.OverDays(30).Count()).Hash.Should().NotBe(FeaturePlan.For("a", f => f.OverDays(31).Count()).Hash);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"features":null}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Median","group":"g"}]}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Count","group":"g","where":[{"column":"c","operator":"Is","limit":1}]}]}""")]
    public void FromJson_OfAnythingElse_ThrowsDataFormat(string json) =>
        FluentActions.Invoking(() => FeaturePlan.FromJson(json)).Should().Throw<DataFormatException>().WithMessage("A feature plan must be the JSON that ToJson wrote. Got something else: *Write the plan again.");

    [Fact]
    public void Build_OfAPlanThatDoesNotFit_NamesAllFaultsAtOnce()
    {
        FeaturePlan plan = FeaturePlan
            .For("activities", f => f.OverDays(30).Sum("amuont").Sum("kind").Category("amount").Where(EventFilter.Is("amount", "x"), x => x.Count()))
            .And("purchases", f => f.Recency())
            .And("people", f => f.OverDays(30).Sum("fee"));
        InMemoryHistory history = new World([new Activity("anna", World.At(1).UtcTicks, 0, 1, "ticket", 0)], [new Trait("anna", 0, 1, "basic")]).History();

        PlanException fault = FluentActions.Invoking(() => Plans.Build(plan, history, ObservationSet.At(["anna"], World.At(5)))).Should().Throw<PlanException>().Which;

        fault.Faults.Should().Equal(
            "A feature must read a column of source 'activities'. Got 'amuont'. Use one of: amount, kind.",
            "A Sum must read a number column. Got 'kind' of source 'activities', which holds categories. Use Category, or count events inside Where.",
            "A Category must read a category column. Got 'amount' of source 'activities', which holds numbers. Use Attribute.",
            "The filter 'amount is x' needs a Category column. Got 'amount' of kind Number. Compare categories with Is, numbers with Above, AtLeast, Below or AtMost.",
            "A feature must read a source of the history. Got 'purchases'. Use one of: activities, people.",
            "A sum must read a source of events. Got 'people', which holds attributes. Use Attribute or Category.");
        fault.Message.Should().StartWith("Feature plan has 6 faults: (1) A feature must read a column");
    }

    [Fact]
    public void Builder_OfAPlanThatContradictsItself_NamesAllFaultsAtOnce()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f
            .Count().OverDays(0, -3).Mean("amount").OverDays(5).Min("amount").Min("amount").OverAllHistory().Coverage().OverDays(9)
            .Where(EventFilter.Is("kind", "x"), x => x.Coverage()));

        FluentActions.Invoking(() => new BatchFeatureBuilder(plan)).Should().Throw<PlanException>().Which.Faults.Should().Equal(
            "Feature names must be unique. Got 'amount_min_5d' 2 times. Declare it once, or give its filter an alias of its own.",
            "A count must have a window. Got none for 'count' of source 'activities'. Call Over or OverDays before it.",
            "A window must have a positive length. Got 00:00:00 for 'amount_mean_0d' of source 'activities'. Pass how far back to look.",
            "A window must have a positive length. Got -3.00:00:00 for 'amount_mean_-3d' of source 'activities'. Pass how far back to look.",
            "A coverage must have a window of finite length. Got all history for 'coverage_all'. Call Over or OverDays before it.",
            "A coverage must have no filter: the source was watched or not, whatever the event. Got 'kind is x' for 'x_coverage_9d'. Declare it outside Where.");
    }

    [Fact]
    public void Builder_OfHandMadeDefinitions_ChecksThemToo()
    {
        FeaturePlan plan = new(
            new FeatureDefinition { Name = "a", Source = "activities", Aggregate = FeatureAggregate.Sum, Window = TimeSpan.FromDays(1) },
            new FeatureDefinition { Name = "b", Source = "activities", Aggregate = FeatureAggregate.Recency, Window = TimeSpan.FromDays(1), Column = "amount" },
            new FeatureDefinition { Name = " ", Source = "activities", Aggregate = FeatureAggregate.Recency });

        plan.FaultsFor(null).Should().Equal(
            "Every feature must have a name. Got an empty one. Name it.",
            "A Sum must name a column. Got none for 'a'. Name one of source 'activities'.",
            "A Recency must have no window: it looks at all history. Got 1 d for 'b'. Leave the window out.",
            "A Recency must name no column. Got 'amount' for 'b'. Leave the column out.");
        new FeaturePlan().FaultsFor(null).Should().Equal("A feature plan must declare at least one feature. Got none. Start with FeaturePlan.For(source, f => ...).");
    }
}
