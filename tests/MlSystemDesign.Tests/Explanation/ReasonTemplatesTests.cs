using MlSystemDesign.Explanation;
using MlSystemDesign.Features;
using MlSystemDesign.Tests.Explanation.Global;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Explanation;

public sealed class ReasonTemplatesTests
{
    private static readonly ReasonNouns Nouns = new()
    {
        Facts = new Dictionary<string, UnitWords> { ["orders"] = new("purchase", "purchases"), ["return"] = new("return", "returns") },
        Columns = new Dictionary<string, string> { ["amount"] = "spend", ["product"] = "products" },
    };

    private static readonly FeaturePlan Plan = FeaturePlan.For("orders", f => f
        .OverDays(30).Count().OverDays(90).Sum("amount").Mean("amount").Slope("amount").OverAllHistory().Count().Distinct("product").Recency().Tenure()
        .Where(EventFilter.Below("amount", 0), r => r.OverDays(365).Count(), alias: "return"));

    [Theory]
    [InlineData("count_30d", null, 0, "no purchase in the last 30 days")]
    [InlineData("count_30d", null, 1, "one purchase in the last 30 days")]
    [InlineData("count_30d", null, 12345, "12,345 purchases in the last 30 days")]
    [InlineData("count_all", null, 3, "3 purchases so far")]
    [InlineData("return_count_365d", null, 2, "2 returns in the last 365 days")]
    [InlineData("amount_sum_90d", "EUR", 0, "no spend in the last 90 days")]
    [InlineData("amount_sum_90d", "EUR", 12.5, "spend of 12.50 EUR in the last 90 days")]
    [InlineData("amount_sum_90d", "EUR", -12.5, "spend of minus 12.50 EUR in the last 90 days")]
    [InlineData("amount_mean_90d", "EUR", 1234.56, "spend of 1235 EUR per purchase on average in the last 90 days")]
    [InlineData("amount_mean_90d", "EUR", double.NaN, "no purchase in the last 90 days")]
    [InlineData("amount_slope_90d", "EUR/d", -0.25, "spend per purchase falling by 0.25 EUR per day in the last 90 days")]
    [InlineData("amount_slope_90d", "EUR/d", 0.5, "spend per purchase rising by 0.5 EUR per day in the last 90 days")]
    [InlineData("product_distinct_all", null, 4, "4 different products so far")]
    [InlineData("recency", "d", 47.9, "no purchase for 47 days")]
    [InlineData("recency", "d", 7, "no purchase for 7 days")]
    [InlineData("recency", "d", 3.25, "last purchase 3.2 days ago")]
    [InlineData("recency", "d", 0.3, "last purchase 7 hours ago")]
    [InlineData("recency", "d", 0.001, "last purchase 1 hour ago")]
    [InlineData("recency", "d", double.NaN, "no purchase ever")]
    [InlineData("tenure", "d", 400, "first purchase 400 days ago")]
    public void ForPlan_SaysFeaturesAsThoseWhoKnowTheBusinessDo(string column, string? unit, double value, string expected)
    {
        Plan.Features.Should().Contain(f => f.Name == column);
        What(ReasonTemplates.English.ForPlan(Plan, Nouns), column, unit, value).Should().Be(expected);
    }

    [Fact]
    public void ForPlan_InDutch_SaysTheSame()
    {
        ReasonTemplates words = ReasonTemplates.Dutch.ForPlan(Plan, new ReasonNouns { Facts = new Dictionary<string, UnitWords> { ["orders"] = new("aankoop", "aankopen") }, Columns = new Dictionary<string, string> { ["amount"] = "besteding" } });

        What(words, "recency", "d", 47.9).Should().Be("47 dagen geen aankoop");
        What(words, "amount_mean_90d", "EUR", 12345.6).Should().Be("besteding van gemiddeld 12.346 EUR per aankoop in de laatste 90 dagen");
        What(words, "count_30d", null, 1).Should().Be("één aankoop in de laatste 30 dagen");
        words.NameOf("orders amount").Should().Be("besteding");
        What(words, "return_count_365d", null, 2).Should().Be("return_count_365d is 2", "without nouns there are no words");
    }

    [Fact]
    public void ForPlan_NamesFeaturesAndKeepsWhatWasSaidBefore()
    {
        ReasonTemplates words = ReasonTemplates.English.ForColumn("count_30d", "{number} visits this month").ForFeature("orders count", "visits").ForPlan(Plan, Nouns);

        What(words, "count_30d", null, 2).Should().Be("2 visits this month");
        (words.NameOf("orders count"), words.NameOf("orders amount"), words.NameOf("orders amount trend"), words.NameOf("orders recency"), words.NameOf("elsewhere"))
            .Should().Be(("visits", "spend", "trend of spend", "last purchase", "elsewhere"));
    }

