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
