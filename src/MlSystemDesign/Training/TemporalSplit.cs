namespace MlSystemDesign.Training;

/// <summary>Splits labelled observations by time: the last mature cutoffs test, and everything whose outcome was known before them trains.</summary>
/// <remarks>
/// <para>Immutable. A cutoff trains only when its label window, the delay after which its labels settle, and the embargo end at or before the first test cutoff: nothing that decided a training label
/// happened after the model would have been used. Cutoffs in between are purged. Rows without a positive or negative label are never used.</para>
/// <para>An entity may stand on both sides, at different cutoffs: that is how the model will be used. Source: López de Prado, Advances in Financial Machine Learning, 2018, ch. 7
/// (purging and embargo).</para>
/// </remarks>
/// <example><code>
/// TemporalSplit split = TemporalSplit.LastMature(labels);
/// (TrainingSet training, HoldoutSet holdout) = split.Apply(features);
/// </code></example>
public sealed class TemporalSplit
{
    private readonly LabelledObservations _labels;
    private readonly int[] _trainingRows;
    private readonly int[] _testRows;

    private TemporalSplit(LabelledObservations labels, TemporalSplitReport report, int[] trainingRows, int[] testRows)
    {
        _labels = labels;
        Report = report;
        _trainingRows = trainingRows;
        _testRows = testRows;
    }

    /// <summary>Gets the rows to train on: positions in the observations, ascending.</summary>
    public ReadOnlySpan<int> TrainingRows => _trainingRows;

    /// <summary>Gets the rows to test on: positions in the observations, ascending.</summary>
    public ReadOnlySpan<int> TestRows => _testRows;

    /// <summary>Gets what became of the rows of each cutoff.</summary>
    public TemporalSplitReport Report { get; }

    /// <summary>Tests on the last mature cutoffs: those with at least one positive or negative label.</summary>
    /// <param name="labels">Observations with cutoffs and their labels.</param>
    /// <param name="testCutoffs">How many cutoffs to test on; at least 1.</param>
    /// <param name="embargo">Extra time that must pass between the end of a training label window and the first test cutoff, for outcomes that settle late. Zero by default.</param>
    /// <exception cref="PlanException">No cutoff is mature, or nothing is left to train on; the message says with which numbers, and what to change.</exception>
    public static TemporalSplit LastMature(LabelledObservations labels, int testCutoffs = 1, TimeSpan embargo = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (testCutoffs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(testCutoffs), $"A split must test on at least one cutoff. Got {testCutoffs}. Pass 1 or more.");
        }

        if (embargo < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(embargo), $"The embargo must not be negative. Got {embargo:c}. Pass zero, or how late outcomes settle.");
        }

        long[] mature = MatureCutoffs(labels);
        if (mature.Length == 0)
        {
            throw new PlanException("Temporal split", [TemporalSplitReport.NothingMature(labels)]);
        }

        long firstTest = mature[Math.Max(0, mature.Length - testCutoffs)];
        Int128 reach = (Int128)labels.LeadTime.Ticks + labels.Horizon.Ticks + labels.SettleDelay.Ticks + embargo.Ticks;
        TemporalSplitReport report = TemporalSplitReport.Of(labels, firstTest, reach, embargo);
        int[] training = RowsWhere(labels, cutoff => cutoff < firstTest && cutoff + reach <= firstTest);
        return training.Length > 0
            ? new TemporalSplit(labels, report, training, RowsWhere(labels, cutoff => cutoff >= firstTest))
            : throw new PlanException("Temporal split", [report.NothingToTrainOn(mature, testCutoffs)]);
    }

    /// <summary>Makes the two sets.</summary>
    /// <param name="features">The features of the same observations, in the same order.</param>
    /// <param name="value">What an outcome is worth, when money plays a part.</param>
    /// <param name="costs">What acting or not costs, one per observation in the order of the features, when known.</param>
    /// <returns>Rows to fit to and rows kept from all fitting. Categories of the training rows have the levels that occur there. The holdout keeps its own, as rows in use do: a model takes an unseen one as missing, an eligibility rule reads it.</returns>
    /// <exception cref="ArgumentException">The table has other rows than the labels.</exception>
    public (TrainingSet Training, HoldoutSet Holdout) Apply(FeatureTable features, OutcomeValue? value = null, CostMatrix? costs = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        RequireSameRows(features.Observations);
        if (costs is not null && costs.Count != features.RowCount)
        {
            throw new ArgumentException($"Costs must have one entry per observation ({features.RowCount}). Got {costs.Count}. Pass those of all observations.", nameof(costs));
        }

        FeatureTable training = features.SelectRows(_trainingRows);
        training = training.AlignTo(OccurringLevels(training));
        FeatureTable holdout = features.SelectRows(_testRows);
        return (
            new TrainingSet(training, Targets(_trainingRows), values: value?.Amounts(training), costs: costs?.Select(_trainingRows)),
            new HoldoutSet(holdout, Targets(_testRows), values: value?.Amounts(holdout), costs: costs?.Select(_testRows)));
    }

    private static long[] MatureCutoffs(LabelledObservations labels)
    {
        SortedSet<long> cutoffs = [];
        for (int row = 0; row < labels.Status.Length; row++)
        {
            if (IsUsable(labels.Status[row]))
            {
                cutoffs.Add(labels.Observations.CutoffTicks[row]);
            }
        }

        return [.. cutoffs];
    }

    internal static bool IsUsable(LabelStatus status) => status is LabelStatus.Positive or LabelStatus.Negative;

    private static int[] RowsWhere(LabelledObservations labels, Predicate<long> cutoff)
    {
        List<int> rows = [];
        for (int row = 0; row < labels.Status.Length; row++)
        {
            if (IsUsable(labels.Status[row]) && cutoff(labels.Observations.CutoffTicks[row]))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    private static FeatureSchema OccurringLevels(FeatureTable table)
    {
        FeatureColumn[] columns = [.. table.Schema];
        for (int c = 0; c < columns.Length; c++)
        {
            bool[] occurs = new bool[columns[c].Levels.Count];
            foreach (int code in table.Codes(c))
            {
                if (code >= 0)
                {
                    occurs[code] = true;
                }
            }

            columns[c] = occurs.Length == 0 ? columns[c] : columns[c] with { Levels = [.. columns[c].Levels.Where((_, code) => occurs[code])] };
        }

        return new FeatureSchema(columns);
    }

    private double[] Targets(int[] rows) => Array.ConvertAll(rows, row => _labels.Status[row] == LabelStatus.Positive ? 1.0 : 0.0);

    private void RequireSameRows(ObservationSet observations)
    {
        ObservationSet labelled = _labels.Observations;
        if (!ReferenceEquals(observations, labelled)
            && !(observations.CutoffTicks.SequenceEqual(labelled.CutoffTicks) && observations.Entities.SequenceEqual(labelled.Entities)))
        {
            throw new ArgumentException(
                $"The features must have the rows of the labels, in the same order. Got {observations.Count} rows of features and {labelled.Count} of labels, which differ. Build the features from labels.Observations.",
                nameof(observations));
        }
    }
}
