namespace MlSystemDesign.Features;

/// <summary>Counts, sums and means in which a fact weighs half as much for every half-life of its age at the cutoff.</summary>
/// <remarks>In a mean, weights are taken relative to that of the newest value, which is the same in every window that has one: however old all of them are, their mean lies
/// among them, and is never 0 / 0.</remarks>
/// <param name="column">The number column; −1 for a count of facts.</param>
/// <param name="halfLife">In ticks.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="hasMean">Whether any mean is wanted.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class DecayTask(int column, long halfLife, int[] windows, bool hasMean, FamilyLayout layout)
    : RowTask(windows, layout, windows.Length * Results.Length, dependsOnCutoff: true)
{
    private static readonly FeatureAggregate[] Results = [FeatureAggregate.DecayedCount, FeatureAggregate.DecayedSum, FeatureAggregate.DecayedMean];
    private readonly double _rate = -Math.Log(2) / halfLife;

    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + (IndexOf(window) * Results.Length) + Array.IndexOf(Results, feature.Aggregate);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<long> ticks = view.Ticks;
        ReadOnlySpan<double> values = column < 0 ? default : view.Numbers(column);
        double weights = 0, sum = 0, relativeWeights = 0, relativeSum = 0;
        long newest = -1;
        for (int w = 0, i = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            for (; i < count; i++)
            {
                double value = column < 0 ? 0 : values[i];
                if (double.IsNaN(value))
                {
                    continue;
                }

                double weight = Math.Exp((view.Cutoff - ticks[i]) * _rate);
                weights += weight;
                sum += weight * value;
                if (hasMean)
                {
                    newest = newest < 0 ? ticks[i] : newest;
                    double relative = Math.Exp((newest - ticks[i]) * _rate);
                    relativeWeights += relative;
                    relativeSum += relative * value;
                }
            }

            int at = NumbersAt + (w * Results.Length);
            block.Number(at, target) = weights;
            block.Number(at + 1, target) = Finite.Or(sum);
            block.Number(at + 2, target) = Finite.Or(relativeSum / relativeWeights); // of nothing 0 / 0, which is missing
        }
    }
}
