using CsCheck;
using MlSystemDesign.Framing;
using MlSystemDesign.History;
using MlSystemDesign.Lifecycle;
using MlSystemDesign.Tests.Features;

namespace MlSystemDesign.Tests.Framing;

/// <summary>Day d is January 1 plus d days; the source "activities" is observed from day 2 to day 38.</summary>
public sealed class EventFrameTests
{
    private static readonly EventFilter Cancel = EventFilter.Is("kind", "cancel");
    private static readonly EventFrame Silence = EventFrame.Absence("silence", of: "activities", horizon: TimeSpan.FromDays(10), leadTime: TimeSpan.FromDays(2));
    private static readonly EventFrame Cancels = EventFrame.Presence("cancels", of: "activities", horizon: TimeSpan.FromDays(10), leadTime: TimeSpan.FromDays(2), where: Cancel);

    // Cutoff: day 20. Label window: [22, 32).
    [Theory]
    [InlineData(19.9, LabelStatus.Positive)] // before the cutoff
    [InlineData(20.0, LabelStatus.Positive)] // in the lead time
    [InlineData(21.99, LabelStatus.Positive)]
    [InlineData(22.0, LabelStatus.Negative)] // the first instant of the window
    [InlineData(31.99, LabelStatus.Negative)]
    [InlineData(32.0, LabelStatus.Positive)] // the first instant after it
    public void Label_OfAbsence_IsDecidedInTheHalfOpenWindow(double day, LabelStatus expected) => Label(Silence, 20, Activity(10), Activity(day)).Should().Be(expected);

    [Theory]
    [InlineData(21.99, "cancel", LabelStatus.Negative)]
    [InlineData(22.0, "cancel", LabelStatus.Positive)]
    [InlineData(22.0, "order", LabelStatus.Negative)] // another event
    [InlineData(32.0, "cancel", LabelStatus.Negative)]
    public void Label_OfPresence_IsDecidedInTheHalfOpenWindow(double day, string kind, LabelStatus expected) => Label(Cancels, 20, Activity(10), Activity(day, kind)).Should().Be(expected);

    [Theory]
    [InlineData(26.0, LabelStatus.Positive)] // [28, 38): just inside
    [InlineData(26.1, LabelStatus.Immature)]
    [InlineData(400, LabelStatus.Immature)]
    [InlineData(2_900_000, LabelStatus.Immature)] // the label window ends after the last representable instant
    public void Label_WindowBeyondTheObservedSpan_IsImmature(double day, LabelStatus expected) => Label(Silence, day, Activity(10)).Should().Be(expected);

    [Fact]
    public void Label_OutcomeSeenInsideAnImmatureWindow_StaysImmature()
    {
        Label(Cancels, 27, Activity(10), Activity(30, "cancel")).Should().Be(LabelStatus.Immature);
        Label(Silence, 27, Activity(10), Activity(30)).Should().Be(LabelStatus.Immature);
    }

    [Fact]
    public void Label_WindowBeforeTheObservedSpan_IsImmature() => Label(Silence with { LeadTime = TimeSpan.Zero }, 1, Activity(0.5)).Should().Be(LabelStatus.Immature);

    [Fact]
    public void Label_EventKnownLate_CountsByWhenItHappened() =>
        Label(Cancels, 20, Activity(10), Activity(25, "cancel") with { Known = World.At(60).UtcTicks }).Should().Be(LabelStatus.Positive);

    [Fact]
    public void Label_EntityFirstSeenAtTheCutoff_IsNotAtRisk()
    {
        Label(Silence, 20, Activity(20)).Should().Be(LabelStatus.NotAtRisk);
        Label(Silence, 20, Activity(10) with { Known = World.At(20).UtcTicks }).Should().Be(LabelStatus.NotAtRisk, "nobody knew of it yet");
    }

    [Theory]
    [InlineData(13.0, LabelStatus.Positive)]
    [InlineData(12.99, LabelStatus.NotAtRisk)]
    public void ActiveWithin_LastEventBeforeTheSpan_IsNotAtRisk(double day, LabelStatus expected) => Label(Silence.ActiveWithin(TimeSpan.FromDays(7)), 20, Activity(day)).Should().Be(expected);

    [Fact]
    public void ActiveWithin_Filter_CountsPassingEventsOnly() =>
        Label(Silence.ActiveWithin(TimeSpan.FromDays(7), EventFilter.Is("kind", "order")), 20, Activity(5, "order"), Activity(19, "visit")).Should().Be(LabelStatus.NotAtRisk);

