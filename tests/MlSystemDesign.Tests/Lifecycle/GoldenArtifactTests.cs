using System.Globalization;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Tests.Training.Losses;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Lifecycle;

/// <summary>Model files of the first version, kept as they were written: every later version reads them and scores as they did.</summary>
/// <remarks>
/// A file is never written again; a new kind or payload gets a file of its own beside them. <see cref="WriteMissing"/> writes what is not there yet into the folder that MLSYSTEM_GOLDEN names, scores
/// included; copy both into Lifecycle/Golden.
/// </remarks>
public class GoldenArtifactTests
{
    private const string FolderVariable = "MLSYSTEM_GOLDEN";
    private const string CountsName = "lightgbm-counts";

    private static readonly FeatureTable Rows = TrainingSamples.Mixed(40, seed: 99).Features;

    private static readonly Dictionary<string, Func<IModelTrainer>> Trainers = new()
    {
        ["logistic"] = () => new LogisticTrainer(),
        ["lightgbm-isotonic"] = () => new LightGbmTrainer(new() { MaxRounds = 30, Calibration = CalibrationMethod.Isotonic }),
        ["columns-beta"] = () => new TransformedTrainer(
            new PipelineTransform(new ImputationTransform(), new OrdinalTransform(), new ScalingTransform()), new LogisticTrainer(new() { Calibration = CalibrationMethod.Beta })),
        ["one-hot-sigmoid"] = () => new TransformedTrainer(new PipelineTransform(new ImputationTransform(), new OneHotTransform()), new LightGbmTrainer(new() { MaxRounds = 10, Calibration = CalibrationMethod.Sigmoid })),
        ["segments-temperature"] = () => new SegmentedTrainer(new LogisticTrainer(new() { Calibration = CalibrationMethod.Temperature }), new ColumnSegments("plan"), new() { MinRows = 100, MinPositives = 20 }),
        ["rule-weighted"] = () => new ClassWeightedTrainer(new RuleTrainer([new("recency", RuleDirection.HigherIsLikelier, 2), new("amount", RuleDirection.LowerIsLikelier)])),
        ["base-rate"] = () => new BaseRateTrainer(),
        [CountsName] = () => new LightGbmTrainer(new() { MaxRounds = 10, Loss = new PoissonLoss() }),
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Lifecycle", "Golden");

    public static TheoryData<string, string> Files
    {
        get
        {
            TheoryData<string, string> files = [];
            foreach (string name in Trainers.Keys)
            {
                files.Add(name, string.Empty);
                files.Add(name, "de-DE");
                files.Add(name, "ar-SA");
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_OfAFileOfTheFirstVersion_GivesItsScores_InAnyCultureAndOnAnyThread(string name, string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            (TrainedModel model, _) = ArtifactFile.Load<TrainedModel>(Path.Combine(Folder, name + ".model"));
            double[] expected = [.. File.ReadAllText(Path.Combine(Folder, name + ".scores.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
            double[] scores = model.Predict(Rows);

            // To the last digits only: other processors round logarithms otherwise.
            scores.Should().Equal(expected, (a, b) => Math.Abs(a - b) <= 1e-12);
            Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => model.Predict(Rows).Should().Equal(scores));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Files_HoldEveryKindOfPartOfAModel()
    {
        IEnumerable<string> kinds = Trainers.Keys.SelectMany(name => ArtifactFile.ReadContent(Path.Combine(Folder, name + ".model")).Entries.Select(e => e.Kind)).Distinct();
        kinds.Should().Contain(TrainingCodecs.All.Select(codec => codec.Kind), "an older file of each kind must stay readable: add a trainer that uses the new one, and its file");
    }

    [WriterFact]
    public async Task WriteMissing()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable)!;
        foreach ((string name, Func<IModelTrainer> trainer) in Trainers.Where(t => !File.Exists(Path.Combine(Folder, t.Key + ".model"))))
        {
            TrainingSet training = name == CountsName ? Counts() : TrainingSamples.Mixed();
            TrainedModel model = (await trainer().TrainAsync(training, TrainingSamples.Context())).Model;
            ArtifactFile.Save(Path.Combine(folder, name + ".model"), model);
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".scores.txt"), string.Concat(model.Predict(Rows).Select(p => p.ToString("R", CultureInfo.InvariantCulture) + "\n")));
        }
    }

    private static TrainingSet Counts()
    {
        FeatureTable features = TrainingSamples.Mixed().Features;
        return new TrainingSet(features, [.. TrainingSamples.Uniform(features.RowCount, 5).Select(u => Math.Floor(-3 * Math.Log(1 - u)))], TargetKind.Value);
    }

    private sealed class WriterFactAttribute : FactAttribute
    {
        public WriterFactAttribute() => Skip = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FolderVariable)) ? $"it writes files, to the folder that {FolderVariable} names" : null;
    }
}
