namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>A contender whose answers were compared with the reference and found right.</summary>
/// <param name="Contender">The short name.</param>
/// <param name="Size">The size of the log.</param>
/// <param name="Cutoffs">a, b or c.</param>
/// <param name="Pairs">How many pairs were compared.</param>
/// <param name="Worst">The largest relative difference of any feature but the slope.</param>
/// <param name="WorstSlope">That of the slope.</param>
internal sealed record CheckedAnswers(string Contender, string Size, string Cutoffs, int Pairs, double Worst, double WorstSlope);
