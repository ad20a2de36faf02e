using System.Globalization;
using MlSystemDesign.Features;
using MlSystemDesign.Framing;
using MlSystemDesign.History;
using MlSystemDesign.Training;

namespace MlSystemDesign.Tests.Framing;

/// <summary>Label shares of a real purchase log, measured with an independent tool: see the README of ../shared/data. There a cut-off is a day D and the label window is
/// (D, D + 90 d] on whole days; that is the cutoff D + 1 day, 00:00, here.</summary>
public sealed class CdnowTests
{
    private const string File = "cdnow_master.csv";
    private static readonly Lazy<InMemoryHistory> History = new(Read);
    private static readonly EventFrame Churn = EventFrame.Absence("no purchase in 90 d", of: "purchases", horizon: TimeSpan.FromDays(90));

    [SharedDataFact(File)]
    public void Label_OfAllKnownCustomers_HasTheMeasuredShares()
    {
        Share(Churn, Utc(1997, 7, 1)).Should().Be((23_570, 82.15));
        Share(Churn, Utc(1997, 10, 1)).Should().Be((23_570, 82.28));
        Share(Churn, Utc(1998, 1, 1)).Should().Be((23_570, 83.81));
    }

    [SharedDataFact(File)]
    public void Label_OfActiveCustomers_HasTheMeasuredShares()
    {
        EventFrame active = Churn.ActiveWithin(TimeSpan.FromDays(90));

        Share(active, Utc(1997, 7, 1)).Should().Be((5_322, 57.85));
        Share(active, Utc(1997, 10, 1)).Should().Be((4_195, 51.66));
        Share(active, Utc(1998, 1, 1)).Should().Be((4_176, 53.59));
    }

    [SharedDataFact(File)]
    public void FrameSplitAndFeatures_OfTheWholeLog_FitTogether()
    {
        LabelledObservations labels = Churn.ActiveWithin(TimeSpan.FromDays(90)).LabelHistory(History.Value);
        TemporalSplit split = TemporalSplit.LastMature(labels);
        FeaturePlan plan = FeaturePlan.For("purchases", f => f.OverDays(30, 90).Count().Sum("dollars").Recency());
        (TrainingSet training, HoldoutSet holdout) = split.Apply(new BatchFeatureBuilder(plan).Build(History.Value, labels.Observations));

        // Observed until 1998-07-01, so the last mature cutoff of the monthly grid is 1998-04-01, and the last to train on is 1998-01-01.
        split.Report.FirstTestCutoff.Should().Be(Utc(1998, 4, 1));
        split.Report.Cutoffs.Where(c => c.Training > 0).Select(c => c.Cutoff).Should().HaveCount(10).And.EndWith(Utc(1998, 1, 1)).And.StartWith(Utc(1997, 4, 1));
        split.Report.Cutoffs.Where(c => c.Immature > 0).Select(c => c.Cutoff).Should().Equal(Utc(1998, 5, 1), Utc(1998, 6, 1), Utc(1998, 7, 1));
        (training.Count, holdout.Count).Should().Be((split.TrainingRows.Length, split.TestRows.Length));
        holdout.Features.Numbers("count_90d").ToArray().Should().OnlyContain(n => n >= 1, "who is at risk bought in the 90 days before");
        holdout.Features.Numbers("recency").ToArray().Should().OnlyContain(d => d > 0 && d <= 90);
    }

    private static (int Rows, double Percent) Share(EventFrame frame, DateTimeOffset cutoff)
    {
        LabelledObservations labels = frame.Label(History.Value, frame.Cohort(History.Value, cutoff));
        return (labels.Observations.Count, Math.Round(100.0 * labels.CountOf(LabelStatus.Positive) / labels.Observations.Count, 2));
    }

    private static InMemoryHistory Read() => new HistoryBuilder()
        .AddEvents("purchases", System.IO.File.ReadLines(SharedData.Path(File)).Skip(1).Select(line => line.Split(',')), m => m
            .Entity(c => c[0])
            .Time(c => DateTime.ParseExact(c[1], "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Number("cds", c => double.Parse(c[2], CultureInfo.InvariantCulture))
            .Number("dollars", c => double.Parse(c[3], CultureInfo.InvariantCulture), "USD"))
        .Build().History;

    private static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
