namespace MlSystemDesign.Features;

/// <summary>Counts, sums and means in which a fact weighs half as much for every half-life of its age at the cutoff.</summary>
/// <remarks>In a mean, weights are taken relative to that of the newest value, which is the same in every window that has one: however old all of them are, their mean lies
/// among them, and is never 0 / 0.</remarks>
/// <param name="column">The number column; −1 for a count of facts.</param>
/// <param name="halfLife">In ticks.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="slots">Per window: where its results go.</param>
/// <param name="hasMean">Whether any mean is wanted.</param>
internal sealed class DecayTask(int column, long halfLife, int[] windows, DecaySlots[] slots, bool hasMean) : FamilyTask(windows)
{
    private readonly double _rate = -Math.Log(2) / halfLife;

    internal override bool DependsOnCutoff => true;

    internal override void Compute(in WindowView view, RowBuffer row)
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

            row.Numbers[slots[w].Count] = weights;
            row.Numbers[slots[w].Sum] = sum;
            row.Numbers[slots[w].Mean] = relativeSum / relativeWeights; // of nothing 0 / 0, which is missing
        }
    }
}

/// <summary>Where the results of one window go; what nobody asked for goes to the row's last place.</summary>
internal readonly record struct DecaySlots(int Count, int Sum, int Mean);
