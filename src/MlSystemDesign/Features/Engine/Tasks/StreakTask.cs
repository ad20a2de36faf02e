namespace MlSystemDesign.Features;

/// <summary>How many periods, counted back from the end of the window, have a fact, and how many of them follow each other without a break.</summary>
/// <param name="period">The length of a period in ticks.</param>
/// <param name="windows">The positions of the windows.</param>
/// <param name="slots">Per window: where its results go.</param>
internal sealed class StreakTask(long period, int[] windows, StreakSlots[] slots) : FamilyTask(windows)
{
    internal override bool DependsOnCutoff => true;

    internal override void Compute(in WindowView view, RowBuffer row)
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

            row.Numbers[slots[w].Active] = active;
            row.Numbers[slots[w].Current] = current;
            row.Numbers[slots[w].Longest] = longest;
        }
    }
}

/// <summary>Where the results of one window go; what nobody asked for goes to the row's last place.</summary>
internal readonly record struct StreakSlots(int Active, int Current, int Longest);
