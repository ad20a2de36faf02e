using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests.Composition;

namespace MlSystemDesign.Tests.Features;

public sealed class FeaturePlanJsonTests
{
    private static readonly ShareAbove Above = new(100);

    private static readonly Gen<string> Name = Gen.OneOf(Gen.String[Gen.Char['a', 'z'], 1, 8], Gen.String[Gen.Char["ıİßé\"\\<>&+'/ \t\n[]"], 1, 5]);

    private static readonly Gen<EventFilter> Filter = Gen.OneOf(
        Gen.Select(Name, Name, Gen.Bool, (c, k, not) => not ? EventFilter.IsNot(c, k) : EventFilter.Is(c, k)),
        Gen.Select(Name, Gen.Enum<FilterOperator>(), Gen.Double, (c, o, limit) => new EventFilter(c, o is FilterOperator.Is or FilterOperator.IsNot ? FilterOperator.Above : o, null, limit)));

    // Whatever a definition holds, sensible or not, is kept.
    private static readonly Gen<FeatureDefinition> Definition =
        from name in Name
        from aggregate in Gen.Enum<FeatureAggregate>()
        from texts in Name.Null().Array[5]
        from window in FeatureWindowTests.Random.Null()
        from parameter in Gen.Double.Nullable()
        from period in Gen.Long.Nullable()
        from custom in Gen.Bool
        from filters in Filter.Array[0, 2]
        select new FeatureDefinition
        {
            Name = name,
            Source = texts[0] ?? string.Empty,
            Aggregate = aggregate,
            Column = texts[1],
            Window = window,
            Parameter = parameter,
            Period = period is { } ticks ? new TimeSpan(ticks) : null,
            Expression = texts[2],
            Custom = custom ? Above : null,
            Unit = texts[3],
            Where = filters,
            Group = texts[4] ?? name,
        };

    private static readonly Gen<FeaturePlan> Plan = Gen.Select(
        Definition.Array[0, 4],
        Gen.Select(Name, Name, Name, Name.Null(), (s, n, e, u) => new DerivedColumn(s, n, e, u)).Array[0, 2],
        (features, derived) => new FeaturePlan(features, derived));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public void FromJson_OfAnyPlan_IsThePlanInAnyCulture(string culture)
    {
        using CultureScope scope = new(culture);
        Plan.Sample(
            plan =>
            {
                string json = plan.ToJson();
                FeaturePlan back = FeaturePlan.FromJson(json, [Above]);
                return back.Features.SequenceEqual(plan.Features) && back.DerivedColumns.SequenceEqual(plan.DerivedColumns) && back.ToJson() == json && back.Hash == plan.Hash;
            },
            iter: 3_000,
            threads: 1);
    }

    [Fact]
    public void FromJson_OfAPlanThatComputes_ComputesTheSameBits() => Gen.Select(Worlds.Any, RandomPlans.Any).Sample(
        (world, plan) =>
        {
            FeaturePlan back = FeaturePlan.FromJson(plan.ToJson(), Enum.GetValues<AggregateInput>().Select(ReferenceProbe.Of));
            ObservationSet rows = Worlds.Rows(world.Cutoffs);

            Plans.Bits(Plans.Build(back, world.World.History(), rows)).Should().Equal(Plans.Bits(Plans.Build(plan, world.World.History(), rows)));
        },
        iter: Cases.Some);

    [Fact]
    public void FaultsFor_AnyDefinition_TellsAndNeverThrows()
    {
        HistorySchema history = new(
            [new SourceSchema { Name = "a", Columns = [new("a", ColumnKind.Number), new("b", ColumnKind.Category)], Observed = new TimeWindow(World.At(0), World.At(1)) }]);
        Gen<FeaturePlan> near = Plan.Select(p => new FeaturePlan(p.Features.Select((f, i) => i % 2 == 0 ? f with { Source = "a", Column = f.Column is null ? null : i < 2 ? "a" : "b" } : f), p.DerivedColumns));

        near.Sample(plan => plan.FaultsFor(null).Concat(plan.FaultsFor(history)).All(f => (f.Contains("must") || f.Contains("needs")) && f.Contains("Got") && f.EndsWith('.')), iter: 5_000);
    }

