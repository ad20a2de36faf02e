using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Selection;

public class SimplestSufficientTrainerTests
{
    private static readonly double[] Targets = [1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0];

    // Two rows in each entity: the clustered error is then the ordinary one of the six entity means, with Student's t on 5 degrees.
    [Fact]
    public void Compare_TwoRowsPerEntity_CountsEntities()
    {
        TrainingSet set = Rows(rowsPerEntity: 2);
        double[] p1 = [.. Targets.Select(_ => 0.5)], p2 = [0.9, 0.8, 0.3, 0.2, 0.6, 0.6, 0.7, 0.4, 0.9, 0.3, 0.4, 0.1];
        PairedComparison comparison = PairedComparison.Of(p1, p2, set, new LogLossObjective(), 0.95);

        double[] d = [.. Targets.Select((y, i) => Math.Log((y == 1 ? p2[i] : 1 - p2[i]) / 0.5))];
        double[] entityMeans = [.. Enumerable.Range(0, 6).Select(g => (d[2 * g] + d[(2 * g) + 1]) / 2)];
        double mean = entityMeans.Average(), error = Math.Sqrt(entityMeans.Sum(m => (m - mean) * (m - mean)) / 5 / 6);
        const double t5 = 2.570581835636314; // qt(0.975, 5) in R
        comparison.Gain.Should().BeApproximately(mean, 1e-14);
        comparison.Interval!.Lower.Should().BeApproximately(mean - (t5 * error), 1e-9);
        comparison.Interval.Upper.Should().BeApproximately(mean + (t5 * error), 1e-9);
        comparison.Entities.Should().Be(6);
    }

    [Fact]
    public async Task Train_ClearlyBetterComplexModel_TakesIt()
    {
        TrainingResult result = await Train(new(), Fixed("simple", 10, 0.6), Fixed("complex", 30, 0.9));
        result.Model.Algorithm.Should().Be("complex");
        result.Remarks.Should().HaveCount(3);
        result.Remarks[2].Should().Be(
            "complex against simple, log loss out of fold: 0.40547 better (gain 0.40547 to 0.40547 at 95 %, 12 entities). The gain exceeds the price of complexity (0): complex is taken.");
    }

    [Fact]
    public async Task Train_GainBelowThePrice_KeepsTheSimple()
    {
        TrainingResult result = await Train(new() { ComplexityPrice = 0.5 }, Fixed("simple", 10, 0.6), Fixed("complex", 30, 0.9));
        result.Model.Algorithm.Should().Be("simple");
        result.Remarks[2].Should().EndWith("The gain does not exceed the price of complexity (0.5) beyond doubt: simple is kept.");
    }

    [Fact]
    public async Task Train_GainInDoubt_KeepsTheSimple()
    {
        // Better on the mean, but for one lucky row.
        double[] doubtful = [.. Targets.Select((y, i) => i == 0 ? 0.999 : y == 1 ? 0.58 : 0.42)];
        TrainingResult result = await Train(new(), Fixed("simple", 10, 0.6), new Trainer("complex", 30, doubtful));
        result.Model.Algorithm.Should().Be("simple");
        result.Remarks[2].Should().Contain(" better (gain -");
    }

    [Fact]
    public async Task Train_EquallyGood_TakesTheSimplestWhateverTheOrder() =>
        (await Train(new(), Fixed("complex", 30, 0.7), Fixed("simple", 10, 0.7))).Model.Algorithm.Should().Be("simple");

    [Fact]
    public async Task Train_ObjectiveThatIsNoMean_SaysWhatStandsIn()
    {
        TrainingResult result = await new SimplestSufficientTrainer([Fixed("simple", 10, 0.6), Fixed("complex", 30, 0.9)])
            .TrainAsync(Rows(), TrainingSamples.Context(new AucObjective()));
        result.Remarks[2].Should().StartWith("complex against simple, log loss out of fold, which stands in for AUC-ROC because that is no mean over rows: 0.40547 better");
    }

    [Fact]
    public async Task Train_CandidateNotAvailable_IsLeftOutByName()
    {
        TrainingResult result = await Train(new(), Fixed("simple", 10, 0.6), new Trainer("absent", 30, [], reason: "It needs libgomp. Install it."));
        result.Model.Algorithm.Should().Be("simple");
        result.Remarks[0].Should().Be("Left out: absent. It needs libgomp. Install it.");
    }