    [Theory]
    [InlineData(0.4, "spend down 60 % against the quarter before")]
    [InlineData(1.25, "spend up 25 % against the quarter before")]
    [InlineData(1.001, "spend unchanged against the quarter before")]
    [InlineData(double.NaN, "spend missing against the quarter before")]
    public void ForColumn_WithAChange_SaysWhatARatioMeans(double ratio, string expected) =>
        What(ReasonTemplates.English.ForColumn("ratio", "spend {change} against the quarter before"), "ratio", null, ratio).Should().Be(expected);

    [Theory]
    [InlineData("{value}")]
    [InlineData("{points} and {what}")]
    [InlineData("{{outcome}}")]
    [InlineData("}{")]
    public void Write_OfNamesWithBraces_LeavesThemAsTheyAre(string name)
    {
        What(ReasonTemplates.English, name, name, 3).Should().Be($"{name} is 3 {name}");
        What(ReasonTemplates.English.ForPlan(Plan, new ReasonNouns { Facts = new Dictionary<string, UnitWords> { ["orders"] = new(name, name) } }), "recency", "d", 30).Should().Be($"no {name} for 30 days");
        What(ReasonTemplates.English with { Outcome = name }, "x", null, 3, "{what} {outcome} {feature}").Should().Be($"x is 3 {name} x");
    }

    [Fact]
    public void Write_OfACategory_UsesTheWordsOfItsLevel()
    {
        ReasonTemplates words = ReasonTemplates.English.ForColumn("plan", new ColumnWords { Is = "{value} plan", Missing = "plan not known", Levels = new Dictionary<string, string> { ["gold"] = "our best plan" } });

        Level(words, 0).Should().Be("basic plan");
        Level(words, 1).Should().Be("our best plan");
        Level(words, -1).Should().Be("plan not known");
        Level(ReasonTemplates.English, -1).Should().Be("plan is missing");

        static string Level(ReasonTemplates words, int code)
        {
            FeatureTable rows = GlobalSamples.Table(ObservationSet.WithoutTime(["a"]), [0], [0], [code]);
            return new ReasonWriter(GlobalSamples.Model, words with { Raises = "{what}" }).Write(GlobalSamples.Attributions(rows, [0, 0, 1, 0]), rows)[0][0].Text;
        }
    }

    [Fact]
    public void Write_OfAValueModel_SaysNoPoints()
    {
        FeatureSchema schema = new([new FeatureColumn { Name = "x", Kind = ColumnKind.Number }]);
        FeatureTable rows = new(ObservationSet.WithoutTime(["a"]), schema, [new[] { 2.0 }], [default]);
        TrainedModel model = new("m", TargetKind.Value, schema, GlobalSamples.Model.Predictor, new IdentityCalibrator());

        new ReasonWriter(model).Write(new AttributionTable(rows.Observations, schema, 0, [-12.5], [-12.5], AttributionMethod.Interventional), rows)[0][0].Text
            .Should().Be("x is 2: lowers the prediction by 12.5");
    }

    [Fact]
    public void Parse_OfWhatToJsonWrote_GivesTheSameWords()
    {
        foreach (ReasonTemplates words in new[] { ReasonTemplates.English, ReasonTemplates.Dutch, ReasonTemplates.English.ForPlan(Plan, Nouns).ForColumn("c", new ColumnWords { Is = "é \"{value}\"", Levels = new Dictionary<string, string> { ["a"] = "b" } }) })
        {
            ReasonTemplates again = ReasonTemplates.Parse(words.ToJson());

            again.Should().BeEquivalentTo(words);
            again.ToJson().Should().Be(words.ToJson());
        }
    }

    [Fact]
    public void Parse_OfTheLeast_HasTheDefaultsForAllElse() =>
        ReasonTemplates.Parse("""{ "raises": "a", "lowers": "b", "missing": "c" }""").Should().BeEquivalentTo(new ReasonTemplates { Raises = "a", Lowers = "b", Missing = "c" });

    [Theory]
    [InlineData("columns", """{ "x": null }""")]
    [InlineData("columns", """{ "x": { "is": "a", "levels": { "gold": null } } }""")]
    [InlineData("aggregates", """{ "Count": null }""")]
    [InlineData("aggregates", """{ "Count": { "feature": "a", "values": null } }""")]
    [InlineData("units", """{ "d": null }""")]
    [InlineData("units", """{ "d": { "one": "day", "many": null } }""")]
    [InlineData("features", """{ "d": null }""")]
    public void Parse_OfAWordThatIsNull_IsRefused(string place, string words)
    {
        Action act = () => ReasonTemplates.Parse($$"""{ "raises": "a", "lowers": "b", "missing": "c", "{{place}}": {{words}} }""");

        act.Should().Throw<DataFormatException>().WithMessage("A template file must be a JSON object with raises, lowers and missing. It is not: *");
    }

    [Fact]
    public void Parse_OfNamesThatACultureTakesForEqual_KeepsThemApart() =>
        ReasonTemplates.Parse("""{ "raises": "a", "lowers": "b", "missing": "c", "features": { "coop": "1", "co\u00ADop": "2" } }""").Features.Should().HaveCount(2);

