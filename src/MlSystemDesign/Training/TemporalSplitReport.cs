using System.Globalization;
using System.Text;

namespace MlSystemDesign.Training;

/// <summary>What became of the rows of one cutoff.</summary>
/// <param name="Cutoff">The cutoff.</param>
/// <param name="Training">Rows to train on.</param>
/// <param name="Test">Rows to test on.</param>
/// <param name="Purged">Labelled rows left out, because their label window, or the delay after which it settles, reaches past the first test cutoff.</param>
/// <param name="Immature">Rows whose label nobody can tell yet.</param>
/// <param name="NotAtRisk">Rows that were not exposed to the outcome.</param>
/// <param name="Positives">Positives among the rows to train and test on.</param>
public readonly record struct CutoffRows(DateTimeOffset Cutoff, int Training, int Test, int Purged, int Immature, int NotAtRisk, int Positives);

/// <summary>What became of every row of a temporal split, cutoff by cutoff.</summary>
public sealed record TemporalSplitReport
{
    /// <summary>Gets the first cutoff of the test.</summary>
    public required DateTimeOffset FirstTestCutoff { get; init; }

    /// <summary>Gets the lead time of the labels.</summary>
    public required TimeSpan LeadTime { get; init; }

    /// <summary>Gets the horizon of the labels.</summary>
    public required TimeSpan Horizon { get; init; }

    /// <summary>Gets the embargo.</summary>
    public required TimeSpan Embargo { get; init; }

    /// <summary>Gets the counts per cutoff, oldest first.</summary>
    public required IReadOnlyList<CutoffRows> Cutoffs { get; init; }

    /// <summary>Gets the totals; its cutoff is the first test cutoff.</summary>
    public CutoffRows Total => new(
        FirstTestCutoff, Cutoffs.Sum(c => c.Training), Cutoffs.Sum(c => c.Test), Cutoffs.Sum(c => c.Purged), Cutoffs.Sum(c => c.Immature), Cutoffs.Sum(c => c.NotAtRisk), Cutoffs.Sum(c => c.Positives));

    /// <summary>Returns a table, one line per cutoff.</summary>
    public override string ToString()
    {
        StringBuilder text = new("cutoff      training      test    purged  immature  not at risk  positives\n");
        foreach (CutoffRows c in Cutoffs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{c.Cutoff:yyyy-MM-dd}  {c.Training,8}  {c.Test,8}  {c.Purged,8}  {c.Immature,8}  {c.NotAtRisk,11}  {c.Positives,9}\n");
        }

        CutoffRows total = Total;
        return text.Append(
            CultureInfo.InvariantCulture,
            $"total       {total.Training,8}  {total.Test,8}  {total.Purged,8}  {total.Immature,8}  {total.NotAtRisk,11}  {total.Positives,9}").ToString();
    }

    internal static TemporalSplitReport Of(LabelledObservations labels, long firstTest, Int128 reach, TimeSpan embargo)
    {
        SortedDictionary<long, CutoffRows> counts = [];
        for (int row = 0; row < labels.Status.Length; row++)
        {
            long cutoff = labels.Observations.CutoffTicks[row];
            LabelStatus status = labels.Status[row];
            CutoffRows c = counts.GetValueOrDefault(cutoff, new CutoffRows(new DateTimeOffset(cutoff, TimeSpan.Zero), 0, 0, 0, 0, 0, 0));
            bool test = cutoff >= firstTest, training = !test && cutoff + reach <= firstTest;
            counts[cutoff] = status switch
            {
                LabelStatus.Immature => c with { Immature = c.Immature + 1 },
                LabelStatus.NotAtRisk => c with { NotAtRisk = c.NotAtRisk + 1 },
                _ when !test && !training => c with { Purged = c.Purged + 1 },
                _ => c with
                {
                    Test = c.Test + (test ? 1 : 0),
                    Training = c.Training + (training ? 1 : 0),
                    Positives = c.Positives + (status == LabelStatus.Positive ? 1 : 0),
                },
            };
        }

        return new TemporalSplitReport
        {
            FirstTestCutoff = new DateTimeOffset(firstTest, TimeSpan.Zero),
            LeadTime = labels.LeadTime,
            Horizon = labels.Horizon,
            Embargo = embargo,
            Cutoffs = [.. counts.Values],
        };
    }

    internal static string NothingMature(LabelledObservations labels) => string.Create(
        CultureInfo.InvariantCulture,
        $"At least one row must have a positive or negative label. Got {labels.Observations.Count} rows: {labels.CountOf(LabelStatus.Immature)} immature, {labels.CountOf(LabelStatus.NotAtRisk)} not at risk. Shorten the horizon, loosen the rules of the frame, or bring more data.");

    internal string NothingToTrainOn(IReadOnlyList<long> mature, int testCutoffs) => string.Create(
        CultureInfo.InvariantCulture,
        $"Training needs a cutoff whose label window (lead time {LeadTime:c}, horizon {Horizon:c}, embargo {Embargo:c}) ends by the first test cutoff, {FirstTestCutoff:yyyy-MM-dd}. Got {mature.Count} mature cutoffs from {new DateTimeOffset(mature[0], TimeSpan.Zero):yyyy-MM-dd} to {new DateTimeOffset(mature[^1], TimeSpan.Zero):yyyy-MM-dd}, {testCutoffs} of them to test on, and {Total.Purged} purged rows. Start the grid earlier, test on fewer cutoffs, shorten the horizon or the embargo, or bring more data.");
}
