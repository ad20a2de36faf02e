namespace MlSystemDesign.Features;

/// <summary>How many periods, counted back from the end of the window, have a fact, and how many of them follow each other without a break.</summary>
/// <param name="period">The length of a period in ticks.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="layout">Gives it its places.</param>
internal sealed class StreakTask(long period, int[] windows, RowLayout layout) : FamilyTask(windows)
{
    private static readonly FeatureAggregate[] Results = [FeatureAggregate.ActivePeriods, FeatureAggregate.CurrentStreak, FeatureAggregate.LongestStreak];
    private readonly int _at = layout.TakeNumbers(windows.Length * Results.Length);

    internal override bool DependsOnCutoff => true;

    internal override int PlaceOf(FeatureDefinition feature, int window) => _at + (IndexOf(window) * Results.Length) + Array.IndexOf(Results, feature.Aggregate);

    internal override void Compute(WindowView view, RowBuffer row)
    {
        ReadOnlySpan<long> ticks = view.Ticks;
        long last = -1, active = 0, run = 0, current = 0, longest = 0;
        for (int w = 0, i = 0; w < Windows.Length; w++)
        {
            int count = view.CountIn(Windows[w]);
            for (; i < count; i++)
            {
                long at = (view.End - 1 - ticks[i]) / period;
                if (at != last)
                {
                    active++;
                    run = at == last + 1 ? run + 1 : 1;
                    current = run == at + 1 ? run : current; // unbroken back from the end
                    longest = Math.Max(longest, run);
                    last = at;
                }
            }

            Span<double> results = row.Numbers.AsSpan(_at + (w * Results.Length), Results.Length);
            results[0] = active;
            results[1] = current;
            results[2] = longest;
        }
    }
}
