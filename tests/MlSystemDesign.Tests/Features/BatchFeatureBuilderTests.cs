using MlSystemDesign.Features;
using MlSystemDesign.History;
using MlSystemDesign.Lifecycle;

namespace MlSystemDesign.Tests.Features;

/// <summary>Tables small enough to check by eye. Day d is January 1 plus d days.</summary>
public sealed class BatchFeatureBuilderTests
{
    // Cutoff: day 20. Window of 10 days: [10, 20).
    private static readonly World Five = new(
        [
            Activity(20, 500), // at the cutoff: out
            Activity(19, 4),
            Activity(15, double.NaN),
            Activity(10, 10), // at cutoff - length: in
            Activity(9.99999, 300), // before the window: out
        ],
        []);

    [Theory]
    [InlineData("count_10d", 3)]
    [InlineData("amount_sum_10d", 14)]
    [InlineData("amount_mean_10d", 7)]
    [InlineData("amount_min_10d", 4)]
    [InlineData("amount_max_10d", 10)]
    [InlineData("amount_std_10d", 4.242640687119285)] // sqrt((3² + 3²) / 1)
    [InlineData("amount_slope_10d", -2.0 / 3)] // from 10 on day 10 to 4 on day 19
    [InlineData("recency", 1)]
    [InlineData("coverage_10d", 1)]
    [InlineData("coverage_40d", 0.45)] // [-20, 20): observed from day 2
    public void Build_FiveEvents_UsesTheHalfOpenWindow(string feature, double expected) => Value(Five, feature).Should().Be(expected);

    [Theory]
    [InlineData("count_10d", 0)]
    [InlineData("amount_sum_10d", 0)]
    [InlineData("amount_mean_10d", double.NaN)]
    [InlineData("amount_min_10d", double.NaN)]
    [InlineData("amount_max_10d", double.NaN)]
    [InlineData("amount_std_10d", double.NaN)]
    [InlineData("amount_slope_10d", double.NaN)]
    [InlineData("recency", double.NaN)]
    [InlineData("coverage_10d", 0)]
    public void Build_EntityNobodyKnows_HasTheValuesForNothing(string feature, double expected) => Value(Five, feature, who: "nobody").Should().Be(expected);

    [Theory]
    [InlineData(0)]
    [InlineData(-3000)]
    [InlineData(400_000)]
    public void Build_CutoffOutsideTheData_IsARowWithoutCoverage(double day)
    {
        Value(Five, "coverage_10d", day: day).Should().Be(0);
        Value(Five, "count_10d", day: day).Should().Be(0);
    }

    [Fact]
    public void Build_EntityOnlyOfTheFuture_HasTheValuesForNothing() => Value(new World([Activity(25, 1)], []), "coverage_10d").Should().Be(0);

    [Fact]
    public void Build_FactKnownAtTheCutoff_LeavesItOut()
    {
        World late = new([Activity(12, 1) with { Known = World.At(20).UtcTicks }, Activity(13, 2) with { Known = World.At(20).UtcTicks - 1 }], []);

        Value(late, "amount_sum_10d").Should().Be(2);
        Value(late, "recency").Should().Be(7);
    }

    [Fact]
    public void Build_OneValue_HasNoStdAndNoSlope()
    {
        World one = new([Activity(15, 3)], []);

        Value(one, "amount_std_10d").Should().Be(double.NaN);
        Value(one, "amount_slope_10d").Should().Be(double.NaN);
    }

    [Fact]
    public void Build_TwoValuesAtOneTime_HaveAStdButNoSlope()
    {
        World tie = new([Activity(15, 3), Activity(15, 5)], []);

        Value(tie, "amount_std_10d").Should().Be(Math.Sqrt(2));
        Value(tie, "amount_slope_10d").Should().Be(double.NaN);
    }

    [Fact]
    public void Build_ConstantValues_HaveStdAndSlopeOfExactlyZero()
    {
        World constant = new([Activity(11, 0.1), Activity(13, 0.1), Activity(14, 0.1), Activity(19, 0.1)], []);

        BitConverter.DoubleToInt64Bits(Value(constant, "amount_std_10d")).Should().Be(0);
        BitConverter.DoubleToInt64Bits(Value(constant, "amount_slope_10d")).Should().Be(0);
    }

