namespace MlSystemDesign.Features;

/// <summary>Mean, spread and last of the times between neighbouring facts, in days, over all windows in one pass.</summary>
/// <param name="windows">The positions of the windows.</param>
/// <param name="slots">Per window: where its results go.</param>
internal sealed class GapTask(int[] windows, GapSlots[] slots) : FamilyTask(windows)
{
    internal override void Compute(in WindowView view, RowBuffer row)
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
            row.Numbers[slots[w].Mean] = count < 2 ? double.NaN : (ticks[0] - ticks[count - 1]) / n / TimeSpan.TicksPerDay;
            row.Numbers[slots[w].Last] = count < 2 ? double.NaN : (double)pivot / TimeSpan.TicksPerDay;
            row.Numbers[slots[w].Std] = count < 3 ? double.NaN : Math.Sqrt((centred <= 0 ? 0 : centred) / (n - 1)) / TimeSpan.TicksPerDay;
        }
    }
}

/// <summary>Where the results of one window go; what nobody asked for goes to the row's last place.</summary>
internal readonly record struct GapSlots(int Mean, int Std, int Last);
