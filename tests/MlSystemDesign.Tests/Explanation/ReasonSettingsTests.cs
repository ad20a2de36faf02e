using MlSystemDesign.Explanation;
using MlSystemDesign.Tests.Explanation.Trees;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;
using MlSystemDesign.Training.Trees;

namespace MlSystemDesign.Tests.Explanation;

public sealed class ReasonSettingsTests
{
    [Fact]
    public async Task For_ALinearModel_TakesASampleOfItsTrainingRowsWithoutTheirEntities()
    {
        TrainingSet training = TrainingSamples.Mixed();
        TrainedModel model = (await new LogisticTrainer().TrainAsync(training, TrainingSamples.Context())).Model;

        ReasonSettings settings = new ReasonSettings().For(model, training.Features);

        settings.Background!.RowCount.Should().Be(ReasonSettings.BackgroundRows);
        settings.Background.Observations.Entities.ToArray().Should().Equal(Enumerable.Range(0, ReasonSettings.BackgroundRows).Select(i => new EntityKey((long)i)));
        settings.Background.Schema.Should().BeSameAs(model.Schema);
        settings.ExplainerFor(model).Should().BeSameAs(settings.ExplainerFor(model), "its tables are made once");
        settings.For(model, training.Features.SelectRows([0])).Should().BeSameAs(settings, "a background that was given stays");
    }

    [Theory]
    [InlineData(500)] // one row of an entity each
    [InlineData(100)] // two or three
    public async Task For_RowsOfFewEntities_TakesEveryEntityBeforeAnyTwice(int entities)
    {
        TrainingSet training = TrainingSamples.Mixed();
        TrainedModel model = (await new LogisticTrainer().TrainAsync(training, TrainingSamples.Context())).Model;
        FeatureTable rows = training.Features.WithObservations(ObservationSet.Of(
            [.. Enumerable.Range(0, 1500).Select(i => new EntityKey((long)(i % entities)))], [.. Enumerable.Range(0, 1500).Select(i => i / entities * TimeSpan.TicksPerDay)]));
        int[] shuffled = [.. Enumerable.Range(0, 1500)];
        new Random(1).Shuffle(shuffled);

        double[] amounts = Amounts(rows), mixed = Amounts(rows.SelectRows(shuffled));

        double[] all = [.. rows.Numbers(rows.Schema.IndexOf("amount"))];
        int[] each = [.. amounts.GroupBy(a => Array.IndexOf(all, a) % entities).Select(g => g.Count())];
        each.Should().HaveCount(Math.Min(entities, 256)).And.OnlyContain(n => n >= 256 / entities && n <= (255 / entities) + 1);
        mixed.Order().Should().Equal(amounts.Order(), "the rows count, not their order");

        double[] Amounts(FeatureTable table)
        {
            FeatureTable background = new ReasonSettings().For(model, table).Background!;
            return [.. background.Numbers(background.Schema.IndexOf("amount"))];
        }
    }

    [Fact]
    public async Task For_AModelThatReadsWhatTheBackgroundLacks_SaysSo()
    {
        TrainingSet training = TrainingSamples.Mixed();
        TrainedModel model = (await new LogisticTrainer().TrainAsync(training, TrainingSamples.Context())).Model;

        Action act = () => new ReasonSettings(background: RandomTrees.Table(1, [1.0])).For(model, training.Features);

        act.Should().Throw<ExplanationException>().WithMessage("The background of the reasons must have the model's columns. It has not: The column must be one of the table. Got 'recency'.*");
    }

    [Fact]
    public void Create_WithABackgroundThatCannotServe_IsRefused()
    {
        FeatureTable one = RandomTrees.Table(1, [1.0]);
        Action none = () => _ = new ReasonSettings(background: one.SelectRows([])), bare = () => _ = new ReasonSettings(background: RandomTrees.Table(0, [1.0])),
            huge = () => _ = new ReasonSettings(background: one.SelectRows(new int[10_000_001]));

        none.Should().Throw<ArgumentException>().WithMessage("A background must have rows and columns, at most 10000000 values. Got 0 rows × 1 columns. Pass some hundred typical rows.*");
        bare.Should().Throw<ArgumentException>().WithMessage("*Got 1 rows × 0 columns.*");
        huge.Should().Throw<ArgumentException>().WithMessage("*Got 10000001 rows × 1 columns.*");
    }

