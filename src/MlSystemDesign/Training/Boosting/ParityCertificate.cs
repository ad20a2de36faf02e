namespace MlSystemDesign.Training.Boosting;

/// <summary>Outcome of scoring probe rows with the native and the managed scorer.</summary>
/// <param name="ProbeRows">Rows compared: training rows, and variants with missing, unseen, extreme and threshold values.</param>
/// <param name="MaxDifference">Largest absolute difference of the raw margins; 0 is expected.</param>
internal readonly record struct ParityCertificate(int ProbeRows, double MaxDifference);
