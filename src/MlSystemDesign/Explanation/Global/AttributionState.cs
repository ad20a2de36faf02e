using MlSystemDesign.Statistics;

namespace MlSystemDesign.Explanation;

/// <summary>What is kept of the attributions that were seen: sums by group of entities, and a sample of rows. Where each sum lies.</summary>
internal sealed class AttributionState
{
    /// <summary>The slot that counts rows.</summary>
    internal const int RowSlot = 0;

    private const int PerFeature = 4, PerBin = 3;

    private readonly int[] _firstBin;

    internal AttributionState(FeatureSchema schema, IReadOnlyList<ColumnBins> bins, int sampleSize)
    {
        Schema = schema;
        Bins = bins;
        Features = [.. schema.Select(c => c.Group).Distinct(StringComparer.Ordinal)];
        FeatureOf = [.. schema.Select(c => Array.IndexOf(Features, c.Group))];
        _firstBin = new int[schema.Count + 1];
        for (int c = 0; c < schema.Count; c++)
        {
            _firstBin[c + 1] = _firstBin[c] + bins[c].Count;
        }

        Sums = new GroupSums(BinSlot(schema.Count, 0));
        Sample = new RowSample(sampleSize);
    }

    private AttributionState(AttributionState other)
    {
        (Schema, Bins, Features, FeatureOf, _firstBin) = (other.Schema, other.Bins, other.Features, other.FeatureOf, other._firstBin);
        (Sums, Sample) = (other.Sums.Copy(), other.Sample.Copy());
    }

    internal FeatureSchema Schema { get; }

    internal IReadOnlyList<ColumnBins> Bins { get; }

    /// <summary>Gets the business features, in the order of the model.</summary>
    internal string[] Features { get; }

    /// <summary>Gets the business feature of each column.</summary>
    internal int[] FeatureOf { get; }

    internal GroupSums Sums { get; }

    internal RowSample Sample { get; }

    /// <summary>Gets the number of rows.</summary>
    internal double Rows => Sums.Total(RowSlot);

    /// <summary>Where the sums of a feature lie: |SHAP|, SHAP, |change of the prediction|, change of the prediction.</summary>
    internal static int FeatureSlot(int feature) => 1 + (PerFeature * feature);

    /// <summary>Where the sum of |SHAP| of a column lies.</summary>
    internal int ColumnSlot(int column) => FeatureSlot(Features.Length) + column;

    /// <summary>Where the sums of a bin lie: rows, SHAP, values.</summary>
    internal int BinSlot(int column, int bin) => ColumnSlot(Schema.Count) + (PerBin * (_firstBin[column] + bin));

    /// <summary>The state as it is now.</summary>
    internal AttributionState Copy() => new(this);

    /// <summary>The mean over all rows of what a slot sums.</summary>
    internal GroupEstimate MeanOf(int slot) => Ratio(slot, RowSlot);

    /// <summary>One sum over another; groups count that have rows in <paramref name="below"/>.</summary>
    internal GroupEstimate Ratio(int above, int below) =>
        GroupSums.Estimate(group => Sums.Total(above, group) / Sums.Total(below, group), group => Sums.Has(group, below));

    /// <summary>The sum of all features' |SHAP|.</summary>
    internal double TotalAbsolute(int without = -1)
    {
        double total = 0;
        for (int feature = 0; feature < Features.Length; feature++)
        {
            total += Sums.Total(FeatureSlot(feature), without);
        }

        return total;
    }
}
