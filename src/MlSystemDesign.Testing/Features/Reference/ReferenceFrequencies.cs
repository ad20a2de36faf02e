using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>What the frequencies of values tell.</summary>
internal static class ReferenceFrequencies
{
    /// <summary>Computes from the values that are there, texts or numbers.</summary>
    internal static ReferenceValue Of(FeatureDefinition feature, object[] values)
    {
        int[] counts = [.. values.GroupBy(v => v).Select(g => g.Count()).OrderDescending()];
        double n = values.Length;
        return feature.Aggregate switch
        {
            FeatureAggregate.Distinct => new(counts.Length),
            _ when counts.Length == 0 => ReferenceValue.Missing,
            FeatureAggregate.TopShare => new(counts.Take((int)(feature.Parameter ?? 1)).Sum() / n),
            FeatureAggregate.Entropy => counts.Length == 1 ? new(0) : new(-counts.Sum(c => c / n * Math.Log(c / n)), 1e-13),
            _ => throw new InvalidOperationException(),
        };
    }
}
