using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training.Folds;

public class GroupedFoldsTests
{
    [Fact]
    public void Assign_SeveralRowsPerEntity_KeepsThemInOneFold()
    {
        TrainingSet set = TrainingSamples.Mixed(600, rowsPerEntity: 4);
        GroupedFolds folds = GroupedFolds.Assign(set, 5, seed: 1);
        int[] of = folds.FoldOfRow.ToArray();
        folds.Count.Should().Be(5);
        folds.Remarks.Should().BeEmpty();
        for (int i = 0; i < 600; i++)
        {
            of[i].Should().Be(of[i / 4 * 4]);
        }
    }

    [Fact]
    public void Assign_ByClass_SpreadsEntitiesWithAPositiveEvenly()
    {
        TrainingSet set = TrainingSamples.Mixed(1000, rowsPerEntity: 1);
        int[] of = GroupedFolds.Assign(set, 5, seed: 3).FoldOfRow.ToArray();
        int[] sizes = [.. Enumerable.Range(0, 5).Select(f => of.Count(x => x == f))];
        int[] positives = [.. Enumerable.Range(0, 5).Select(f => Enumerable.Range(0, 1000).Count(i => of[i] == f && set.Targets[i] == 1))];
        (sizes.Max() - sizes.Min()).Should().BeLessThanOrEqualTo(1);
        (positives.Max() - positives.Min()).Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Assign_RowsInAnotherOrder_GivesEachRowTheSameFold() => Gen.Int[0, 1000].Sample(
        seed =>
        {
            TrainingSet set = TrainingSamples.Mixed(90, rowsPerEntity: 3, seed: (ulong)seed + 1);
            int[] order = [.. Enumerable.Range(0, 90)];
            new Random(seed).Shuffle(order);
            int[] straight = GroupedFolds.Assign(set, 4, seed).FoldOfRow.ToArray();
            int[] shuffled = GroupedFolds.Assign(TrainingSamples.Picked(set, order), 4, seed).FoldOfRow.ToArray();
            shuffled.Should().Equal(order.Select(row => straight[row]));
        },
        iter: 50);

    [Fact]
    public void Assign_AnotherSeed_GivesOtherFolds()
    {
        TrainingSet set = TrainingSamples.Mixed(300);
        GroupedFolds.Assign(set, 5, 1).FoldOfRow.ToArray().Should().NotEqual(GroupedFolds.Assign(set, 5, 2).FoldOfRow.ToArray());
    }

    // From hashlib in Python: SHA-256 of "7:s:anna" and so on. A fold must never depend on the process, the culture or the version of .NET.
    [Fact]
    public void Assign_FixedKeys_GivesPinnedFolds()
    {
        FeatureTable table = new FeatureTableBuilder(["anna", "bert", "cleo", "dora", "emil", "fritz"]).Number("x", [1, 2, 3, 4, 5, 6]).Build();
        GroupedFolds folds = GroupedFolds.Assign(new TrainingSet(table, [1, 0, 1, 0, 1, 0]), 3, seed: 7);
        folds.FoldOfRow.ToArray().Should().Equal(Pinned);
    }

    private static readonly int[] Pinned = [0, 2, 2, 1, 1, 0];

    [Fact]
    public void Assign_TooFewPositives_UsesFewerFoldsAndSaysSo()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(12)).Number("x", new double[12]).Build();
        GroupedFolds folds = GroupedFolds.Assign(new TrainingSet(table, [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 5, seed: 1);
        folds.Count.Should().Be(3);
        folds.Remarks.Should().Equal(
            "3 folds were used instead of 5: with more, a fold would be empty or hold one class only (12 rows of 12 entities, 3 of them with a positive).");
    }

    [Fact]
    public void Assign_OnePositiveEntity_SaysWhatIsNeeded()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(6)).Number("x", new double[6]).Build();
        FluentActions.Invoking(() => GroupedFolds.Assign(new TrainingSet(table, [1, 0, 0, 0, 0, 0]), 5, 1)).Should().Throw<TrainingException>().WithMessage(
            "Out-of-fold predictions need at least two groups of entities that each hold both classes. Got 6 rows of 6 entities, 1 of them with a positive. Train on more entities, or on a longer history.");
    }

    [Fact]
    public void Assign_Values_NeedsNoClasses()
    {
        FeatureTable table = new FeatureTableBuilder(TrainingSamples.Keys(6)).Number("x", new double[6]).Build();
        GroupedFolds.Assign(new TrainingSet(table, [5, 5, 5, 5, 5, 5], TargetKind.Value), 3, 1).Count.Should().Be(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-3)]
    public void Assign_FewerThanTwoFolds_Throws(int count) =>
        FluentActions.Invoking(() => GroupedFolds.Assign(TrainingSamples.Reference(), count, 1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*at least 2*");
}