    [Theory]
    [InlineData(19.9, LabelStatus.NotAtRisk)]
    [InlineData(20.0, LabelStatus.Negative)]
    public void NotAfter_CancelledBeforeTheCutoff_IsNotAtRisk(double day, LabelStatus expected) => Label(Cancels.NotAfter(Cancel), 20, Activity(10), Activity(day, "cancel")).Should().Be(expected);

    [Fact]
    public void NotAfter_CancelNotYetKnown_IsStillAtRisk() =>
        Label(Cancels.NotAfter(Cancel), 20, Activity(10), Activity(12, "cancel") with { Known = World.At(21).UtcTicks }).Should().Be(LabelStatus.Negative);

    [Fact]
    public void Cohort_RulesAndScope_KeepWhoPassesAllInKeyOrder()
    {
        World world = new(
            [Activity(10, who: "çelik"), Activity(11, who: "anna"), Activity(12, who: "ben"), Activity(12, "cancel", "ben"), Activity(1, who: "İpek"), Activity(25, who: "late")],
            [new Trait("anna", World.At(1).UtcTicks, 9, "plus"), new Trait("çelik", World.At(1).UtcTicks, 9, "plus"), new Trait("İpek", World.At(1).UtcTicks, 9, "basic"), new Trait("seen", World.At(1).UtcTicks, 9, null)]);

        Names(Silence).Should().Equal("anna", "ben", "seen", "çelik", "İpek");
        Names(Silence.NotAfter(Cancel)).Should().Equal("anna", "seen", "çelik", "İpek");
        Names(Silence.ActiveWithin(TimeSpan.FromDays(10))).Should().Equal("anna", "ben", "çelik");
        Names(Silence.InScope("people", EventFilter.Is("plan", "plus"))).Should().Equal("anna", "çelik");
        Names(Silence.InScope("people")).Should().Equal("anna", "seen", "çelik", "İpek");
        Names(Silence.InScope("activities", Cancel)).Should().Equal("ben");
        Names(Silence.InScope("people", EventFilter.Is("plan", "plus")).ActiveWithin(TimeSpan.FromDays(9.5))).Should().Equal("anna");

        string[] Names(EventFrame frame) => [.. frame.Cohort(world.History(), World.At(20)).Select(o => o.Entity.ToString())];
    }

    [Fact]
    public void Cohort_EntitiesFirstSeenLaterAdded_ChangesNoRow() => Gen.Select(World.Random, Gen.Select(Gen.Int[0, 5], Gen.Int[0, 20]).Array[1, 10]).Sample(
        (world, newcomers) =>
        {
            DateTimeOffset cutoff = World.At(17.5);
            EventFrame frame = Silence.ActiveWithin(TimeSpan.FromDays(9)).NotAfter(EventFilter.Is("kind", "ticket")).InScope("activities", EventFilter.IsNot("kind", "order"));
            Activity[] later = [.. newcomers.Select(n => new Activity($"new{n.Item1}", cutoff.UtcTicks + (n.Item2 * TimeSpan.TicksPerHour), 0, 1, "visit", 0))];
            IHistory before = world.History(), after = (world with { Activities = [.. world.Activities, .. later] }).History();
            ObservationSet rows = frame.Cohort(before, cutoff);
            LabelledObservations all = Silence.Label(after, Silence.Cohort(after, cutoff));

            frame.Cohort(after, cutoff).Should().Equal(rows);
            frame.Label(after, rows).Status.ToArray().Should().Equal(frame.Label(before, rows).Status.ToArray());
            all.CountOf(LabelStatus.NotAtRisk).Should().Be(0, "every row of a cohort is at risk");
        },
        iter: 200);

    [Fact]
    public void Label_AnyHistory_AgreesWithTheDefinition() => World.Random.Sample(
        world =>
        {
            ObservationSet rows = World.Rows();
            LabelStatus[] status = Silence.Label(world.History(), rows).Status.ToArray();
            for (int row = 0; row < status.Length; row++)
            {
                (string who, long cutoff) = (rows.Entities[row].ToString(), rows.CutoffTicks[row]);
                (long start, long end) = (cutoff + (2 * TimeSpan.TicksPerDay), cutoff + (12 * TimeSpan.TicksPerDay));
                bool known = world.Activities.Any(d => d.Who == who && d.At < cutoff && d.Known < cutoff) || world.Traits.Any(t => t.Who == who && t.At < cutoff);
                LabelStatus expected = !known ? LabelStatus.NotAtRisk
                    : start < World.At(2).UtcTicks || end > World.At(38).UtcTicks ? LabelStatus.Immature
                    : world.Activities.Any(d => d.Who == who && d.At >= start && d.At < end) ? LabelStatus.Negative
                    : LabelStatus.Positive;
                status[row].Should().Be(expected, rows[row].ToString());
            }
        },
        iter: 200);