    [Fact]
    public async Task Train_CandidateRefuses_IsLeftOutWithItsReason()
    {
        TrainingResult result = await Train(new(), Fixed("simple", 10, 0.6), new Trainer("choosy", 5, [], refusal: "Too few rows."));
        result.Remarks[0].Should().Be("Left out: choosy. Too few rows.");
    }

    [Fact]
    public async Task Train_NoneAvailable_NamesEach()
    {
        SimplestSufficientTrainer trainer = new([new Trainer("a", 10, [], reason: "No a."), new Trainer("b", 20, [], reason: "No b.")]);
        trainer.Availability.Should().Be(new TrainerAvailability(false, "a: No a. b: No b."));
        await FluentActions.Awaiting(() => trainer.TrainAsync(Rows(), TrainingSamples.Context()).AsTask()).Should().ThrowAsync<TrainingException>()
            .WithMessage("At least one candidate must be able to train here. Got none. a. No a. b. No b.");
    }

    [Fact]
    public async Task Train_OneClass_IsRefusedBeforeAnyCandidate()
    {
        TrainingSet set = new(Rows().Features, new double[12]);
        await FluentActions.Awaiting(() => new SimplestSufficientTrainer([Fixed("simple", 10, 0.6)]).TrainAsync(set, TrainingSamples.Context()).AsTask())
            .Should().ThrowAsync<TrainingException>().WithMessage("*Got 0 positives among 12 rows.*");
    }

    [Fact]
    public async Task Train_Progress_NeverGoesBack()
    {
        List<double> shares = [];
        TrainingContext context = TrainingSamples.Context() with { Progress = new Recorder(shares) };
        await new SimplestSufficientTrainer([new LogisticTrainer(), new LightGbmTrainer(new() { MaxRounds = 20 })]).TrainAsync(TrainingSamples.Mixed(600), context);
        shares.Should().BeInAscendingOrder().And.OnlyContain(s => s > 0 && s <= 1);
        shares[^1].Should().Be(1);
    }

    [Fact]
    public void Constructor_NoCandidateOrTwoOfOneName_Throws()
    {
        FluentActions.Invoking(() => new SimplestSufficientTrainer([])).Should().Throw<ArgumentException>().WithMessage("*Got none.*");
        FluentActions.Invoking(() => new SimplestSufficientTrainer([Fixed("a", 1, 0.5), Fixed("a", 2, 0.5)])).Should().Throw<ArgumentException>().WithMessage("*Got 'a', 'a'.*");
        FluentActions.Invoking(() => new SimplestSufficientTrainer([Fixed("a", 1, 0.5)], new() { ComplexityPrice = -1 })).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static TrainingSet Rows(int rowsPerEntity = 1) =>
        new(new FeatureTableBuilder(TrainingSamples.Keys(12, rowsPerEntity)).Number("x", new double[12]).Build(), Targets);

    private static async Task<TrainingResult> Train(SimplestSufficientOptions options, params IModelTrainer[] trainers) =>
        await new SimplestSufficientTrainer(trainers, options).TrainAsync(Rows(), TrainingSamples.Context());

    /// <summary>A trainer that gives the right class the same probability in every row.</summary>
    private static Trainer Fixed(string name, int complexity, double right) => new(name, complexity, [.. Targets.Select(y => y == 1 ? right : 1 - right)]);

    private sealed class Trainer(string name, int complexity, double[] outOfFold, string reason = "", string refusal = "") : IModelTrainer
    {
        public string Name => name;

        public int Complexity => complexity;

        public TrainerAvailability Availability => new(reason.Length == 0, reason);

        public ValueTask<TrainingResult> TrainAsync(TrainingSet training, TrainingContext context, CancellationToken cancellationToken = default) => refusal.Length > 0
            ? throw new TrainingException(refusal)
            : new(new TrainingResult
            {
                Model = new TrainedModel(name, TargetKind.Probability, training.Features.Schema, new Constant(), new SigmoidCalibrator()),
                OutOfFold = outOfFold,
                Objective = context.Objective.Measure(outOfFold, training),
            });
    }

    private sealed class Constant : IPredictor
    {
        public string Kind => "test.constant";

        public void Score(FeatureTable table, Span<double> scores) => scores.Clear();
    }

    private sealed class Recorder(List<double> shares) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => shares.Add(value.Share);
    }
}
