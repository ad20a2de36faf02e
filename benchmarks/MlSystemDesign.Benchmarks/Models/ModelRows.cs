namespace MlSystemDesign.Benchmarks.Models;

/// <summary>The rows of a real data set.</summary>
/// <param name="Training">Rows to train on; where they carry costs, savings are measured.</param>
/// <param name="Later">Rows of a later time, to test on; without them the out-of-fold predictions are measured.</param>
internal sealed record ModelRows(TrainingSet Training, HoldoutSet? Later = null);