    [Fact]
    public void Build_ZerosOfBothSignsAtOneTime_LeaveNoTraceOfTheirOrder()
    {
        World one = new([Activity(15, 0.0), Activity(15, -0.0)], [Trait("anna", 3, -0.0, null)]), other = new([Activity(15, -0.0), Activity(15, 0.0)], [Trait("anna", 3, 0.0, null)]);
        ObservationSet row = ObservationSet.At(["anna"], World.At(20));

        FeatureTable table = Plans.Build(Plans.Full, one.History(), row);

        Plans.Bits(table).Should().Equal(Plans.Bits(Plans.Build(Plans.Full, other.History(), row)));
        BitConverter.DoubleToInt64Bits(table.Numbers("fee")[0]).Should().Be(0, "-0 is written as 0");
        BitConverter.DoubleToInt64Bits(table.Numbers("amount_min_30d")[0]).Should().Be(0);
    }

    [Fact]
    public void Build_SumBeyondTheRangeOfDouble_IsMissing()
    {
        World huge = new([Activity(15, 1.7e308), Activity(16, 1.7e308)], []);

        Value(huge, "amount_sum_10d").Should().Be(double.NaN);
        Value(huge, "amount_max_10d").Should().Be(1.7e308);
    }

    [Fact]
    public void Build_FilteredScope_SeesPassingEventsOnly()
    {
        World mixed = new([Activity(12, 1, "ticket"), Activity(13, 2, "order"), Activity(14, 4, null), Activity(5, 8, "ticket")], []);
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(10)
            .Where(EventFilter.Is("kind", "ticket"), t => t.Count().Sum("amount").Recency())
            .Where(EventFilter.IsNot("kind", "ticket"), t => t.Sum("amount"))
            .Where(EventFilter.Is("kind", "unheard of"), t => t.Count()));

        FeatureTable table = Plans.Build(plan, mixed.History(), ObservationSet.At(["anna"], World.At(20)));

