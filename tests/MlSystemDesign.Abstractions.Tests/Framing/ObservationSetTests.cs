namespace MlSystemDesign.Abstractions.Tests.Framing;

public class ObservationSetTests
{
    private static readonly DateTimeOffset Cutoff = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly EntityKey[] Keys = ["a", "b", "c"];

    [Fact]
    public void At_OneCutoff_GivesEveryRowThatInstantInUtc()
    {
        ObservationSet set = ObservationSet.At(Keys, new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(1)));
        set.Should().Equal(Keys.Select(k => new Observation(k, Cutoff)));
        set.CutoffTicks.ToArray().Should().Equal(Cutoff.UtcTicks, Cutoff.UtcTicks, Cutoff.UtcTicks);
        set[0].Cutoff!.Value.Offset.Should().Be(TimeSpan.Zero);
        set.HasCutoffs.Should().BeTrue();
    }

    [Fact]
    public void WithoutTime_HasNoCutoffs()
    {
        ObservationSet set = ObservationSet.WithoutTime(Keys);
        set.HasCutoffs.Should().BeFalse();
        set.CutoffTicks.IsEmpty.Should().BeTrue();
        set[2].Should().Be(new Observation("c", null));
    }

    [Fact]
    public void Of_Observations_KeepsTheirOrder()
    {
        Observation[] rows = [new("b", Cutoff.AddDays(1)), new("a", Cutoff), new("b", Cutoff)];
        ObservationSet.Of(rows).Should().Equal(rows);
        ObservationSet.Of(Keys, [1, 2, 3]).CutoffTicks.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Of_RowsThatDoNotFit_Refuses()
    {
        FluentActions.Invoking(() => ObservationSet.Of([new Observation("a", null)])).Should().Throw<ArgumentException>()
            .WithMessage("Each observation must have a cutoff. Got none for 'a'. Use WithoutTime for a table without time.");
        FluentActions.Invoking(() => ObservationSet.Of(Keys, [1])).Should().Throw<ArgumentException>()
            .WithMessage("Each row must have an entity and a cutoff. Got 3 entities and 1 cutoffs. Pass arrays of one length.");
    }

    [Fact]
    public void Select_PicksInTheOrderAsked()
    {
        ObservationSet.At(Keys, Cutoff).Select([2, 0, 2]).Entities.ToArray().Should().Equal("c", "a", "c");
        ObservationSet.WithoutTime(Keys).Select([1]).HasCutoffs.Should().BeFalse();
        ObservationSet.At(Keys, Cutoff).Select([]).Should().BeEmpty();
    }

    [Fact]
    public void Concat_PutsSetsOneAfterTheOther()
    {
        ObservationSet both = ObservationSet.Concat([ObservationSet.At(["a"], Cutoff), ObservationSet.Empty, ObservationSet.At(["b"], Cutoff.AddDays(1))]);
        both.Should().Equal(new Observation("a", Cutoff), new Observation("b", Cutoff.AddDays(1)));
        ObservationSet.Concat([ObservationSet.WithoutTime(["a"]), ObservationSet.WithoutTime(["b"])]).Should().HaveCount(2).And.OnlyContain(o => o.Cutoff == null);
        FluentActions.Invoking(() => ObservationSet.Concat([ObservationSet.At(["a"], Cutoff), ObservationSet.WithoutTime(["b"])])).Should().Throw<ArgumentException>()
            .WithMessage("Sets of rows must all have cutoffs, or all have none. Got both. Give every row a cutoff.");
    }

    [Fact]
    public void LabelledObservations_CountAndLocateTheirLabels()
    {
        LabelledObservations labels = new(ObservationSet.At(Keys, Cutoff), [LabelStatus.Positive, LabelStatus.Immature, LabelStatus.Positive], TimeSpan.FromDays(7), TimeSpan.FromDays(30));
        labels.CountOf(LabelStatus.Positive).Should().Be(2);
        labels.CountOf(LabelStatus.NotAtRisk).Should().Be(0);
        labels.LabelWindow(1).Should().Be(new TimeWindow(Cutoff.AddDays(7), Cutoff.AddDays(37)));
        FluentActions.Invoking(() => new LabelledObservations(ObservationSet.At(Keys, Cutoff), [LabelStatus.Positive], TimeSpan.Zero, TimeSpan.FromDays(1))).Should().Throw<ArgumentException>()
            .WithMessage("Each observation must have one label status. Got 3 observations and 1 statuses. Pass as many.*");
    }
}
