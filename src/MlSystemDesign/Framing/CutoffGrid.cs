using System.Globalization;

namespace MlSystemDesign.Framing;

/// <summary>How a grid spaces its cutoffs.</summary>
public enum CutoffSpacing
{
    /// <summary>The first instant of each calendar month, in UTC.</summary>
    Monthly,

    /// <summary>A fixed length apart.</summary>
    Fixed,

    /// <summary>Listed one by one.</summary>
    Listed,
}

/// <summary>The instants at which history is framed.</summary>
/// <remarks>Immutable. Cutoffs lie within the observed span of the outcome's source, its end included: there everything observed is known. They begin after a
/// warm-up, so that the first rows have a past to compute features from. Listed cutoffs are taken as they are.</remarks>
/// <example><code>CutoffGrid grid = CutoffGrid.Monthly().From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));</code></example>
public sealed record CutoffGrid
{
    /// <summary>The most cutoffs that a grid may give: more is a mistyped step.</summary>
    public const int MaxCutoffs = 100_000;

    private CutoffGrid(CutoffSpacing spacing) => Spacing = spacing;

    /// <summary>Gets how the cutoffs are spaced.</summary>
    public CutoffSpacing Spacing { get; }

    /// <summary>Gets the length between cutoffs of <see cref="CutoffSpacing.Fixed"/>; otherwise zero.</summary>
    public TimeSpan Step { get; private init; }

    /// <summary>Gets the cutoffs of <see cref="CutoffSpacing.Listed"/>, in UTC, oldest first; otherwise empty.</summary>
    public IReadOnlyList<DateTimeOffset> Listed { get; private init; } = [];

    /// <summary>Gets the span in which there is no cutoff yet, counted from the start (in UTC) of the first observed day. 90 days by default; not used by listed cutoffs.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromDays(90);

    /// <summary>Gets the earliest cutoff allowed; <see langword="null"/> for none. It replaces the warm-up.</summary>
    public DateTimeOffset? First { get; private init; }

    /// <summary>Gets the latest cutoff allowed; <see langword="null"/> for the end of the observed span.</summary>
    public DateTimeOffset? Last { get; private init; }

    /// <summary>A cutoff at the first instant of each month, in UTC.</summary>
    public static CutoffGrid Monthly() => new(CutoffSpacing.Monthly);

    /// <summary>A cutoff every so often, starting at <see cref="First"/> or else at the end of the warm-up.</summary>
    /// <param name="step">A positive length.</param>
    public static CutoffGrid Every(TimeSpan step) => step > TimeSpan.Zero
        ? new CutoffGrid(CutoffSpacing.Fixed) { Step = step }
        : throw new ArgumentOutOfRangeException(nameof(step), $"The step between cutoffs must be positive. Got {step:c}. Pass how far apart they lie.");

    /// <summary>Cutoffs of one's own.</summary>
    /// <param name="cutoffs">At least one; any order, repeats count once.</param>
    public static CutoffGrid At(params IEnumerable<DateTimeOffset> cutoffs)
    {
        DateTimeOffset[] listed = [.. cutoffs.Select(c => c.ToUniversalTime()).Distinct().Order()];
        return listed.Length > 0
            ? new CutoffGrid(CutoffSpacing.Listed) { Listed = listed }
            : throw new ArgumentException("A list of cutoffs must hold at least one. Got none. Use Monthly or Every to derive them from the data.", nameof(cutoffs));
    }

    /// <summary>Returns the grid with another warm-up.</summary>
    /// <param name="warmUp">Zero or positive.</param>
    public CutoffGrid After(TimeSpan warmUp) => warmUp >= TimeSpan.Zero
        ? this with { WarmUp = warmUp }
        : throw new ArgumentOutOfRangeException(nameof(warmUp), $"The warm-up must not be negative. Got {warmUp:c}. Pass the length of the longest feature window.");

    /// <summary>Returns the grid without the cutoffs before an instant.</summary>
    /// <param name="first">The earliest cutoff allowed.</param>
    public CutoffGrid From(DateTimeOffset first) => this with { First = first.ToUniversalTime() };

    /// <summary>Returns the grid without the cutoffs after an instant.</summary>
    /// <param name="last">The latest cutoff allowed.</param>
    public CutoffGrid Until(DateTimeOffset last) => this with { Last = last.ToUniversalTime() };

    /// <summary>Lists the cutoffs.</summary>
    /// <param name="observed">The span that the outcome's source has watched.</param>
    /// <returns>Oldest first; may be empty.</returns>
    /// <exception cref="PlanException">There would be more than <see cref="MaxCutoffs"/>.</exception>
    public IReadOnlyList<DateTimeOffset> In(TimeWindow observed)
    {
        if (Spacing == CutoffSpacing.Listed)
        {
            return [.. Listed.Where(c => (First is null || c >= First) && (Last is null || c <= Last))];
        }

        long start = observed.Start.UtcTicks, firstDay = start - (start % TimeSpan.TicksPerDay);
        long earliest = Math.Max(start, First?.UtcTicks ?? AddSaturating(firstDay, WarmUp.Ticks));
        long latest = Math.Min(Last?.UtcTicks ?? long.MaxValue, observed.End.UtcTicks);
        return earliest > latest ? [] : Spacing == CutoffSpacing.Monthly ? Months(earliest, latest) : Steps(earliest, latest);
    }

    /// <summary>Two grids are equal when they say the same.</summary>
    /// <param name="other">Another grid.</param>
    public bool Equals(CutoffGrid? other) => other is not null && Spacing == other.Spacing && Step == other.Step && WarmUp == other.WarmUp
        && First == other.First && Last == other.Last && Listed.SequenceEqual(other.Listed);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Spacing, Step, WarmUp, First, Last, Listed.Count);

    private static DateTimeOffset[] Months(long earliest, long latest)
    {
        DateTime start = new(earliest, DateTimeKind.Utc);
        int month = ((start.Year - 1) * 12) + start.Month - 1;
        List<DateTimeOffset> cutoffs = [];
        for (; month < 9999 * 12; month++)
        {
            DateTimeOffset cutoff = new((month / 12) + 1, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero);
            if (cutoff.UtcTicks > latest)
            {
                break;
            }

            if (cutoff.UtcTicks >= earliest)
            {
                cutoffs.Add(cutoff);
            }
        }

        return [.. cutoffs];
    }

    private DateTimeOffset[] Steps(long earliest, long latest)
    {
        long count = ((latest - earliest) / Step.Ticks) + 1;
        if (count > MaxCutoffs)
        {
            throw new PlanException(
                "Cutoff grid",
                [string.Create(CultureInfo.InvariantCulture, $"A grid must have at most {MaxCutoffs} cutoffs. Got {count} with a step of {Step:c}. Take a longer step, or set From and Until.")]);
        }

        return [.. Enumerable.Range(0, (int)count).Select(i => new DateTimeOffset(earliest + (i * Step.Ticks), TimeSpan.Zero))];
    }

    private static long AddSaturating(long ticks, long length) => ticks > DateTimeOffset.MaxValue.Ticks - length ? DateTimeOffset.MaxValue.Ticks : ticks + length;
}