        table.Schema.Select((c, i) => table.Numbers(i)[0]).Should().Equal(1, 1, 8, 6, 0);
    }

    [Fact]
    public void Build_FilteredScopeOfFactsKnownLate_SeesThePassingOnesThatWereKnown()
    {
        // So many are late that known times stand in a column of their own; every third passes, and of those every second is known in time.
        Activity[] activities = [.. Enumerable.Range(0, 300).Select(i => Activity(10 + (i / 32.0), 1, i % 3 == 0 ? "ticket" : "order") with { Known = World.At(i % 2 == 0 ? 19.5 : 25).UtcTicks })];
        FeaturePlan plan = FeaturePlan.For("activities", f => f.OverDays(10).Where(EventFilter.Is("kind", "ticket"), t => t.Count()));

        FeatureTable table = Plans.Build(plan, new World(activities, []).History(), ObservationSet.At(["anna"], World.At(20)));

        table.Numbers(0)[0].Should().Be(50);
    }

    [Fact]
    public void Build_Attributes_TakesTheNewestVisibleRow()
    {
        World people = new([], [Trait("anna", 3, 10, "basic"), Trait("anna", 12, 20, "plus"), Trait("anna", 20, 99, "later"), Trait("ben", 5, double.NaN, null)]);

        FeatureTable table = Plans.Build(Plans.Full, people.History(), ObservationSet.At(["ben", "anna", "nobody"], World.At(20)));

        table.Numbers("fee").ToArray().Should().Equal(double.NaN, 20, double.NaN);
        new[] { 0, 1, 2 }.Select(row => table.CategoryAt("plan", row)).Should().Equal(null, "plus", null);
        table.Schema[table.Schema.Require("plan")].Levels.Should().Equal(["plus"], "levels are those of the rows, whatever else the history holds");
        table.Schema[table.Schema.Require("fee")].Unit.Should().Be("EUR");
        table.Schema[table.Schema.Require("amount_slope_30d")].Unit.Should().Be("EUR/d");
    }

    [Fact]
    public void Build_AttributeOfEvents_IsTheLastValue() => Value(Five, "ticket_amount").Should().Be(4);

    [Fact]
    public void Build_WithoutCutoffs_SaysWhatToDo() =>
        FluentActions.Invoking(() => Plans.Build(Plans.Full, Five.History(), ObservationSet.WithoutTime(["anna"])))
            .Should().Throw<ArgumentException>().WithMessage("Observations must have cutoffs to compute features as of them. Got rows without time. Use ObservationSet.At or Of.*");

    [Fact]
    public void Build_NoRows_GivesAnEmptyTable() => Plans.Build(Plans.Full, Five.History(), ObservationSet.Empty).RowCount.Should().Be(0);

    [Fact]
    public void Builder_DegreeOfZero_SaysWhatToDo() =>
        FluentActions.Invoking(() => new BatchFeatureBuilder(Plans.Full, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The degree of parallelism must be at least 1. Got 0. Leave it out to use every processor.*");

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task BuildAsync_Cancelled_Stops(int threads)
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        BatchFeatureBuilder builder = new(Plans.Full, threads);

        await FluentActions.Awaiting(async () => await builder.BuildAsync(Five.History(), Crowd(500), source.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Build_WithProgress_RisesToOne()
    {
        List<double> told = [];
        new BatchFeatureBuilder(Plans.Full, 4).Build(Five.History(), Crowd(1000), new Sink(told.Add));

        told.Should().BeInAscendingOrder().And.HaveCountGreaterThan(3);
        told[^1].Should().Be(1);
    }

    [Fact]
    public void Build_HistoryThatThrows_PassesItsExceptionOn()
    {
        Broken history = new(Five.History());

        FluentActions.Invoking(() => Plans.Build(Plans.Full, history, Crowd(1000), threads: 4)).Should().Throw<InvalidTimeZoneException>();
    }

    [Fact]
    public void Codec_SavedAndLoaded_KeepsThePlan()
    {
        string path = Path.Combine(Path.GetTempPath(), $"features-{Environment.ProcessId}.mlsd");
        try
        {
            string hash = ArtifactFile.Save(path, new BatchFeatureBuilder(Plans.Full, 1));
            (BatchFeatureBuilder back, string loaded) = ArtifactFile.Load<BatchFeatureBuilder>(path);

            back.Plan.Hash.Should().Be(Plans.Full.Hash);
            loaded.Should().Be(hash);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{", "A part of kind 'features.batch' must be what its codec wrote. It is not: A feature plan must be the JSON that ToJson wrote.*")]
    [InlineData("""{"features":[]}""", "*A feature plan must declare at least one feature.*")]
    public void Codec_MalformedPayload_IsCorrupted(string payload, string message) =>
        FluentActions.Invoking(() => new BatchFeatureBuilderCodec().Read(new Payload(payload)))
            .Should().Throw<ArtifactException>().WithMessage(message).Which.Fault.Should().Be(ArtifactFault.Corrupted);

    private static double Value(World world, string feature, string who = "anna", double day = 20)
    {
        FeaturePlan plan = FeaturePlan.For("activities", f => f
            .OverDays(10).Count().Sum("amount").Mean("amount").Min("amount").Max("amount").Std("amount").Slope("amount").OverDays(10, 40).Coverage().Recency()
            .Where(EventFilter.Is("kind", "ticket"), t => t.Attribute("amount")));
        return Plans.Build(plan, world.History(), ObservationSet.At([who], World.At(day))).Numbers(feature)[0];
    }

    private static ObservationSet Crowd(int rows) => ObservationSet.At(Enumerable.Range(0, rows).Select(i => (EntityKey)$"p{i}"), World.At(20));

    private static Activity Activity(double day, double amount, string? kind = "ticket") => new("anna", World.At(day).UtcTicks, World.At(day).UtcTicks, amount, kind, 0);

    private static Trait Trait(string who, double day, double fee, string? plan) => new(who, World.At(day).UtcTicks, fee, plan);

    private sealed class Sink(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    private sealed class Payload(string text) : IArtifactReader
    {
        public int Version => 1;

        ReadOnlyMemory<byte> IArtifactReader.Payload => System.Text.Encoding.UTF8.GetBytes(text);

        public TPart ReadPart<TPart>(string name)
            where TPart : IArtifactPart => throw new InvalidOperationException("It has no parts.");
    }

    private sealed class Broken(IHistory inner) : IHistory
    {
        public HistorySchema Schema => inner.Schema;

        public int EntityCount => inner.EntityCount;

        public ILookAheadReader LookAhead => throw new InvalidOperationException("Features never look ahead.");

        public bool Contains(EntityKey entity) => throw new InvalidOperationException("Contains knows the future.");

        public IEnumerable<EntityKey> EntitiesKnownBefore(DateTimeOffset cutoff) => inner.EntitiesKnownBefore(cutoff);

        public EntityFacts AsOf(EntityKey entity, DateTimeOffset cutoff) => throw new InvalidTimeZoneException("A host's own fault.");

        public IHistory Slice(IReadOnlyCollection<EntityKey> entities) => this;

        public IHistory Overlay(IReadOnlyCollection<EntityFacts> replacements) => this;
    }
}
