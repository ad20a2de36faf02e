namespace MlSystemDesign.Training;

/// <summary>Settings of <see cref="SegmentedTrainer"/>.</summary>
public sealed record SegmentedOptions
{
    /// <summary>Gets the fewest training rows of a segment that gets a model of its own.</summary>
    /// <value>At least 1. The default is 500.</value>
    public int MinRows { get; init; } = 500;

    /// <summary>Gets the fewest rows of either class of such a segment; not looked at for values.</summary>
    /// <value>At least 1. The default is 50.</value>
    public int MinPositives { get; init; } = 50;

    /// <summary>Gets the coverage of the intervals of the comparison with the global model.</summary>
    /// <value>In (0, 1). The default is 0.95.</value>
    public double Confidence { get; init; } = 0.95;

    internal void Validate()
    {
        OptionRange.AtLeast(MinRows, 1, nameof(MinRows), nameof(SegmentedTrainer));
        OptionRange.AtLeast(MinPositives, 1, nameof(MinPositives), nameof(SegmentedTrainer));
        OptionRange.In(Confidence, 0.01, 0.999, nameof(Confidence), nameof(SegmentedTrainer));
    }

    internal bool Suffice(TrainingSet rows) => rows.Count >= MinRows
        && (rows.TargetKind == TargetKind.Value || (rows.PositiveCount >= MinPositives && rows.Count - rows.PositiveCount >= MinPositives));
}
