using CsCheck;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Training;

public sealed class TemporalSplitTests
{
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Cutoffs on day 0, 30, 60, 90 and 120; label windows of 30 days after a lead time of 10; day 120 is immature.
    private static readonly LabelledObservations Labels = Of(
        10, 30, (0, "PN"), (30, "NP"), (50, "PP"), (60, "NX"), (90, "PNX"), (120, "II"));

    [Fact]
    public void LastMature_Purges_CutoffsWhoseLabelWindowReachesThePastTheTest()
    {
        TemporalSplit split = TemporalSplit.LastMature(Labels);

        split.TestRows.ToArray().Should().Equal(8, 9); // day 90
        split.TrainingRows.ToArray().Should().Equal(0, 1, 2, 3, 4, 5); // day 50 + 10 + 30 = 90: just in
        split.Report.Cutoffs.Select(c => (c.Training, c.Test, c.Purged, c.Immature, c.NotAtRisk, c.Positives)).Should().Equal(
            (2, 0, 0, 0, 0, 1), (2, 0, 0, 0, 0, 1), (2, 0, 0, 0, 0, 2), (0, 0, 1, 0, 1, 0), (0, 2, 0, 0, 1, 1), (0, 0, 0, 2, 0, 0));
        split.Report.FirstTestCutoff.Should().Be(Origin.AddDays(90));
    }

    [Fact]
    public void LastMature_SeveralTestCutoffs_PurgesBeforeTheFirst()
    {
        TemporalSplit split = TemporalSplit.LastMature(Labels, testCutoffs: 3);

        split.TestRows.ToArray().Should().Equal(4, 5, 6, 8, 9);
        split.TrainingRows.ToArray().Should().Equal(0, 1); // 0 + 40 <= 50; 30 + 40 is not
    }

    [Fact]
    public void LastMature_Embargo_PurgesMore() => TemporalSplit.LastMature(Labels, embargo: TimeSpan.FromTicks(1)).TrainingRows.ToArray().Should().Equal(0, 1, 2, 3);

