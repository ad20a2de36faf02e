using MlSystemDesign.Framing;

namespace MlSystemDesign.Tests.Framing;

public sealed class CutoffGridTests
{
    private static readonly TimeWindow Observed = new(Utc(2026, 1, 1), Utc(2026, 8, 1));

    [Fact]
    public void Monthly_ByDefault_StartsAfterTheWarmUpAndEndsWithTheSpan() =>
        Days(CutoffGrid.Monthly()).Should().Equal("2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01"); // 1 January and 90 days: 1 April

    [Fact]
    public void Monthly_SpanThatBeginsDuringADay_CountsTheWarmUpFromTheStartOfIt() =>
        Days(CutoffGrid.Monthly(), new TimeWindow(Utc(2026, 1, 1).AddHours(8), Utc(2026, 5, 1))).Should().Equal("2026-04-01", "2026-05-01");

    [Fact]
    public void Every_NoWarmUp_StartsWithTheSpan() =>
        CutoffGrid.Every(TimeSpan.FromDays(30)).After(TimeSpan.Zero).In(new TimeWindow(Utc(2026, 1, 1).AddHours(8), Utc(2026, 2, 1))).Should().Equal(Utc(2026, 1, 1).AddHours(8), Utc(2026, 1, 31).AddHours(8));

    [Fact]
    public void Monthly_WarmUpThatEndsOnAFirst_IncludesIt() => Days(CutoffGrid.Monthly().After(TimeSpan.FromDays(31))).Should().StartWith("2026-02-01");

    [Fact]
    public void Monthly_Bounds_AreIncluded() => Days(CutoffGrid.Monthly().From(Utc(2026, 3, 1)).Until(Utc(2026, 4, 1))).Should().Equal("2026-03-01", "2026-04-01");

    [Fact]
    public void Monthly_BoundsInAnotherOffset_MeanTheirInstant() =>
        Days(CutoffGrid.Monthly().From(new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(2))).Until(Utc(2026, 4, 1))).Should().Equal("2026-03-01", "2026-04-01");

    [Fact]
    public void Every_Step_StartsAtTheEndOfTheWarmUp() => Days(CutoffGrid.Every(TimeSpan.FromDays(60)).After(TimeSpan.FromDays(31))).Should().Equal("2026-02-01", "2026-04-02", "2026-06-01", "2026-07-31");

    [Fact]
    public void At_List_IsSortedAndFreeOfRepeats() =>
        Days(CutoffGrid.At(Utc(2030, 1, 1), Utc(2026, 1, 1), Utc(2030, 1, 1))).Should().Equal("2026-01-01", "2030-01-01");

    [Fact]
    public void In_SpanShorterThanTheWarmUp_IsEmpty() => CutoffGrid.Monthly().After(TimeSpan.FromDays(999)).In(Observed).Should().BeEmpty();

    [Fact]
    public void In_EndOfTime_DoesNotOverflow() =>
        Days(CutoffGrid.Monthly().From(Utc(9999, 11, 1)), new TimeWindow(Utc(9999, 1, 1), DateTimeOffset.MaxValue)).Should().Equal("9999-11-01", "9999-12-01");

    [Fact]
    public void Every_StepTooSmall_SaysWhatToDo() =>
        FluentActions.Invoking(() => CutoffGrid.Every(TimeSpan.FromSeconds(1)).In(Observed)).Should().Throw<PlanException>().WithMessage(
            "Cutoff grid: A grid must have at most 100000 cutoffs. Got 10540801 with a step of 00:00:01. Take a longer step, or set From and Until.");

    [Fact]
    public void Create_Nonsense_SaysWhatToDo()
    {
        FluentActions.Invoking(() => CutoffGrid.Every(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("The step between cutoffs must be positive. Got 00:00:00. Pass how far apart they lie.*");
        FluentActions.Invoking(() => CutoffGrid.At()).Should().Throw<ArgumentException>().WithMessage("A list of cutoffs must hold at least one. Got none. Use Monthly or Every to derive them from the data.*");
        FluentActions.Invoking(() => CutoffGrid.Monthly().After(TimeSpan.FromDays(-1)))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("The warm-up must not be negative. Got -1.00:00:00. Pass the length of the longest feature window.*");
    }

    private static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static string[] Days(CutoffGrid grid, TimeWindow? observed = null) => [.. grid.In(observed ?? Observed).Select(c => c.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
}
