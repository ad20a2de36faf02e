namespace MlSystemDesign;

/// <summary>A model with what it predicted for rows that its fit had not seen.</summary>
public sealed record TrainingResult
{
    /// <summary>Gets the model, fitted to all training rows.</summary>
    public required TrainedModel Model { get; init; }

    /// <summary>Gets calibrated out-of-fold predictions, one per training row, in row order: folds by entity, calibration by cross-fitting.</summary>
    public required ReadOnlyMemory<double> OutOfFold { get; init; }

    /// <summary>Gets the objective measured on <see cref="OutOfFold"/>.</summary>
    public required Metric Objective { get; init; }

    /// <summary>Gets remarks for the report, such as which candidates were compared and which could not run.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