    [Fact]
    public void ToJson_OfEveryField_StaysReadable()
    {
        FeaturePlan plan = FeaturePlan.For("orders", f => f
                .Derive("revenue", "quantity * price + 1", "€")
                .OverMonths("Europe/Amsterdam", 1).LaggedByDays(30).Quantile("revenue", 0.9)
                .OverLastEvents(5).WithoutLag().DecayedSum("revenue", TimeSpan.FromDays(14)).OverAllHistory().Custom(Above, "revenue"))
            .Derive("big", "if(revenue_q90_1mo_lag30d > 1, 1, 0)", "share");

        plan.ToJson().Should().Be(
            """{"features":[{"name":"revenue_q90_1mo_lag30d","source":"orders","aggregate":"Quantile","group":"orders revenue","column":"revenue","window":"1 mo lagged 30 d in Europe/Amsterdam","parameter":0.9},""" +
            """{"name":"revenue_decayed_sum_14d_last5","source":"orders","aggregate":"DecayedSum","group":"orders revenue","column":"revenue","window":"last 5 events","period":"14 d"},""" +
            """{"name":"revenue_share_above_100_all","source":"orders","aggregate":"Custom","group":"orders revenue","column":"revenue","window":"all history","custom":"share_above_100"},""" +
            """{"name":"big","source":"","aggregate":"Expression","group":"big","expression":"if(revenue_q90_1mo_lag30d > 1, 1, 0)","unit":"share"}""" +
            """],"derivedColumns":[{"source":"orders","name":"revenue","expression":"quantity * price + 1","unit":"€"}]}""");
    }

    [Fact]
    public void FromJson_OfTheFirstVersion_StillReads()
    {
        const string old =
            """{"features":[{"name":"amount_sum_30d","source":"purchases","aggregate":"Sum","group":"purchases amount","column":"amount","window":"30.00:00:00"},""" +
            """{"name":"amount_max_90min","source":"purchases","aggregate":"Max","group":"purchases amount","column":"amount","window":"01:30:00"},""" +
            """{"name":"amount_above_0.5_count_all","source":"purchases","aggregate":"Count","group":"amount_above_0.5 count","window":"10675199.02:48:05.4775807","where":[{"column":"amount","operator":"Above","limit":0.5}]},""" +
            """{"name":"recency","source":"purchases","aggregate":"Recency","group":"purchases recency"}]}""";
        FeaturePlan same = FeaturePlan.For("purchases", f => f
            .OverDays(30).Sum("amount").Over(TimeSpan.FromMinutes(90)).Max("amount").OverAllHistory().Where(EventFilter.Above("amount", 0.5), a => a.Count()).Recency());

        FeaturePlan.FromJson(old).Features.Should().Equal(same.Features);
        FeaturePlan.FromJson(old).Hash.Should().Be(same.Hash, "what is read is written the new way");
    }

    [Fact]
    public void FromJson_OfACustomAggregateNotGiven_SaysWhatToDo() =>
        FluentActions.Invoking(() => FeaturePlan.FromJson(FeaturePlan.For("a", f => f.OverDays(1).Custom(Above, "x")).ToJson(), [new ShareAbove(5)])).Should().Throw<DataFormatException>()
            .WithMessage("A plan's custom aggregates must be given when it is read. Got none named 'share_above_100', which 'x_share_above_100_1d' uses. Pass it: FeaturePlan.FromJson(json, [aggregate]).");

    [Theory]
    [InlineData("""{"features":[null]}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Count","group":"g","window":"a month"}]}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Count","group":"g","period":"14"}]}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Count","group":"g","colour":"red"}]}""")]
    [InlineData("""{"features":[{"name":"x","source":"s","aggregate":"Count","group":"g","where":[null]}]}""")]
    public void FromJson_OfWhatThisVersionDoesNotKnow_ThrowsDataFormat(string json) =>
        FluentActions.Invoking(() => FeaturePlan.FromJson(json)).Should().Throw<DataFormatException>().WithMessage("A feature plan must be the JSON that ToJson wrote. Got something else: *Write the plan again.");

    [Fact]
    public void Codec_WithCustomAggregates_SavesThemAsParts()
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(1, 2).Custom(Above, "amount").Custom(new ShareAbove(5), "amount").Count());
        ArtifactCodecs codecs = ArtifactCodecs.Default.With(new ShareAbove.Codec());
        string path = Path.Combine(Path.GetTempPath(), $"custom-{Environment.ProcessId}.mlsd");
        try
        {
            string hash = ArtifactFile.Save(path, new BatchFeatureBuilder(plan), codecs);
            (BatchFeatureBuilder back, string loaded) = ArtifactFile.Load<BatchFeatureBuilder>(path, codecs);

            back.Plan.Features.Should().Equal(plan.Features);
            loaded.Should().Be(hash);
            FluentActions.Invoking(() => ArtifactFile.Load<BatchFeatureBuilder>(path)).Should().Throw<ArtifactException>().Which.Fault.Should().Be(ArtifactFault.UnknownKind);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
