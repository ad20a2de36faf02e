using Microsoft.ML;
using Microsoft.ML.Data;
using MlSystemDesign.Training;
using MlSystemDesign.Training.MlNet;

namespace MlSystemDesign.Tests.Training.MlNet;

public class ModelTransformerTests
{
    private static readonly TrainingSet Set = TrainingSamples.Mixed(900);

    public static TheoryData<string> Trainers => ["logistic", "LightGBM", "base rate"];

    [Theory]
    [MemberData(nameof(Trainers))]
    public async Task Transform_Table_AppendsWhatTheModelPredicts(string trainer)
    {
        TrainedModel model = await ModelAsync(trainer);
        IDataView scored = model.ToTransformer(0.4).Transform(Set.ToDataView());
        scored.Schema.Select(c => c.Name).Should().Equal("recency", "amount", "constant", "plan", "Label", "Score", "Probability", "PredictedLabel");
        scored.GetRowCount().Should().Be(900);

        // ML.NET hands numbers over in single precision, so the model is asked about the same.
        double[] expected = model.Predict(Singles(Set.Features)), scores = new double[900];
        model.Predictor.Score(Singles(Set.Features), scores);
        scored.GetColumn<float>("Probability").Should().Equal(expected.Select(p => (float)p));
        scored.GetColumn<float>("Score").Should().Equal(scores.Select(s => (float)s));
        scored.GetColumn<bool>("PredictedLabel").Should().Equal(expected.Select(p => p >= 0.4));
        scored.GetColumn<float>("amount").Should().Equal(Set.Features.Numbers("amount").ToArray().Select(x => (float)x));
    }

    [Fact]
    public async Task Evaluate_ByMlNet_GivesTheAucOfTheModel()
    {
        TrainedModel model = await ModelAsync("LightGBM");
        CalibratedBinaryClassificationMetrics metrics = new MLContext(1).BinaryClassification.Evaluate(model.ToTransformer(0.5).Transform(Set.ToDataView()));
        double auc = new AucObjective().Measure(model.Predict(Set.Features), Set).Value!.Value;
        metrics.AreaUnderRocCurve.Should().BeApproximately(auc, 1e-4);
        metrics.LogLoss.Should().BeApproximately(new LogLossObjective().Measure(model.Predict(Set.Features), Set).Value!.Value / Math.Log(2), 1e-4, "ML.NET counts it in bits");
    }

    [Fact]
    public async Task Engine_BehindAnExistingPipeline_ScoresRowAfterRow()
    {
        TrainedModel model = await ModelAsync("LightGBM");
        MLContext ml = new(1);
        IDataView raw = ml.Data.LoadFromEnumerable(new[] { new Customer() });
        var front = ml.Transforms.CustomMapping<Customer, Amount>((from, to) => to.amount = from.Cents / 100.0, null)
            .Append(ml.Transforms.CopyColumns("plan", "Plan")).Append(ml.Transforms.CopyColumns("recency", "Recency")).Fit(raw);
        PredictionEngine<Customer, Prediction> engine = ml.Model.CreatePredictionEngine<Customer, Prediction>(front.Append(model.ToTransformer()));
        foreach ((float recency, int cents, string plan) in new[] { (80f, 250, "monthly"), (float.NaN, 99_900, "yearly"), (3f, 5_000, ""), (3f, 5_000, "never seen") })
        {
            FeatureTable row = new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("recency", [recency]).Number("amount", [cents / 100.0]).Number("constant", [4]).Category("plan", [plan.Length == 0 ? null : plan]).Build();
            engine.Predict(new Customer { Recency = recency, Cents = cents, Plan = plan }).Probability.Should().Be((float)model.Predict(row)[0]);
        }

        engine.OutputSchema.Select(c => c.Name).Should().Contain(["Score", "Probability"]).And.NotContain("PredictedLabel");
    }