    [Fact]
    public void Label_FewRowsOfManyEntities_AgreesWithAllOfThem()
    {
        World world = new([.. Enumerable.Range(0, 200).Select(i => Activity(i % 30, who: $"p{i:000}"))], []);
        InMemoryHistory history = world.History();
        LabelledObservations all = Silence.Label(history, ObservationSet.At(Enumerable.Range(0, 200).Select(i => (EntityKey)$"p{i:000}"), World.At(20)));

        for (int i = 0; i < 200; i += 17)
        {
            Silence.Label(history, ObservationSet.At([$"p{i:000}"], World.At(20))).Status[0].Should().Be(all.Status[i]);
        }
    }

    [Fact]
    public void Create_HorizonOfZero_SaysWhatToDo() =>
        FluentActions.Invoking(() => EventFrame.Absence("churn", "activities", TimeSpan.Zero))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The label horizon must be positive. Got 00:00:00 for frame 'churn'. Set Horizon to the span in which the outcome counts.*");

    [Fact]
    public void Create_NegativeTimes_SayWhatToDo()
    {
        FluentActions.Invoking(() => Silence with { Horizon = TimeSpan.FromDays(-1) }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The label horizon must be positive. Got -1.00:00:00 for frame 'silence'.*");
        FluentActions.Invoking(() => Silence with { LeadTime = TimeSpan.FromDays(-1) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The lead time must not be negative. Got -1.00:00:00 for frame 'silence'. Set LeadTime to the time that acting takes, or to zero.*");
        FluentActions.Invoking(() => Silence.ActiveWithin(TimeSpan.Zero))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The span of activity must be positive. Got 00:00:00 for frame 'silence'. Pass how recent the last event must be.*");
    }

    [Fact]
    public void Cohort_FrameThatDoesNotFit_NamesAllFaultsAtOnce()
    {
        EventFrame frame = EventFrame.Presence("cancels", "people", TimeSpan.FromDays(1), where: EventFilter.Is("stage", "x")).NotAfter(EventFilter.Is("amount", "x"), source: "activities").InScope("shops");

        FluentActions.Invoking(() => frame.Cohort(History(Activity(1)), World.At(20))).Should().Throw<PlanException>().Which.Faults.Should().Equal(
            "A label must read a source of events. Got 'people', which holds attributes. Name the source of the event.",
            "A filter must name a column of source 'people'. Got 'stage'. Use one of: fee, plan.",
            "The filter 'amount is x' needs a Category column. Got 'amount' of kind Number. Compare categories with Is, numbers with Above, AtLeast, Below or AtMost.",
            "The rule 'in scope by shops' must read a source of the history. Got 'shops'. Use one of: activities, people.");
    }

    [Fact]
    public void Cutoffs_HorizonBeyondTheData_NamesTheObservedEndAndTheHorizon()
    {
        EventFrame frame = EventFrame.Absence("silence", "activities", TimeSpan.FromDays(90)).On(CutoffGrid.Every(TimeSpan.FromDays(7)).After(TimeSpan.Zero));

        FluentActions.Invoking(() => frame.Cutoffs(History(Activity(1)))).Should().Throw<PlanException>().WithMessage(
            "Frame 'silence': At least one cutoff must have its label window (lead time 00:00:00, horizon 90.00:00:00) inside what was observed. " +
            "Got 6 cutoffs from 2026-01-03T00:00:00Z to 2026-02-07T00:00:00Z, with source 'activities' observed until 2026-02-08T00:00:00Z. " +
            "Shorten Horizon or LeadTime, use earlier cutoffs, or bring more data.");
    }

    [Fact]
    public void Cutoffs_WarmUpBeyondTheData_SaysSo() =>
        FluentActions.Invoking(() => Silence.Cutoffs(History(Activity(1)))).Should().Throw<PlanException>().WithMessage(
            "*Got no cutoff in the observed span [2026-01-03T00:00:00Z, 2026-02-08T00:00:00Z). Shorten the warm-up of the grid, set its bounds inside the span, or bring more data.");

    [Fact]
    public void Label_WithoutCutoffs_SaysWhatToDo() =>
        FluentActions.Invoking(() => Silence.Label(History(Activity(1)), ObservationSet.WithoutTime(["anna"])))
            .Should().Throw<ArgumentException>().WithMessage("Observations must have cutoffs to be labelled. Got rows without time for frame 'silence'. Use Cohort, or ObservationSet.At.*");

    [Fact]
    public void LabelHistory_OnAGrid_GivesOneRowPerEntityAndCutoff()
    {
        InMemoryHistory history = History(Activity(3), Activity(12, who: "ben"));
        LabelledObservations labels = Silence.On(CutoffGrid.Every(TimeSpan.FromDays(10)).After(TimeSpan.FromDays(3))).LabelHistory(history);

        labels.Observations.Select(o => $"{o.Entity} {o.Cutoff:MM-dd}").Should().Equal("anna 01-06", "anna 01-16", "ben 01-16", "anna 01-26", "ben 01-26", "anna 02-05", "ben 02-05");
        labels.Status.ToArray().Should().Equal([.. Enumerable.Repeat(LabelStatus.Positive, 5), LabelStatus.Immature, LabelStatus.Immature]);
        labels.LabelWindow(0).Should().Be(new TimeWindow(World.At(7), World.At(17)));
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Codec_SavedAndLoaded_KeepsTheFrame(int which)
    {
        EventFrame frame = Saved[which];
        string path = Path.Combine(Path.GetTempPath(), $"frame-{Environment.ProcessId}-{which}.mlsd");
        try
        {
            string hash = ArtifactFile.Save(path, frame);
            (EventFrame back, string loaded) = ArtifactFile.Load<EventFrame>(path);

            back.Should().Be(frame);
            back.Grid.Should().Be(frame.Grid);
            back.Rules.Should().Equal(frame.Rules);
            back.ToString().Should().Be(frame.ToString());
            loaded.Should().Be(hash);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"name":"x","outcome":"Absence","source":"s","where":null,"horizon":"00:00:00","leadTime":"00:00:00","grid":{"spacing":"Monthly","step":"00:00:00","warmUp":"00:00:00","first":null,"last":null,"listed":[]},"rules":[]}""")]
    public void Codec_MalformedPayload_IsCorrupted(string payload) =>
        FluentActions.Invoking(() => new EventFrameCodec().Read(new Payload(payload))).Should().Throw<ArtifactException>().Which.Fault.Should().Be(ArtifactFault.Corrupted);

    [Fact]
    public void ToString_OfAFrame_ReadsAsASentence() => Saved[1].ToString().Should().Be(
        "cancels: an event of activities where kind is cancel within 10.00:00:00 after a lead time of 2.00:00:00; active in activities within 30.00:00:00; not after activities where kind is cancel; in scope by people where fee above 5");

    public static TheoryData<int> Frames() => new(0, 1, 2);

    private static readonly EventFrame[] Saved =
    [
        Silence,
        Cancels.ActiveWithin(TimeSpan.FromDays(30)).NotAfter(Cancel).InScope("people", EventFilter.Above("fee", 5)).On(CutoffGrid.Every(TimeSpan.FromHours(36)).From(World.At(1)).Until(World.At(30))),
        Silence.On(CutoffGrid.At(World.At(9), World.At(3))).InScope("people"),
    ];

    private static LabelStatus Label(EventFrame frame, double cutoff, params Activity[] activities) => frame.Label(History(activities), ObservationSet.At(["anna"], World.At(cutoff))).Status[0];

    private static InMemoryHistory History(params Activity[] activities) => new World(activities, []).History();

    private static Activity Activity(double day, string kind = "order", string who = "anna") => new(who, World.At(day).UtcTicks, World.At(day).UtcTicks, 1, kind, 0);

    private sealed class Payload(string text) : IArtifactReader
    {
        public int Version => 1;

        ReadOnlyMemory<byte> IArtifactReader.Payload => System.Text.Encoding.UTF8.GetBytes(text);

        public TPart ReadPart<TPart>(string name)
            where TPart : IArtifactPart => throw new InvalidOperationException("It has no parts.");
    }
}
