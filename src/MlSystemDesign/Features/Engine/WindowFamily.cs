namespace MlSystemDesign.Features;

/// <summary>Windows of one scope that end at the same instant and are measured alike, so that each holds the one before it.</summary>
internal sealed class WindowFamily
{
    private const int MostDaysOfMonth = 31;
    private const int DaysOfClocks = 2; // two clocks of a zone are less than two days apart

    internal WindowFamily(FamilyKey key, IEnumerable<FeatureWindow> windows)
    {
        Lag = key.Lag.Ticks;
        Kind = key.Kind;
        Windows = [.. windows.Distinct().Order(Comparer<FeatureWindow>.Create(Compare))];
        Lengths = [.. Windows.Where(w => w.Kind == WindowKind.Fixed).Select(w => w.Length.Ticks)];
        MostFacts = [.. Windows.Select(w => w.Kind == WindowKind.LastEvents ? w.Events : int.MaxValue)];
        Calendar = Kind == WindowKind.Calendar ? new CalendarStarts(Windows, TimeZoneInfo.FindSystemTimeZoneById(key.Zone!)) : null;
    }

    /// <summary>Gets how long before the cutoff the windows end, in ticks.</summary>
    internal long Lag { get; }

    internal WindowKind Kind { get; }

    /// <summary>Gets the windows, each inside the next.</summary>
    internal FeatureWindow[] Windows { get; }

    /// <summary>Gets, in ticks, the lengths of those windows that have a fixed one; they come first.</summary>
    internal long[] Lengths { get; }

    /// <summary>Gets how many windows have a start in time; they come first.</summary>
    internal int TimedWindows => Calendar is null ? Lengths.Length : Windows.Length;

    /// <summary>Gets, per window, how many facts it may hold.</summary>
    internal int[] MostFacts { get; }

    internal CalendarStarts? Calendar { get; }

    /// <summary>Goes back in time; <see cref="long.MinValue"/> where there is no such time.</summary>
    internal static long Before(long ticks, long length) => ticks < long.MinValue + length ? long.MinValue : ticks - length;

    /// <summary>Goes forward in time; <see cref="long.MaxValue"/> where there is no such time.</summary>
    internal static long After(long ticks, long length) => ticks > long.MaxValue - length ? long.MaxValue : ticks + length;

    /// <inheritdoc cref="Before(long, long)"/>
    /// <param name="ticks">Instants.</param>
    /// <param name="length">How far, in ticks; at least 0.</param>
    /// <param name="before">Takes the instants that lie so far before.</param>
    internal static void Before(ReadOnlySpan<long> ticks, long length, Span<long> before)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            before[i] = Before(ticks[i], length);
        }
    }

    /// <summary>Returns how far back from a cutoff a window reaches at most, in ticks; <see langword="null"/> for one that is not measured in time.</summary>
    internal static long? ReachOf(FeatureWindow window) => window.Kind switch
    {
        WindowKind.Fixed => Ticks((Int128)window.Lag.Ticks + window.Length.Ticks),
        WindowKind.Calendar => Ticks(window.Lag.Ticks + (((MostDaysOfMonth * (Int128)window.Months) + window.Days + DaysOfClocks) * TimeSpan.TicksPerDay)),
        _ => null,
    };

    private static long Ticks(Int128 ticks) => ticks > long.MaxValue ? long.MaxValue : (long)ticks;

    private static int Compare(FeatureWindow? a, FeatureWindow? b)
    {
        // All history holds every window of a fixed length.
        int order = (a!.Kind == WindowKind.WholeHistory).CompareTo(b!.Kind == WindowKind.WholeHistory);
        order = order != 0 ? order : a.Length.CompareTo(b.Length);
        order = order != 0 ? order : a.Months.CompareTo(b.Months);
        order = order != 0 ? order : a.Days.CompareTo(b.Days);
        return order != 0 ? order : a.Events.CompareTo(b.Events);
    }
}

/// <summary>What windows of one family have in common. Calendar months and days are families apart: whether a month holds 30 days is told by the cutoff.</summary>
/// <param name="Lag">How long before the cutoff they end.</param>
/// <param name="Kind">How they are measured; all history counts as fixed.</param>
/// <param name="Zone">The zone of a calendar window.</param>
/// <param name="MonthsBesideDays">The months of a calendar window that has days, −1 otherwise.</param>
internal readonly record struct FamilyKey(TimeSpan Lag, WindowKind Kind, string? Zone, int MonthsBesideDays)
{
    internal static FamilyKey Of(FeatureWindow window) => new(
        window.Lag, window.Kind == WindowKind.WholeHistory ? WindowKind.Fixed : window.Kind, window.Zone, window.Days > 0 ? window.Months : -1);
}