    [Fact]
    public async Task Transform_KeysDoublesAndIntegers_AreRead()
    {
        TrainedModel model = await ModelAsync("LightGBM");
        MLContext ml = new(1);
        Mixed[] rows = [new() { recency = 80, amount = 7.25, constant = 4, plan = "yearly" }, new() { recency = 5, amount = double.NaN, constant = 4, plan = "rare" }, new() { recency = 5, amount = 1e3, constant = 4, plan = "new" }];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("plan").Fit(data).Transform(data);
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(3)).Number("recency", [80, 5, 5]).Number("amount", [7.25, double.NaN, 1e3]).Number("constant", [4, 4, 4]).Category("plan", ["yearly", "rare", "new"]).Build();
        model.ToTransformer().Transform(keyed).GetColumn<float>("Probability").Should().Equal(model.Predict(table).Select(p => (float)p));
    }

    // One whose every value is missing in training.
    [Fact]
    public async Task Transform_ACategoryWithoutLevels_IsMissing()
    {
        TrainingSet set = WithCategory(_ => null);
        TrainedModel model = (await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context())).Model;
        model.ToTransformer().Transform(set.ToDataView()).GetColumn<float>("Probability").Should().Equal(model.Predict(set.Features).Select(p => (float)p));
    }

    [Fact]
    public async Task Transform_EmptyText_IsTheLevelOfThatName()
    {
        TrainingSet set = WithCategory(i => i % 3 == 0 ? "" : i % 3 == 1 ? "a" : "b");
        TrainedModel model = (await new LogisticTrainer().TrainAsync(set, TrainingSamples.Context())).Model;
        float[] expected = [.. model.Predict(set.Features).Select(p => (float)p)];
        expected.Take(3).Should().OnlyHaveUniqueItems();
        model.ToTransformer().Transform(set.ToDataView()).GetColumn<float>("Probability").Should().Equal(expected);
    }

    [Fact]
    public void ToDataView_OfACategoryWithBothEmptyTextAndMissing_IsRefused() =>
        FluentActions.Invoking(() => WithCategory(i => i % 3 == 0 ? "" : i % 3 == 1 ? null : "b").ToDataView()).Should().Throw<ArgumentException>()
            .WithMessage("A category must not have both the level \"\" and missing values for ML.NET, which holds both as empty text. Got both in 'kind'. Give the empty level another name.*");

    [Fact]
    public async Task Transform_Values_GivesTheValueAsScore()
    {
        TrainingSet values = new(Set.Features, Set.Features.Numbers("amount"), TargetKind.Value);
        TrainedModel model = (await new LightGbmTrainer(new() { MaxRounds = 20 }).TrainAsync(values, TrainingSamples.Context())).Model;
        IDataView scored = model.ToTransformer().Transform(Set.Features.ToDataView());
        scored.GetColumn<float>("Score").Should().Equal(model.Predict(Singles(Set.Features)).Select(v => (float)v));
        scored.Schema.GetColumnOrNull("Probability").Should().BeNull();
        FluentActions.Invoking(() => model.ToTransformer(0.5)).Should().Throw<ArgumentException>().WithMessage("Only a probability has a threshold.*");
    }

    [Fact]
    public async Task Transform_ManyThreads_ScoresEveryRowRight()
    {
        TrainedModel model = await ModelAsync("LightGBM");
        ITransformer transformer = model.ToTransformer();
        float[] expected = [.. model.Predict(Singles(Set.Features)).Select(p => (float)p)];
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            transformer.Transform(Set.ToDataView()).GetColumn<float>("Probability").Should().Equal(expected));
    }

    // The one of a shared PredictionEngine: the second thread comes while the first reads its row. Calls that only just miss each other cannot be told apart.
    [Fact]
    public async Task Row_CaughtInUseByTwoThreads_Throws()
    {
        using ManualResetEventSlim reading = new(), second = new();
        TrainingSet numbers = new(new FeatureTableBuilder(TrainingSamples.Keys(40)).Number("x", [.. Enumerable.Range(0, 40).Select(i => (double)i)]).Build(), [.. Enumerable.Range(0, 40).Select(i => (double)(i % 2))]);
        TrainedModel model = (await new LogisticTrainer().TrainAsync(numbers, TrainingSamples.Context())).Model;
        IDataView slow = new ColumnDataView(1, [ColumnDataView.Column.Single("x", _ =>
        {
            reading.Set();
            second.Wait(TimeSpan.FromSeconds(30));
            return 1;
        })]);
        IDataView scored = model.ToTransformer().Transform(slow);
        using DataViewRowCursor row = scored.GetRowCursor(scored.Schema);
        row.MoveNext();
        ValueGetter<float> probability = row.GetGetter<float>(scored.Schema["Probability"]);
        Task<float> first = Task.Run(() => Read(probability));
        reading.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
        FluentActions.Invoking(() => Read(probability)).Should().Throw<InvalidOperationException>().WithMessage("A PredictionEngine must be used by one thread at a time.*");
        second.Set();
        (await first).Should().BeInRange(0.1f, 0.9f);
    }

    [Fact]
    public async Task OutputSchema_OfDataThatDoesNotFit_NamesTheColumn()
    {
        ITransformer transformer = (await ModelAsync("logistic")).ToTransformer();
        FeatureTable without = new FeatureTableBuilder(TrainingSamples.Keys(1)).Number("recency", [1]).Number("amount", [1]).Category("plan", ["yearly"]).Build();
        FluentActions.Invoking(() => transformer.GetOutputSchema(without.ToDataView().Schema)).Should().Throw<ArgumentException>().WithMessage("The data must have the column 'constant' of the model. Got 'recency', 'amount', 'plan'. *");
        FeatureTable text = new FeatureTableBuilder(TrainingSamples.Keys(1)).Category("recency", ["1"]).Number("amount", [1]).Number("constant", [4]).Category("plan", ["yearly"]).Build();
        FluentActions.Invoking(() => transformer.Transform(text.ToDataView())).Should().Throw<ArgumentException>().WithMessage("Column 'recency' must be a number or Boolean, as in the model. Got String. *");
    }

    [Fact]
    public async Task Dependencies_OfAPassedColumn_AreItselfOnly()
    {
        ITransformer transformer = (await ModelAsync("logistic")).ToTransformer();
        DataViewSchema input = Set.ToDataView().Schema;
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(input);
        transformer.IsRowToRowMapper.Should().BeTrue();
        mapper.GetDependencies([mapper.OutputSchema["Label"]]).Select(c => c.Name).Should().Equal("Label");
        mapper.GetDependencies([mapper.OutputSchema["Score"]]).Select(c => c.Name).Should().Equal("recency", "amount", "constant", "plan");
    }

    [Fact]
    public async Task Save_ByMlNet_IsRefusedWithWhatToDo()
    {
        ITransformer transformer = (await ModelAsync("base rate")).ToTransformer();
        using MemoryStream stream = new();
        FluentActions.Invoking(() => new MLContext(1).Model.Save(transformer, Set.ToDataView().Schema, stream)).Should().Throw<NotSupportedException>().WithMessage("A model must be saved with ArtifactFile.Save*");
    }

    [Fact]
    public async Task ToTransformer_ThresholdOutOfRange_NamesIt()
    {
        TrainedModel model = await ModelAsync("base rate");
        FluentActions.Invoking(() => model.ToTransformer(1.5)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("threshold of ToTransformer must be in [0, 1]. Got 1.5.*");
        FluentActions.Invoking(() => model.ToTransformer(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static TrainingSet WithCategory(Func<int, string?> level)
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(90)).Number("x", [.. Enumerable.Range(0, 90).Select(i => (double)(i / 3 % 10))]).Category("kind", [.. Enumerable.Range(0, 90).Select(level)]).Build();
        return new TrainingSet(table, [.. Enumerable.Range(0, 90).Select(i => i % 3 == 0 || i % (i % 3 == 1 ? 5 : 2) == 0 ? 1.0 : 0)]);
    }

    private static float Read(ValueGetter<float> getter)
    {
        float value = 0;
        getter(ref value);
        return value;
    }

    private static FeatureTable Singles(FeatureTable table)
    {
        ReadOnlyMemory<double>[] numbers = [.. Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<double>)table.Numbers(c).ToArray().Select(x => (double)(float)x).ToArray())];
        return new FeatureTable(table.Observations, table.Schema, numbers, [.. Enumerable.Range(0, table.Schema.Count).Select(c => (ReadOnlyMemory<int>)table.Codes(c).ToArray())]);
    }

    private static async Task<TrainedModel> ModelAsync(string trainer) => (await (trainer switch
    {
        "logistic" => new LogisticTrainer(),
        "LightGBM" => new LightGbmTrainer(new() { MaxRounds = 30 }),
        _ => (IModelTrainer)new BaseRateTrainer(),
    }).TrainAsync(Set, TrainingSamples.Context())).Model;

    private sealed class Customer
    {
        public float Recency { get; set; }

        public int Cents { get; set; }

        public string Plan { get; set; } = string.Empty;

        public float constant { get; set; } = 4;
    }

    private sealed class Amount
    {
        public double amount { get; set; }
    }

    private sealed class Mixed
    {
        public int recency { get; set; }

        public double amount { get; set; }

        public long constant { get; set; }

        public string plan { get; set; } = string.Empty;
    }

    private sealed class Prediction
    {
        public float Probability { get; set; }
    }
}
