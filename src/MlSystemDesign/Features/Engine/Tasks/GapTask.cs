namespace MlSystemDesign.Features;

/// <summary>Mean, spread and last of the times between neighbouring facts, in days, over all windows in one pass.</summary>
/// <param name="windows">The positions of the windows.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class GapTask(int[] windows, FamilyLayout layout) : RowTask(windows, layout, windows.Length * Results.Length)
{
    private static readonly FeatureAggregate[] Results = [FeatureAggregate.GapMean, FeatureAggregate.GapStd, FeatureAggregate.GapLast];

    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + (IndexOf(window) * Results.Length) + Array.IndexOf(Results, feature.Aggregate);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<long> ticks = view.Ticks;
        long pivot = ticks.Length < 2 ? 0 : ticks[0] - ticks[1]; // inside every window that has a gap
        double sum = 0, squares = 0;
        for (int w = 0, i = 1; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            for (; i < count; i++)
            {
                double d = ticks[i - 1] - ticks[i] - pivot;
                sum += d;
                squares += d * d;
            }

            double n = count - 1, centred = squares - (sum * sum / n);
            int at = NumbersAt + (w * Results.Length);
            block.Number(at, target) = count < 2 ? double.NaN : (ticks[0] - ticks[count - 1]) / n / TimeSpan.TicksPerDay;
            block.Number(at + 2, target) = count < 2 ? double.NaN : (double)pivot / TimeSpan.TicksPerDay;
            block.Number(at + 1, target) = count < 3 ? double.NaN : Math.Sqrt((centred <= 0 ? 0 : centred) / (n - 1)) / TimeSpan.TicksPerDay;
        }
    }
}