    [Theory]
    [InlineData("""{"rows":10000000,"schema":[],"numbers":[],"codes":[]}""")]
    [InlineData("""{"rows":2147483647,"schema":[],"numbers":[],"codes":[]}""")]
    [InlineData("""{"rows":2147483647,"schema":[COLUMN],"numbers":[[1]],"codes":[[]]}""")]
    [InlineData("""{"rows":-1,"schema":[COLUMN],"numbers":[[]],"codes":[[]]}""")]
    [InlineData("""{"rows":0,"schema":[COLUMN],"numbers":[[]],"codes":[[]]}""")]
    [InlineData("""{"rows":1,"schema":[null],"numbers":[[1]],"codes":[[]]}""")]
    [InlineData("""{"rows":1,"schema":[COLUMN],"numbers":[null],"codes":[[]]}""")]
    [InlineData("""{"rows":1,"schema":[COLUMN],"numbers":[[1]],"codes":[]}""")]
    [InlineData("""{"rows":1,"schema":[COLUMN,COLUMN],"numbers":[[1],[1]],"codes":[[],[]]}""")]
    public void Load_OfABackgroundThatNobodyWrote_IsCorruptedAtOnce(string background)
    {
        const string Column = """{"name":"a","kind":"Number","unit":null,"lineage":"a","valueForNothing":"NaN","group":"a","levels":[]}""";
        long before = GC.GetAllocatedBytesForCurrentThread();

        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(new ReasonSettings(background: RandomTrees.Table(1, [1.0])), payload =>
        {
            string text = System.Text.Encoding.UTF8.GetString(payload);
            int at = text.IndexOf("\"background\":", StringComparison.Ordinal);
            at.Should().BePositive();
            return System.Text.Encoding.UTF8.GetBytes(text[..at] + "\"background\":" + background.Replace("COLUMN", Column, StringComparison.Ordinal) + "}");
        }));

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(50_000_000);
    }

    [Fact]
    public void For_TreesThatRememberTheirRows_NeedsNoBackground()
    {
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(1));

        ReasonSettings settings = new ReasonSettings(most: 2).For(model, RandomTrees.Table(5, new double[5]));

        settings.Background.Should().BeNull();
        settings.ExplainerFor(model).Method.Should().Be(AttributionMethod.PathDependent);
        settings.Write(model, RandomTrees.Table(5, [1, 2, 3, 40, -1])).Should().ContainSingle().Which.Should().HaveCountLessThanOrEqualTo(2);
    }

    [Fact]
    public void ExplainerFor_AnotherModel_IsAnother()
    {
        TrainedModel one = RandomTrees.Model(RandomTrees.Ensemble(1)), other = RandomTrees.Model(RandomTrees.Ensemble(2));
        ReasonSettings settings = new();

        double baseValue = settings.ExplainerFor(one).BaseValue;

        settings.ExplainerFor(other).BaseValue.Should().NotBe(baseValue);
    }

    [Fact]
    public void ExplainerFor_AModelThatNeedsABackground_SaysSo()
    {
        TrainedModel model = RandomTrees.Model(RandomTrees.Ensemble(1, cover: CoverKind.None));

        Action act = () => new ReasonSettings().ExplainerFor(model);

        act.Should().Throw<ExplanationException>().WithMessage($"A model of kind '{model.Predictor.Kind}' is explained against rows that stand for the population. The settings hold none. *");
    }

    [Theory]
    [InlineData("\"most\":3", "\"most\":0")]
    [InlineData("\"raises\":\"{what}", "\"rises\":\"{what}")]
    [InlineData("\"rows\":2", "\"rows\":3")]
    [InlineData("\"features\":null", "\"features\":{\"d\":null}")]
    [InlineData("\"columns\":null", "\"columns\":{\"d\":null}")]
    public void Load_OfAlteredSettings_IsCorrupted(string from, string to)
    {
        ReasonSettings settings = new(background: RandomTrees.Table(2, [1, double.NaN], [3, 4]));

        TrainingSamples.ShouldBeCorrupted(TrainingSamples.LoadAltered(settings, payload =>
        {
            string text = System.Text.Encoding.UTF8.GetString(payload);
            text.Should().Contain(from);
            return System.Text.Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        }));
    }

    [Fact]
    public void Load_OfSavedSettings_GivesTheSame()
    {
        ReasonSettings settings = new(ReasonTemplates.Dutch.ForFeature("even", "even"), 4, RandomTrees.Table(2, [1, double.NaN], [double.PositiveInfinity, 4]));

        ReasonSettings loaded = TrainingSamples.RoundTrip(settings);

        (loaded.Most, loaded.Templates.ToJson()).Should().Be((4, settings.Templates.ToJson()));
        loaded.Background!.Numbers(0).ToArray().Should().Equal(1, double.PositiveInfinity);
        loaded.Background.Numbers(1).ToArray().Should().Equal(double.NaN, 4);
    }
}