    [Fact]
    public void ToJson_WhenEveryPositiveValueIsSmall_IsReadAgain()
    {
        ReasonTemplates words = ReasonTemplates.English.ForColumn("age", new ColumnWords { Is = "{value}", Small = "{value} young", SmallBelow = double.PositiveInfinity });

        ReasonTemplates.Parse(words.ToJson()).Should().BeEquivalentTo(words);
    }

    [Theory]
    [InlineData(-0.5, "spend -0.5 times that of the quarter before")]
    [InlineData(double.PositiveInfinity, "spend ∞ times that of the quarter before")]
    [InlineData(0, "spend down 100 % that of the quarter before")]
    public void ForColumn_WithARatioThatIsNoChange_SaysTheRatio(double ratio, string expected) =>
        What(ReasonTemplates.English.ForColumn("ratio", "spend {change} that of the quarter before"), "ratio", null, ratio).Should().Be(expected);

    [Theory]
    [InlineData("share", -0.00001, "x is 0 %")]
    [InlineData("share", double.PositiveInfinity, "x is ∞ %")]
    [InlineData("share", double.NegativeInfinity, "x is -∞ %")]
    [InlineData("share", -0.25, "x is -25 %")]
    [InlineData("EUR", -0.001, "x is 0.00 EUR")]
    public void Write_OfValuesAtTheEdge_SaysThemAsAPersonWould(string unit, double value, string expected) =>
        What(ReasonTemplates.English, "x", unit, value).Should().Be(expected);

    [Fact]
    public void ForPlan_OfAnEventAtTheCutoff_SaysJustNow() =>
        What(ReasonTemplates.English.ForPlan(Plan, Nouns), "recency", "d", 0).Should().Be("last purchase just now");

    [Fact]
    public void ForPlan_WithWordsForLevels_FillsThemToo()
    {
        AggregateWords mode = new("{column}", new ColumnWords { Is = "{value}", Levels = new Dictionary<string, string> { ["tea"] = "mostly tea per {fact} {window}" } });
        ReasonTemplates words = ReasonTemplates.English with { Aggregates = new Dictionary<string, AggregateWords> { ["Mode"] = mode } };
        FeaturePlan plan = FeaturePlan.For("orders", f => f.OverDays(30).Mode("product"));

        words.ForPlan(plan, Nouns).Columns[plan.Features[0].Name].Levels["tea"].Should().Be("mostly tea per purchase in the last 30 days");
    }

    [Fact]
    public void Write_WhereTheCalibratorIsFlat_DoesNotSpeakOfNoPoints()
    {
        FeatureSchema schema = new([new FeatureColumn { Name = "x", Kind = ColumnKind.Number }]);
        FeatureTable rows = new(ObservationSet.WithoutTime(["a"]), schema, [new[] { 2.0 }], [default]);
        TrainedModel model = new("m", TargetKind.Probability, schema, GlobalSamples.Model.Predictor, new SigmoidCalibrator());

        new ReasonWriter(model).Write(new AttributionTable(rows.Observations, schema, 0, [1e-6], [1e-6], AttributionMethod.Interventional), rows)[0][0].Text
            .Should().Be("x is 2: raises the probability by less than 0.1 points");
    }

    [Fact]
    public void Write_OfACategoryNewToTheModel_SaysItAndThatItIsNew()
    {
        FeatureTable rows = new(
            ObservationSet.WithoutTime(["a", "b"]),
            new FeatureSchema([.. GlobalSamples.Schema.Select(c => c.Name == "plan" ? c with { Levels = ["gold", "platinum"] } : c)]),
            [new double[2], new double[2], default, new double[2]],
            [default, default, new[] { 1, 0 }, default]);
        ReasonTemplates words = ReasonTemplates.English.ForColumn("plan", new ColumnWords { Is = "{value} plan", Missing = "plan not known" }) with { Raises = "{what}" };

        IReadOnlyList<IReadOnlyList<Reason>> reasons = new ReasonWriter(GlobalSamples.Model, words).Write(GlobalSamples.Attributions(rows, [0, 0, 1, 0, 0, 0, 1, 0]), rows);

        reasons.Select(r => r[0].Text).Should().Equal("platinum (new to the model) plan", "gold plan");
        reasons[0][0].Value.Should().Be("platinum (new to the model)");
    }

    private static string What(ReasonTemplates words, string column, string? unit, double value, string sentence = "{what}")
    {
        FeatureSchema schema = new([new FeatureColumn { Name = column, Kind = ColumnKind.Number, Unit = unit }]);
        FeatureTable rows = new(ObservationSet.WithoutTime(["a"]), schema, [new[] { value }], [default]);
        TrainedModel model = new("m", TargetKind.Probability, schema, GlobalSamples.Model.Predictor, new SigmoidCalibrator());
        return new ReasonWriter(model, words with { Raises = sentence }).Write(new AttributionTable(rows.Observations, schema, 0, [1], [1], AttributionMethod.Interventional), rows)[0][0].Text;
    }
}
