using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests.Training;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Lifecycle;

public sealed class ArtifactDiffTests
{
    [Fact]
    public async Task Between_TwoTrainings_TellsWhatChangedValueByValue()
    {
        TrainedModel before = await Model(1), after = await Model(10);

        ArtifactDiff diff = ArtifactDiff.Between(before, after);

        diff.HashBefore.Should().Be(ArtifactFile.HashOf(before));
        diff.HashAfter.Should().Be(ArtifactFile.HashOf(after));
        diff.Changes.Should().Contain(new ArtifactChange(ArtifactChangeKind.Changed, "system", "facts.penalty", "\"1\"", "\"10\""));
        diff.Changes.Should().ContainSingle(c => c.Part == "system/predictor" && c.Value == "intercept" && c.Kind == ArtifactChangeKind.Changed);
        diff.Changes.Count(c => c.Value.StartsWith("coefficients[", StringComparison.Ordinal)).Should().Be(3);
        diff.Changes.Should().NotContain(c => c.Part.EndsWith("transform", StringComparison.Ordinal), "the transform does not depend on the penalty");
        diff.ToString().Should().Contain("~ system: facts.penalty: \"1\" → \"10\"");
    }

    [Fact]
    public async Task Between_EqualModels_IsEmpty()
    {
        ArtifactDiff diff = ArtifactDiff.Between(await Model(1), await Model(1));

        diff.Changes.Should().BeEmpty();
        diff.ToString().Should().Be($"equal: {diff.HashBefore}");
    }

    [Fact]
    public async Task Between_PartsOfOtherKinds_NamesBothKinds()
    {
        TrainedModel platt = await Model(1);
        TrainedModel plain = new(platt.Algorithm, platt.TargetKind, platt.Schema, platt.Predictor, new SigmoidCalibrator(), platt.Facts);

        ArtifactDiff.Between(platt, plain).Changes[0].Should().Be(
            new ArtifactChange(ArtifactChangeKind.Changed, "system/calibrator", string.Empty, "calibrator.platt, version 1", "calibrator.sigmoid, version 1"));
    }

    [BoosterFact]
    public async Task Between_TreesAndALine_TellsPartsThatCameAndWent()
    {
        TrainedModel line = await Model(1);
        TrainedModel trees = (await new LightGbmTrainer(new() { MaxRounds = 3, MinDataInLeaf = 5 }).TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context())).Model;

        ArtifactDiff.Between(line, trees).Changes.Should().Contain(c => c.Kind == ArtifactChangeKind.Removed && c.Part == "system/predictor/transform" && c.After.Length == 0);
        ArtifactDiff.Between(trees, line).Changes.Should().Contain(c => c.Kind == ArtifactChangeKind.Added && c.Part == "system/predictor/transform" && c.Before.Length == 0);
        ArtifactDiff.Between(trees, line).Changes.Should().Contain(c => c.Part == "system/predictor" && c.Value == "content", "trees are no JSON");
    }

    [Fact]
    public async Task Between_Files_IsThatOfTheParts()
    {
        using TemporaryFolder folder = new();
        TrainedModel before = await Model(1), after = await Model(10);
        ArtifactFile.Save(folder.File("a"), before);
        ArtifactFile.Save(folder.File("b"), after);

        ArtifactDiff.Between(folder.File("a"), folder.File("b")).Changes.Should().Equal(ArtifactDiff.Between(before, after).Changes);
        File.WriteAllText(folder.File("b"), "no artifact");
        FluentActions.Invoking(() => ArtifactDiff.Between(folder.File("a"), folder.File("b"))).Should().Throw<ArtifactException>();
    }

    private static async Task<TrainedModel> Model(double penalty) =>
        (await new LogisticTrainer(new() { Penalties = [penalty] }).TrainAsync(TrainingSamples.Reference(), TrainingSamples.Context())).Model;

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("mlsd-diff-").FullName;

        internal string File(string name) => Path.Combine(_path, name);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}
