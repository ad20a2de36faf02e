namespace MlSystemDesign.Features;

/// <summary>How many periods, counted back from the end of the window, have a fact, and how many of them follow each other without a break.</summary>
/// <param name="period">The length of a period in ticks.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class StreakTask(long period, int[] windows, FamilyLayout layout) : RowTask(windows, layout, windows.Length * Results.Length, dependsOnCutoff: true)
{
    private static readonly FeatureAggregate[] Results = [FeatureAggregate.ActivePeriods, FeatureAggregate.CurrentStreak, FeatureAggregate.LongestStreak];

    internal override int PlaceOf(FeatureDefinition feature, int window) => NumbersAt + (IndexOf(window) * Results.Length) + Array.IndexOf(Results, feature.Aggregate);

    protected override void ComputeRow(WindowView view, RowBlock block, int target)
    {
        ReadOnlySpan<long> ticks = view.Ticks;
        long last = -1, active = 0, run = 0, current = 0, longest = 0;
        for (int w = 0, i = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            for (; i < count; i++)
            {
                long at = (view.Close - 1 - ticks[i]) / period;
                if (at != last)
                {
                    active++;
                    run = at == last + 1 ? run + 1 : 1;
                    current = run == at + 1 ? run : current; // unbroken back from the end
                    longest = Math.Max(longest, run);
                    last = at;
                }
            }

            int place = NumbersAt + (w * Results.Length);
            block.Number(place, target) = active;
            block.Number(place + 1, target) = current;
            block.Number(place + 2, target) = longest;
        }
    }
}
