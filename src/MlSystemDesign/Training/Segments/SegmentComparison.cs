using System.Globalization;

namespace MlSystemDesign.Training;

/// <summary>Compares routed with global predictions, segment by segment, on the same out-of-fold rows.</summary>
internal sealed class SegmentComparison(
    TrainingSet training, string?[] segments, double[] routed, double[] global, IObjective objective, double confidence)
{
    internal string Describe(string segment) =>
        Describe($"Segment '{segment}'", [.. Enumerable.Range(0, segments.Length).Where(i => string.Equals(segments[i], segment, StringComparison.Ordinal))]);

    internal string DescribeAll() => Describe("All rows", [.. Enumerable.Range(0, segments.Length)]);

    private string Describe(string name, int[] rows)
    {
        TrainingSet some = training.Select(rows);
        double[] own = Array.ConvertAll(rows, i => routed[i]), others = Array.ConvertAll(rows, i => global[i]);
        PairedComparison paired = PairedComparison.Of(others, own, some, objective, confidence);
        string range = paired.Interval is { } interval
            ? string.Create(CultureInfo.InvariantCulture, $"{interval.Lower:0.00000} to {interval.Upper:0.00000} at {interval.Confidence * 100:0.#} %, {paired.Entities} entities")
            : "no interval: one entity only";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, out of fold: per segment {objective.Measure(own, some)}; global {objective.Measure(others, some)}; gain in {paired.Measure} {paired.Gain:0.00000} ({range}).");
    }
}