    [Fact]
    public void LastMature_AnyLabels_NoTrainingLabelReachesPastTheFirstTestCutoff() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 60], Gen.Int[0, 30], Gen.Int[1, 3], Gen.Select(Gen.Int[0, 200], Gen.Int[0, 3]).Array[1, 40]).Sample(
            (lead, horizon, embargo, k, rows) =>
            {
                ObservationSet observations = ObservationSet.Of(rows.Select((r, i) => new Observation(i, Origin.AddDays(r.Item1))));
                LabelledObservations labels = new(observations, [.. rows.Select(r => (LabelStatus)r.Item2)], TimeSpan.FromDays(lead), TimeSpan.FromDays(horizon));
                TemporalSplit split;
                try
                {
                    split = TemporalSplit.LastMature(labels, k, TimeSpan.FromDays(embargo));
                }
                catch (PlanException)
                {
                    return;
                }

                int[] used = [.. split.TrainingRows, .. split.TestRows];
                used.Should().OnlyHaveUniqueItems();
                used.Should().OnlyContain(row => rows[row].Item2 < 2, "only rows with a label are used");
                long first = split.TestRows.ToArray().Min(row => observations.CutoffTicks[row]);
                split.TrainingRows.ToArray().Should().OnlyContain(row => labels.LabelWindow(row).End.AddDays(embargo).UtcTicks <= first);
                split.TestRows.ToArray().Select(row => observations.CutoffTicks[row]).Distinct().Count().Should().Be(k);
                CutoffRows total = split.Report.Total;
                (total.Training + total.Test + total.Purged + total.Immature + total.NotAtRisk).Should().Be(rows.Length, "no row is lost from the account");
            },
            iter: 300);

    [Fact]
    public void Apply_Table_MakesBothSetsWithTargetsAndValues()
    {
        FeatureTable table = new FeatureTableBuilder(Labels.Observations)
            .Number("fee", [.. Enumerable.Range(0, Labels.Observations.Count).Select(i => (double)i)])
            .Category("plan", ["b", "a", "b", null, "a", "b", "x", "x", "c", "a", "x", "x", "x"])
            .Build();
        (TrainingSet training, HoldoutSet holdout) = TemporalSplit.LastMature(Labels).Apply(table, OutcomeValue.PerRow("fee", 2, Currency.Eur));

        training.Targets.ToArray().Should().Equal(1, 0, 0, 1, 1, 1);
        training.Values!.Amounts.ToArray().Should().Equal(0, 2, 4, 6, 8, 10);
        holdout.Targets.ToArray().Should().Equal(1, 0);
        holdout.Values!.Amounts.ToArray().Should().Equal(16, 18);
        training.Features.Schema[1].Levels.Should().Equal(["a", "b"], "levels that occur in the test only were not there to be learnt");
        holdout.Features.CategoryAt("plan", 0).Should().Be("c", "an eligibility rule reads what is there, as in use");
        holdout.Features.AlignTo(training.Features.Schema).Codes(1).ToArray().Should().Equal(-1, 0);
    }

    [Fact]
    public void Apply_WithCosts_GivesEachSetThoseOfItsRows()
    {
        FeatureTable table = new FeatureTableBuilder(Labels.Observations).Number("x", [.. Enumerable.Range(0, 13).Select(i => (double)i)]).Build();

        (TrainingSet training, HoldoutSet holdout) = TemporalSplit.LastMature(Labels).Apply(table, costs: Costs(13));

        training.Costs!.FalsePositive.Amounts.ToArray().Should().Equal(training.Features.Numbers(0).ToArray());
        holdout.Costs!.FalsePositive.Amounts.ToArray().Should().Equal(holdout.Features.Numbers(0).ToArray());
        FluentActions.Invoking(() => TemporalSplit.LastMature(Labels).Apply(table, costs: Costs(2))).Should().Throw<ArgumentException>()
            .WithMessage("Costs must have one entry per observation (13). Got 2. Pass those of all observations.*");

        static CostMatrix Costs(int rows)
        {
            MoneyColumn column = new(Enumerable.Range(0, rows).Select(i => (double)i).ToArray(), Currency.Eur);
            return new CostMatrix(column, column, column, column);
        }
    }

    [Fact]
    public void Apply_TableOfOtherRows_SaysWhatToDo()
    {
        FeatureTable table = new FeatureTableBuilder(Labels.Observations.Select([1, 0])).Number("x", [1, 2]).Build();

        FluentActions.Invoking(() => TemporalSplit.LastMature(Labels).Apply(table)).Should().Throw<ArgumentException>().WithMessage(
            "The features must have the rows of the labels, in the same order. Got 2 rows of features and 13 of labels, which differ. Build the features from labels.Observations.*");
    }

    [Fact]
    public void LastMature_NothingMature_SaysWhatToDo() =>
        FluentActions.Invoking(() => TemporalSplit.LastMature(Of(0, 30, (0, "IIX")))).Should().Throw<PlanException>().WithMessage(
            "Temporal split: At least one row must have a positive or negative label. Got 3 rows: 2 immature, 1 not at risk. Shorten the horizon, loosen the rules of the frame, or bring more data.");

    [Fact]
    public void LastMature_NothingLeftToTrainOn_NamesTheNumbers() =>
        FluentActions.Invoking(() => TemporalSplit.LastMature(Of(0, 90, (0, "PN"), (30, "PN"), (60, "PN")))).Should().Throw<PlanException>().WithMessage(
            "Temporal split: Training needs a cutoff whose label window (lead time 00:00:00, horizon 90.00:00:00, embargo 00:00:00) ends by the first test cutoff, 2026-03-02. " +
            "Got 3 mature cutoffs from 2026-01-01 to 2026-03-02, 1 of them to test on, and 4 purged rows. " +
            "Start the grid earlier, test on fewer cutoffs, shorten the horizon or the embargo, or bring more data.");

    [Fact]
    public void LastMature_Nonsense_SaysWhatToDo()
    {
        FluentActions.Invoking(() => TemporalSplit.LastMature(Labels, 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("A split must test on at least one cutoff. Got 0. Pass 1 or more.*");
        FluentActions.Invoking(() => TemporalSplit.LastMature(Labels, 1, TimeSpan.FromDays(-1)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The embargo must not be negative. Got -1.00:00:00. Pass zero, or how late outcomes settle.*");
    }

    [Fact]
    public void Report_ToString_IsATable() => TemporalSplit.LastMature(Of(0, 30, (0, "PNX"), (20, "P"), (30, "PN"))).Report.ToString().Should().Be(
        """
        cutoff      training      test    purged  immature  not at risk  positives
        2026-01-01         2         0         0         0            1          1
        2026-01-21         0         0         1         0            0          0
        2026-01-31         0         2         0         0            0          1
        total              2         2         1         0            1          2
        """);

    // P positive, N negative, I immature, X not at risk.
    private static LabelledObservations Of(int lead, int horizon, params (int Day, string Status)[] cutoffs) => new(
        ObservationSet.Of(cutoffs.SelectMany(c => c.Status.Select((_, i) => new Observation($"p{i}", Origin.AddDays(c.Day))))),
        [.. cutoffs.SelectMany(c => c.Status.Select(s => s switch { 'P' => LabelStatus.Positive, 'N' => LabelStatus.Negative, 'I' => LabelStatus.Immature, _ => LabelStatus.NotAtRisk }))],
        TimeSpan.FromDays(lead),
        TimeSpan.FromDays(horizon));

    [Fact]
    public void LastMature_WhereLabelsSettleLate_PurgesUntilTheyWereKnown()
    {
        LabelStatus[] status = [LabelStatus.Positive, LabelStatus.Negative, LabelStatus.Positive, LabelStatus.Negative];
        DateTimeOffset day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ObservationSet rows = ObservationSet.Of([new("a", day), new("b", day), new("a", day.AddDays(60)), new("b", day.AddDays(60))]);
        TimeSpan horizon = TimeSpan.FromDays(60);

        TemporalSplit.LastMature(new LabelledObservations(rows, status, TimeSpan.Zero, horizon)).TrainingRows.ToArray().Should().Equal(0, 1);
        Action late = () => TemporalSplit.LastMature(new LabelledObservations(rows, status, TimeSpan.Zero, horizon, TimeSpan.FromTicks(1)));

        late.Should().Throw<PlanException>("the outcomes of the first cutoff were known only after the second");
    }
}
