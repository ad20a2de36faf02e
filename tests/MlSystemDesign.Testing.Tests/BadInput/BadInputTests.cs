using CustomTrainer;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;
using MlSystemDesign.XGBoost;

namespace MlSystemDesign.Testing.Tests.BadInput;

/// <summary>What every trainer does with rows that nobody wants: a sound model, or an exception that says what must hold, what came and what to do.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Names => [.. Trainers.All.Keys.Where(t => !Trainers.Missing.ContainsKey(t)).Select(t => t.Name)];

    // Skipped where some do not, naming them: the theories leave those out.
    [EveryTrainerFact]
    public void Trainers_AllRunHere() => Trainers.Missing.Should().BeEmpty();

    [Fact]
    public void Trainers_AreAllThatShip() =>
        Trainers.All.Keys.Should().BeEquivalentTo(Implementations.Find().Where(t => t.IsAssignableTo(typeof(IModelTrainer))), "a new trainer meets bad input too: add a line to Trainers.All");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OneClass_IsRefused(string name)
    {
        FeatureTable table = BadRows.Table(BadRows.Usual);
        await RefusedAsync(name, new TrainingSet(table, new double[BadRows.Usual]), "0 positives");
        double[] ones = new double[BadRows.Usual];
        Array.Fill(ones, 1);
        await RefusedAsync(name, new TrainingSet(table, ones), "240");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NoRows_AreRefused(string name)
    {
        await RefusedAsync(name, new TrainingSet(BadRows.Table(BadRows.Usual).SelectRows([]), []), "rows");
        await RefusedAsync(name, BadRows.Plain(1), "1 rows");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FourRows_GiveAModelOrAReason(string name) =>
        await SoundOrReasonAsync(name, new TrainingSet(BadRows.Table(8).SelectRows([0, 2, 4, 6]), [0, 1, 0, 1]));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task MissingColumn_ChangesLittle(string name)
    {
        await SoundAsync(name, BadRows.WithCategory("bad", _ => null));
        TrainingSet numbers = BadRows.WithNumber("bad", _ => double.NaN);
        if (Refuses(name, typeof(MlNetLightGbmTrainer)))
        {
            await RefusedAsync(name, numbers, "ImputationTransform");
        }
        else
        {
            await SoundAsync(name, numbers);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ConstantAndDuplicateColumns_AreNoTrouble(string name)
    {
        await SoundAsync(name, BadRows.WithNumber("bad", _ => 7));
        await SoundAsync(name, BadRows.WithCategory("bad", _ => "same"));
        double[] recency = BadRows.Table(BadRows.Usual).Numbers("recency").ToArray();
        await SoundAsync(name, BadRows.WithNumber("bad", i => recency[i]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task LargeNumbers_GiveAModelOrAReason(string name)
    {
        await SoundAsync(name, BadRows.WithNumber("bad", i => 1e9 + i));
        TrainingSet extreme = BadRows.WithNumber("bad", i => i % 2 == 0 ? 1.7e308 : -1.7e308);
        if (Refuses(name, typeof(XGBoostTrainer), typeof(MlNetLightGbmTrainer)))
        {
            await RefusedAsync(name, extreme, "'bad'");
        }
        else
        {
            await SoundAsync(name, extreme);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task InfiniteValue_IsRefusedByColumnAndRow(string name)
    {
        foreach (double infinite in new[] { double.PositiveInfinity, double.NegativeInfinity })
        {
            TrainingSet set = BadRows.WithNumber("bad", i => i == 5 ? infinite : i);
            if (name == nameof(ScorecardTrainer))
            {
                await SoundAsync(name, set); // A host's own, which looks at one other column only.
            }
            else
            {
                await RefusedAsync(name, set, "infinity in 'bad', row 6");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ManyCategories_StayBounded(string name)
    {
        TrainingSet set = BadRows.ManyCategories.Value;
        set.Features.Schema[3].Levels.Should().HaveCount(100_000);
        if (Refuses(name, typeof(MlNetLightGbmTrainer)))
        {
            await RefusedAsync(name, set, "100000 of them levels of 'account'. Put a TargetStatisticTransform in front");
            return;
        }

        // A guard against minutes, not a measurement: it takes about a second.
        using CancellationTokenSource minutes = new(TimeSpan.FromMinutes(3));
        TrainingResult result = await Trainer(name).TrainAsync(set, Context(), minutes.Token);
        Sound(result, set);
        string file = Path.GetTempFileName();
        ArtifactFile.Save(file, result.Model, Codecs);
        new FileInfo(file).Length.Should().BeLessThan(16 << 20, "a model must not hold more than the levels, a few bytes each");
        File.Delete(file);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weight_ThatIsNone_NeverReachesATrainer(double weight) =>
        FluentActions.Invoking(() => BadRows.Plain(weights: [.. Enumerable.Range(0, BadRows.Usual).Select(i => i == 3 ? weight : 1)])).Should().Throw<ArgumentException>().WithMessage("A weight must be finite and above zero. Got *");

    [Fact]
    public void Weights_WithoutAFiniteSum_NeverReachATrainer() =>
        FluentActions.Invoking(() => BadRows.Plain(weights: [.. Enumerable.Repeat(1e307, BadRows.Usual)])).Should().Throw<ArgumentException>().WithMessage("The weights must have a finite sum. *");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Weights_FarApart_AreNoTrouble(string name)
    {
        await SoundAsync(name, BadRows.Plain(weights: [.. Enumerable.Range(0, BadRows.Usual).Select(i => i % 2 == 0 ? 1e-200 : 1e200)]));
        await SoundAsync(name, BadRows.Plain(weights: [.. Enumerable.Range(0, BadRows.Usual).Select(i => 1e-300 * (1 + (i % 3)))]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OtherSchemaAtScoring_IsRefusedByColumn(string name)
    {
        TrainedModel model = (await Trainer(name).TrainAsync(BadRows.Plain(), Context())).Model;
        FeatureTable rows = BadRows.Table(4);
        FeatureTable without = new FeatureTableBuilder(rows.Observations).Number("amount", rows.Numbers("amount")).Category("channel", ["web", "web", "web", "web"]).Build();
        FluentActions.Invoking(() => model.Predict(without)).Should().Throw<ArgumentException>().WithMessage("The column must be one of the table. Got 'recency'. Use one of: amount, channel.*");
        FeatureTable text = new FeatureTableBuilder(rows.Observations).Category("recency", ["1", "2", "3", "4"]).Number("amount", rows.Numbers("amount")).Category("channel", ["web", "web", "web", "web"]).Build();
        FluentActions.Invoking(() => model.Predict(text)).Should().Throw<ArgumentException>().WithMessage("Column 'recency' must hold Number values. Got Category. *");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task UnseenCategoryAtScoring_CountsAsMissing(string name)
    {
        TrainedModel model = (await Trainer(name).TrainAsync(BadRows.Plain(), Context())).Model;
        FeatureTable unseen = WithChannel(_ => "fax"), missing = WithChannel(_ => null), reordered = WithChannel(i => i == 0 ? "a new first level" : i % 2 == 0 ? "shop" : "web"), usual = WithChannel(i => i == 0 ? null : i % 2 == 0 ? "shop" : "web");
        model.Predict(unseen).Should().Equal(model.Predict(missing)).And.OnlyContain(p => p >= 0 && p <= 1);
        model.Predict(reordered).Should().Equal(model.Predict(usual), "another dictionary has other codes, and the same categories");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ExtremeOrMissingValueAtScoring_GivesAProbability_AndAnInfiniteOneThatOrItsName(string name)
    {
        TrainedModel model = (await Trainer(name).TrainAsync(BadRows.Plain(), Context())).Model;
        FeatureTable usual = BadRows.Table(6);
        model.Predict(With([double.NaN, double.MaxValue, double.MinValue, -0.0, 1e300, 5e-324])).Should().OnlyContain(p => p >= 0 && p <= 1);
        try
        {
            model.Predict(With([1, 2, double.PositiveInfinity, 3, 4, 5])).Should().OnlyContain(p => p >= 0 && p <= 1);
        }
        catch (ArgumentException e)
        {
            e.Message.Should().Contain("Got infinity in 'recency', row 3");
        }

        FeatureTable With(double[] odd) => new(usual.Observations, usual.Schema, [odd, odd, default], [default, default, usual.Codes(2).ToArray()]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task CancelledBefore_DoesNothing(string name)
    {
        List<TrainingProgress> told = [];
        await FluentActions.Awaiting(() => Trainer(name).TrainAsync(BadRows.Plain(), Context() with { Progress = new Told(told.Add) }, new CancellationToken(canceled: true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();
        told.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task CancelledOnTheWay_EndsSoonAndLeavesNothingBehind(string name)
    {
        IModelTrainer trainer = Trainer(name);
        TrainingSet set = BadRows.Plain(2000);
        string before = Text((await trainer.TrainAsync(set, Context())).Model, set);
        using CancellationTokenSource source = new();
        List<double> shares = [];
        Told progress = new(p =>
        {
            shares.Add(p.Share);
            source.Cancel();
        });
        try
        {
            await trainer.TrainAsync(set, Context() with { Progress = progress }, source.Token);
            shares.Should().Contain(share => share >= 0.5, "one that is nearly done may end its work").And.HaveCountLessThan(3);
        }
        catch (OperationCanceledException)
        {
            (shares[^1] - shares[0]).Should().BeLessThan(0.4, "the token is obeyed soon after the first report");
        }

        Text((await trainer.TrainAsync(set, Context())).Model, set).Should().Be(before);
    }

    private static ArtifactCodecs Codecs { get; } = ArtifactCodecs.Default.With(new ScorecardCodec(), new AsItIsCodec());

    private static bool Refuses(string name, params Type[] trainers) => trainers.Any(t => t.Name == name);

    private static IModelTrainer Trainer(string name) => Trainers.All.Single(t => t.Key.Name == name).Value();

    private static TrainingContext Context() => new() { Objective = new LogLossObjective() };

    private static FeatureTable WithChannel(Func<int, string?> channel)
    {
        FeatureTable rows = BadRows.Table(8);
        return new FeatureTableBuilder(rows.Observations).Number("recency", rows.Numbers("recency")).Number("amount", rows.Numbers("amount")).Category("channel", [.. Enumerable.Range(0, 8).Select(channel)]).Build();
    }

    private static string Text(TrainedModel model, TrainingSet set) => string.Join(' ', model.Predict(set.Features).Select(BitConverter.DoubleToInt64Bits));

    private static async Task SoundAsync(string name, TrainingSet set) => Sound(await Trainer(name).TrainAsync(set, Context()), set);

    private static void Sound(TrainingResult result, TrainingSet set)
    {
        result.OutOfFold.ToArray().Should().HaveCount(set.Count).And.OnlyContain(p => p >= 0 && p <= 1);
        double[] predicted = result.Model.Predict(set.Features);
        predicted.Should().OnlyContain(p => p >= 0 && p <= 1);
        if (result.Model.Predictor is not ConstantPredictor)
        {
            // The signal is found in spite of what is bad.
            double[] recency = set.Features.Numbers("recency").ToArray();
            double late = predicted.Where((_, i) => recency[i] > 60).Average(), early = predicted.Where((_, i) => recency[i] < 30).Average();
            late.Should().BeGreaterThan(early + 0.1);
        }
    }

    private static async Task SoundOrReasonAsync(string name, TrainingSet set)
    {
        try
        {
            (await Trainer(name).TrainAsync(set, Context())).OutOfFold.ToArray().Should().OnlyContain(p => p >= 0 && p <= 1);
        }
        catch (TrainingException e)
        {
            e.Message.Should().Contain("Got ").And.ContainAny(" must ", " need ");
        }
    }

    private static async Task RefusedAsync(string name, TrainingSet set, string says) =>
        (await FluentActions.Awaiting(() => Trainer(name).TrainAsync(set, Context()).AsTask()).Should().ThrowAsync<TrainingException>()).Which.Message.Should().Contain("Got ").And.Contain(says);

    private sealed class Told(Action<TrainingProgress> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value);
    }
}
