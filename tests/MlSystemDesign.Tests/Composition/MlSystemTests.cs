using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MlSystemDesign.Explanation;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Composition;

public sealed class MlSystemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlsd-system-").FullName;

    private string Artifact => Path.Combine(_folder, "shop.mlsystem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SaveAndLoad_OfATrainedSystem_ScoresAndDecidesBitForBit()
    {
        IHistory history = SmallShop.History();
        MlSystem first = new("shop", SmallShop.Parts), second = new("shop", SmallShop.Parts);
        TrainingRun run = await first.TrainAsync(history);

        string saved = first.Save(Artifact), loaded = second.Load(Artifact);

        saved.Should().Be(loaded).And.Be(run.Hash);
        DecisionRun before = await first.DecideAsync(history, SmallShop.Now), after = await second.DecideAsync(history, SmallShop.Now);
        after.Predictions.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(before.Predictions.ToArray().Select(BitConverter.DoubleToInt64Bits));
        after.Decisions.Should().BeEquivalentTo(before.Decisions, o => o.WithStrictOrdering());
        before.Decisions.Decisions.Should().NotBeEmpty();
        second.Save(Path.Combine(_folder, "again.mlsystem")).Should().Be(saved);
    }

    [Fact]
    public async Task DecideAsync_WithReasons_GivesThemHereAndWhereverTheSystemIsLoaded()
    {
        IHistory history = SmallShop.History();
        MlSystem first = new("shop", SmallShop.Parts with { Reasons = new ReasonSettings(most: 2) }), second = new("shop", SmallShop.Parts);
        await first.TrainAsync(history);
        first.Save(Artifact);
        second.Load(Artifact);

        DecisionRun before = await first.DecideAsync(history, SmallShop.Now), after = await second.DecideAsync(history, SmallShop.Now);

        before.Decisions.Decisions.Should().NotBeEmpty().And.OnlyContain(d => d.Reasons.Any(r => r.Contains("the probability by") && r.EndsWith(" expected)", StringComparison.Ordinal)));
        after.Decisions.Should().BeEquivalentTo(before.Decisions, o => o.WithStrictOrdering());
    }

    [Fact]
    public async Task TrainAsync_WithReasonsOfAModelThatCannotBeExplained_SaysSoAndTrains()
    {
        MlSystem system = new("shop", SmallShop.Parts with { Trainer = new RecencyRuleTrainer(), Reasons = new ReasonSettings() }, codecs: ArtifactCodecs.Default.With(new RecencyRule.Codec()));

        TrainingRun run = await system.TrainAsync(SmallShop.History());

        run.System.Reasons.Should().BeNull();
        run.Training.Remarks.Should().Contain(r => r.StartsWith("Decisions do not say what moved their predictions: Only boosted trees and linear models can be explained exactly."));
    }

    [Fact]
    public async Task TrainAsync_WithABackgroundOfOtherColumns_SaysSoAndTrains()
    {
        FeatureTable other = new FeatureTableBuilder([new EntityKey(1L)]).Number("elsewhere", [1]).Build();
        MlSystem system = new("shop", SmallShop.Parts with { Reasons = new ReasonSettings(background: other) });

        TrainingRun run = await system.TrainAsync(SmallShop.History());

        run.System.Reasons.Should().BeNull();
        run.Training.Remarks.Should().Contain(r => r.StartsWith("Decisions do not say what moved their predictions: The background of the reasons must have the model's columns."));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("nl-NL")]
    public async Task TrainAsync_OnAnyThreadsAndCulture_GivesTheSameArtifact(string culture)
    {
        IHistory history = SmallShop.History();
        FakeTimeProvider clock = new(SmallShop.Now);
        string expected = (await new MlSystem("shop", SmallShop.Parts, new MlSystemOptions { DegreeOfParallelism = 1 }, timeProvider: clock).TrainAsync(history)).Hash;

        using CultureScope scope = new(culture);
        string hash = (await new MlSystem("shop", SmallShop.Parts, new MlSystemOptions { DegreeOfParallelism = 4 }, timeProvider: clock).TrainAsync(history)).Hash;

        hash.Should().Be(expected);
    }

    [Fact]
    public async Task TrainAsync_WithAHostsOwnTrainer_RoundTripsThroughTheArtifact()
    {
        IHistory history = SmallShop.History();
        ArtifactCodecs codecs = ArtifactCodecs.Default.With(new RecencyRule.Codec());
        MlSystemParts parts = SmallShop.Parts with { Trainer = new RecencyRuleTrainer() };
        MlSystem trained = new("shop", parts, codecs: codecs), other = new("shop", parts, codecs: codecs);
        await trained.TrainAsync(history);

        trained.Save(Artifact);
        other.Load(Artifact);

        other.Current!.Model.Predictor.Should().BeOfType<RecencyRule>().And.Be(trained.Current!.Model.Predictor);
        (await other.ScoreAsync(history, 7, SmallShop.Now)).Should().Be(await trained.ScoreAsync(history, 7, SmallShop.Now));
        Action withoutCodec = () => new MlSystem("shop", parts).Load(Artifact);
        withoutCodec.Should().Throw<ArtifactException>().Where(e => e.Fault == ArtifactFault.UnknownKind).WithMessage("*'test.recency-rule'*");
    }

    [Fact]
    public async Task DecideAsync_CalledTwice_WritesEachRecordOnce()
    {
        IHistory history = SmallShop.History();
        InMemoryLedger ledger = new();
        MlSystem system = new("shop", SmallShop.Parts with { Ledger = ledger }, timeProvider: new FakeTimeProvider(SmallShop.Now));
        await system.TrainAsync(history);

        DecisionRun run = await system.DecideAsync(history);
        await system.DecideAsync(history);
        bool first = await system.RecordOutcomeAsync(7, SmallShop.Now, 1), again = await system.RecordOutcomeAsync(7, SmallShop.Now, 1);

        List<LedgerRecord> records = await ledger.ReadAsync().ToListAsync();
        records.OfType<PredictionRecord>().Should().HaveCount(run.Candidates.RowCount).And.OnlyContain(r => r.ModelHash.Length == 64 && r.EventTime == SmallShop.Now);
        records.OfType<DecisionRecord>().Should().HaveCount(run.Decisions.Decisions.Count).And.OnlyContain(r => r.PolicyHash.Length == 64 && r.Action == "letter");
        records.OfType<OutcomeRecord>().Should().ContainSingle();
        first.Should().BeTrue();
        again.Should().BeFalse();
    }

    [Fact]
    public async Task CheckDriftAsync_OnTheTrainingPopulation_AndOnAChangedOne_TellsThemApart()
    {
        IHistory history = SmallShop.History();
        MlSystem system = new("shop", SmallShop.Parts);
        await system.TrainAsync(history);

        DriftReport empty = await system.CheckDriftAsync(history, SmallShop.Opened);
        DriftReport later = await system.CheckDriftAsync(history, SmallShop.Now);

        empty.Verdict.Should().Be(DriftVerdict.NotComputable, "a cutoff before the first event has no cohort");
        later.CurrentCount.Should().BeGreaterThan(0);
        later.Columns.Should().Contain(c => c.Column == "score");
    }

    [Fact]
    public async Task ScoreAsync_OfAnEntityNeverSeen_IsAProbability()
    {
        IHistory history = SmallShop.History();
        MlSystem system = new("shop", SmallShop.Parts);
        await system.TrainAsync(history);

        (await system.ScoreAsync(history, "nobody", SmallShop.Now)).Should().BeInRange(0, 1);
    }

    [Fact]
    public async Task TrainAsync_WithALeakingBuilder_RefusesByDefault()
    {
        MlSystemParts parts = SmallShop.Parts with { Features = new FutureCount() };
        Func<Task> train = async () => await new MlSystem("shop", parts).TrainAsync(SmallShop.History());
        (await train.Should().ThrowAsync<LeakageException>()).Which.Report.Verdict.Should().Be(LeakageVerdict.Leaking);
    }

    [Fact]
    public async Task TrainAsync_Cancelled_KeepsTheCurrentSystem()
    {
        IHistory history = SmallShop.History();
        MlSystem system = new("shop", SmallShop.Parts);
        await system.TrainAsync(history);
        TrainedSystem before = system.Current!;
        using CancellationTokenSource stop = new();
        Func<Task> train = async () => await system.TrainAsync(history, new StopAt("train", stop), stop.Token);

        await train.Should().ThrowAsync<OperationCanceledException>();

        system.Current.Should().BeSameAs(before);
    }

    [Fact]
    public async Task TrainAsync_WhereNobodyStays_SaysWhatToDo()
    {
        IHistory history = new MlSystemDesign.History.HistoryBuilder()
            .AddEvents("orders", Enumerable.Range(0, 50), o => o.Entity(c => (EntityKey)(long)c).Time(c => (DateTimeOffset?)SmallShop.Opened.AddDays(c)).Number("euros", _ => (double?)1.0).Category("channel", _ => "web").ObservedUntil(SmallShop.Now))
            .Build().History;
        Func<Task> train = async () => await new MlSystem("shop", SmallShop.Parts with { Frame = ((MlSystemDesign.Framing.EventFrame)SmallShop.Parts.Frame).ActiveWithin(TimeSpan.FromDays(400)) }).TrainAsync(history);

        await train.Should().ThrowAsync<MlSystemDesignException>();
    }

    [Fact]
    public void Constructor_WithOptionsOutOfRange_NamesEach()
    {
        Action create = () => _ = new MlSystem("shop", SmallShop.Parts, new MlSystemOptions { Folds = 1, DegreeOfParallelism = 0 });

        create.Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(
            "DegreeOfParallelism of system 'shop' must be in [1, 1024]. Got 0. Set it to how many threads may work.",
            "Folds of system 'shop' must be in [2, 100]. Got 1. Set it to how many folds give out-of-fold predictions.");
    }

    [Fact]
    public async Task EveryUse_BeforeTrainingOrLoading_SaysSo()
    {
        MlSystem system = new("shop", SmallShop.Parts);
        Func<Task> score = async () => await system.ScoreAsync(SmallShop.History(10), 1, SmallShop.Now);

        (await score.Should().ThrowAsync<InvalidOperationException>()).WithMessage(
            "A system must be trained or loaded before it is used. 'shop' is neither. Call TrainAsync or Load first.");
    }

    [Fact]
    public async Task RecordOutcomeAsync_OfNaN_IsRefused()
    {
        Func<Task> record = async () => await new MlSystem("shop", SmallShop.Parts).RecordOutcomeAsync(1, SmallShop.Now, double.NaN);

        (await record.Should().ThrowAsync<ArgumentOutOfRangeException>()).WithMessage("An outcome must be a finite number. Got NaN for '1'. Record only outcomes that are known.*");
    }

    private sealed class StopAt(string step, CancellationTokenSource stop) : IProgress<SystemProgress>
    {
        public void Report(SystemProgress value)
        {
            if (value.Step.StartsWith(step, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
