using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>A row that is not one of its source, or a read that cannot be exact, is an error that says what must hold; nothing has changed then.</summary>
public sealed class OnlineFaultTests
{
    private static readonly World One = new([new Activity("anna", World.At(19).UtcTicks, World.At(19).UtcTicks, 4, "order", 0)], []);
    private static readonly FeaturePlan Limited = FeaturePlan.For("activities", f => f.OverDays(10).Count().Sum("amount"));

    public static TheoryData<string, string> Rows => new()
    {
        { "entity", "Each row must name its entity. Got none, for source 'activities'. Set Entity." },
        { "numbers", "Each row must have the 1 numbers of its source. Got 2, for source 'activities'. Give one value per column, in the schema's order." },
        { "categories", "Each row must have the 1 categories of its source. Got 0, for source 'activities'. Give one value per column, in the schema's order." },
        { "infinite", "Each number must be finite, or missing. Got infinity in column 'amount', for source 'activities'. Use NaN for a missing number." },
        { "retraction", "A retraction must name its event. Got no event key, for source 'activities'. Set EventKey." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Add_RowThatIsNotOneOfItsSource_SaysWhatMustHold(string fault, string message)
    {
        OnlineFeatures engine = Arrivals.Engine(One, Limited, 0);

        FluentActions.Invoking(() => engine.Add(0, new FactRow
        {
            Entity = fault == "entity" ? default : (EntityKey)"anna",
            Time = World.At(19),
            KnownTime = World.At(19),
            Numbers = fault == "numbers" ? [1, 2] : [fault == "infinite" ? double.NegativeInfinity : 1],
            Categories = fault == "categories" ? [] : ["order"],
            IsRetraction = fault == "retraction",
        })).Should().Throw<DataFormatException>().WithMessage(message);
        Count(engine, 20).Should().Be(1);
    }

    [Fact]
    public void Add_KnownTimeWhereADelayTells_SaysSo()
    {
        World world = One with { Visits = [new Visit("anna", World.At(3).UtcTicks, 1, "start", 2, "app")] };
        OnlineFeatures engine = new(Limited, world.History().Schema);

        FluentActions.Invoking(() => engine.Add(engine.SourceOf("visits"), new FactRow { Entity = "anna", Time = World.At(1), KnownTime = World.At(2), Numbers = [1, 2], Categories = ["a", "b"] }))
            .Should().Throw<DataFormatException>().WithMessage("Facts of this source are known 1.00:00:00 after they happened. Got known time 2026-01-03T00:00:00.0000000+00:00, for source 'visits'.*");
    }

    [Fact]
    public void SourceOf_AnUnknownName_ListsTheSources() => FluentActions.Invoking(() => Arrivals.Engine(One, Limited, 0).SourceOf("orders"))
        .Should().Throw<ArgumentException>().WithMessage("*Got source 'orders'. There are 'activities', 'people'.*");

    [Fact]
    public void Create_PlanThatDoesNotFit_NamesEveryFault() => FluentActions.Invoking(
        () => new OnlineFeatures(FeaturePlan.For("activities", f => f.OverDays(1).Sum("price").Mean("cost")), One.History().Schema)).Should().Throw<PlanException>().WithMessage("*price*cost*");

    [Fact]
    public void Read_SpansOfAnotherLength_SaysHowMany() => FluentActions.Invoking(() => Arrivals.Engine(One, Limited, 0).Read("anna", World.At(20), new double[3], new string?[2]))
        .Should().Throw<ArgumentException>().WithMessage("There must be one place per column of the schema, 2. Got 3.*");

    [Fact]
    public void Read_WindowThatReachesBackToWhatIsForgotten_IsRefused()
    {
        OnlineFeatures engine = Arrivals.Engine(One, Limited, 0);
        engine.Forget(World.At(15));

        FluentActions.Invoking(() => Count(engine, 24.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A cutoff must lie at least 10.00:00:00 after 2026-01-16T00:00:00.0000000+00:00*");
        Count(engine, 25).Should().Be(1);
        engine.Forget(World.At(3));
        engine.KeptSince.Should().Be(World.At(15), "what is forgotten stays so");
    }

    [Fact]
    public void Forget_WithFeaturesOfAllHistory_NamesThem() => FluentActions.Invoking(
            () => Arrivals.Engine(One, FeaturePlan.For("activities", f => f.OverDays(1).Count().Recency().OverAllHistory().Sum("amount")), 0).Forget(World.At(1)))
        .Should().Throw<InvalidOperationException>().WithMessage("*'recency'*");

    [Fact]
    public void Add_EventBeforeWhatIsKept_IsCounted()
    {
        OnlineFeatures engine = Arrivals.Engine(One, Limited, 0);
        engine.Forget(World.At(15));
        engine.Add(0, new FactRow { Entity = "anna", Time = World.At(14), KnownTime = World.At(19), Numbers = [1], Categories = ["order"] });

        engine.IgnoredCount.Should().Be(1);
        Count(engine, 25).Should().Be(1);
    }

    private static double Count(OnlineFeatures engine, double day)
    {
        double[] numbers = new double[2];
        engine.Read("anna", World.At(day), numbers, new string?[2]);
        return numbers[0];
    }
}
