using MlSystemDesign.Features;
using MlSystemDesign.Testing.Features;
using Xunit.Abstractions;

namespace MlSystemDesign.Testing.Tests;

/// <summary>Our engines agree with the definitions, and an engine that does not is found out. For a longer run set MLSYSTEMDESIGN_CASES.</summary>
public sealed class FeatureBuilderConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task CheckAsync_OfTheBatchEngine_FindsNothing()
    {
        List<double> told = [];
        ConformanceReport report = await FeatureBuilderConformance.CheckAsync(plan => new BatchFeatureBuilder(plan, 1), new() { Cases = Cases.Many }, new Sink(told.Add));

        output.WriteLine(report.Checks[0].ToString());
        report.IsProven.Should().BeTrue();
        report.Comparisons.Should().BeGreaterThan(50L * Cases.Many);
        told.Should().BeInAscendingOrder().And.EndWith(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CheckCasesAsync_OfTheOnlineEngine_FindsNothing(bool asKnown)
    {
        ConformanceReport report = await FeatureBuilderConformance.CheckCasesAsync(c => new OnlineBuilder(c), new() { Cases = Cases.Many, Seed = asKnown ? 3 : 2, ArriveAsKnown = asKnown });

        output.WriteLine(report.Checks[0].ToString());
        report.IsProven.Should().BeTrue();
        report.Subject.Should().Be("IFeatureBuilder 'tests.online'");
        report.Comparisons.Should().BeGreaterThan(50L * Cases.Many);
    }

    // Parquet holds no cutoff at the first or last tick there is.
    [Fact]
    public async Task CheckCasesAsync_OfTheBuildBeyondMemory_FindsNothing()
    {
        ConformanceReport report = await FeatureBuilderConformance.CheckCasesAsync(c => new PartitionedBuilder(c), new() { Cases = Cases.Many / 4, Seed = 4, EdgesOfTime = false });

        output.WriteLine(report.Checks[0].ToString());
        report.IsProven.Should().BeTrue();
        report.Comparisons.Should().BeGreaterThan(12L * Cases.Many);
    }

    public static TheoryData<string> Faults => [.. BrokenEngines.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task CheckAsync_OfABrokenEngine_TellsTheSmallestCase(string fault)
    {
        FeatureConformanceOptions options = BrokenEngines.All[fault].Options with { Seed = 7 };
        ConformanceException found = await Failure(BrokenEngines.All[fault].Create, options);

        output.WriteLine(found.Message);
        found.InnerException.Should().BeOfType<FeatureMismatch>("it must be a wrong value, and not an accident, that gives it away");
        found.Message.Should().Contain("with seed 7").And.Contain("Repeat it with Seed = 7, FirstCase = ");
        found.Message.Split('\n').Should().HaveCountLessThan(14, "the case is shrunk to what matters");
    }

    [Fact]
    public async Task CheckAsync_OfTheCaseThatAFailureNames_FailsInTheSameWay()
    {
        FeatureConformanceOptions options = BrokenEngines.All["includes the cutoff"].Options;
        ConformanceException found = await Failure(BrokenEngines.All["includes the cutoff"].Create, options);
        int number = int.Parse(found.Message.Split("FirstCase = ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

        (await Failure(BrokenEngines.All["includes the cutoff"].Create, options with { FirstCase = number, Cases = 1 })).Message.Should().Be(found.Message);
    }

    [Fact]
    public async Task CheckAsync_OfABuilderThatThrows_TellsTheSmallestCaseAndHowToLeaveItOut()
    {
        ConformanceException found = await Failure(
            plan => plan.Features.Any(f => f.Aggregate == FeatureAggregate.Mode) ? throw new NotSupportedException("no modes.") : new BatchFeatureBuilder(plan, 1), new() { EdgesOfTime = false });

        found.InnerException.Should().BeOfType<NotSupportedException>();
        found.Message.Should().Contain("it threw NotSupportedException: no modes. The smallest case").And.Contain("say in the options what the builder does not support");
        found.Message.Split('\n').Where(line => line.StartsWith("  feature ", StringComparison.Ordinal)).Should().ContainSingle().Which.Should().Contain(": Mode of ");
    }

    [Fact]
    public async Task CheckCasesAsync_OfEnginesThatHoldSomething_DisposesOfEach()
    {
        List<Disposable> made = [];
        await FeatureBuilderConformance.CheckCasesAsync(
            c =>
            {
                made.TrueForAll(d => d.IsDisposed).Should().BeTrue("a case begins after the one before it was tidied up");
                made.Add(new Disposable(c.Plan));
                return made[^1];
            },
            new() { Cases = 5 });

        made.Should().HaveCount(5).And.OnlyContain(d => d.IsDisposed);
    }

    [Fact]
    public async Task CheckAsync_WithATolerance_AllowsWhatIsInside()
    {
        FeatureConformanceOptions options = new() { Aggregates = [FeatureAggregate.Sum], Windows = [WindowKind.Fixed], EdgesOfTime = false, Cases = 60 };
        IFeatureBuilder Rounding(FeaturePlan plan) => new BrokenEngine(plan, scale: 1 + 1e-12);

        (await Failure(Rounding, options)).Report.Findings.Should().ContainSingle();
        (await FeatureBuilderConformance.CheckAsync(Rounding, options with { Tolerance = 1e-11 })).IsProven.Should().BeTrue();
    }

    [Fact]
    public async Task CheckAsync_WithLimits_AsksForNothingBeyondThem()
    {
        HashSet<FeatureAggregate> aggregates = [];
        HashSet<WindowKind> windows = [];
        await FeatureBuilderConformance.CheckAsync(
            plan =>
            {
                aggregates.UnionWith(plan.Features.Select(f => f.Aggregate));
                windows.UnionWith(plan.Features.Where(f => f.Window is not null).Select(f => f.Window!.Kind));
                plan.Features.Should().OnlyContain(f => f.Window == null || f.Window.Lag == TimeSpan.Zero);
                return new BatchFeatureBuilder(plan, 1);
            },
            new() { Cases = 40, Aggregates = [FeatureAggregate.Count, FeatureAggregate.Recency], Windows = [WindowKind.Fixed, WindowKind.LastEvents], LaggedWindows = false });

        aggregates.Should().BeEquivalentTo([FeatureAggregate.Count, FeatureAggregate.Recency]);
        windows.Should().BeEquivalentTo([WindowKind.Fixed, WindowKind.LastEvents]);
    }

    [Fact]
    public async Task CheckAsync_Cancelled_Stops() => await FluentActions.Awaiting(
        () => FeatureBuilderConformance.CheckAsync(plan => new BatchFeatureBuilder(plan), cancellationToken: new CancellationToken(true))).Should().ThrowAsync<OperationCanceledException>();

    [Fact]
    public async Task CheckAsync_OfBadOptions_SaysWhatToDo()
    {
        await FluentActions.Awaiting(() => FeatureBuilderConformance.CheckAsync(p => new BatchFeatureBuilder(p), new() { Aggregates = [] })).Should().ThrowAsync<ArgumentException>().WithMessage("*List those that the builder computes*");
        await FluentActions.Awaiting(() => FeatureBuilderConformance.CheckAsync(p => new BatchFeatureBuilder(p), new() { Windows = [WindowKind.LastEvents] })).Should().ThrowAsync<ArgumentException>().WithMessage("*Add Fixed*");
        await FluentActions.Awaiting(() => FeatureBuilderConformance.CheckAsync(p => new BatchFeatureBuilder(p), new() { Tolerance = double.NaN })).Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static async Task<ConformanceException> Failure(Func<FeaturePlan, IFeatureBuilder> create, FeatureConformanceOptions options) =>
        (await FluentActions.Awaiting(() => FeatureBuilderConformance.CheckAsync(create, options)).Should().ThrowAsync<ConformanceException>()).Which;

    private sealed class Disposable(FeaturePlan plan) : IFeatureBuilder, IDisposable
    {
        private readonly BatchFeatureBuilder _engine = new(plan, 1);

        public string Kind => "tests.disposable";

        public FeatureSchema Schema => _engine.Schema;

        internal bool IsDisposed { get; private set; }

        public ValueTask<FeatureTable> BuildAsync(IHistory history, ObservationSet observations, CancellationToken cancellationToken = default) => _engine.BuildAsync(history, observations, cancellationToken);

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Sink(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
