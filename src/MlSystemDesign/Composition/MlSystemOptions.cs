namespace MlSystemDesign;

/// <summary>How a system trains and decides, besides its parts.</summary>
public sealed class MlSystemOptions
{
    /// <summary>Gets or sets how many threads the trainer may use, and the features when they are registered as a plan; a builder made by hand has its own. No result depends on it.</summary>
    /// <value>Threads, 1 to 1024. The default is the number of processors.</value>
    public int DegreeOfParallelism { get; set; } = Environment.ProcessorCount;

    /// <summary>Gets or sets the seed of everything random: folds, sampling, resampling. Equal data and seed give equal bits.</summary>
    /// <value>Any integer. The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>Gets or sets the number of folds, by entity, for out-of-fold predictions.</summary>
    /// <value>Folds, 2 to 100. The default is 5.</value>
    public int Folds { get; set; } = 5;

    /// <summary>Gets or sets how many of the last mature cutoffs are kept from all fitting, for the evaluation.</summary>
    /// <value>Cutoffs, 1 to 1000. The default is 1.</value>
    public int HoldoutCutoffs { get; set; } = 1;

    /// <summary>Gets or sets extra time between the end of a training label window and the first test cutoff, for outcomes that settle later than the source says.</summary>
    /// <value>Zero or positive. The default is zero: the source's own delay is taken into account anyway.</value>
    public TimeSpan Embargo { get; set; }

    /// <summary>Gets or sets the nominal coverage of intervals.</summary>
    /// <value>In [0.5, 0.999]. The default is 0.95.</value>
    public double Confidence { get; set; } = 0.95;

    /// <summary>Gets or sets a value indicating whether training stops with a <see cref="LeakageException"/> when a leak is proven.</summary>
    /// <value>The default is <see langword="true"/>. When <see langword="false"/> the report still has every finding.</value>
    public bool RefuseProvenLeakage { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether every candidate's prediction is written to the ledger at a decision run, besides the decisions.</summary>
    /// <value>The default is <see langword="true"/>: without the predictions of those left alone, quality cannot be judged later.</value>
    public bool RecordPredictions { get; set; } = true;
}
