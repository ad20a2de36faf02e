using CsCheck;
using MlSystemDesign.Facts;

namespace MlSystemDesign.Tests.History;

/// <summary>Known times in 6 bytes where all delays have 48 bits, in 8 bytes where some has more; the same ticks from both.</summary>
public sealed class KnownTimesTests
{
    private const long Longest = (1L << 47) - 1, Earliest = -(1L << 47);

    public static TheoryData<long> Delays => [0, 1, -1, uint.MaxValue, uint.MaxValue + 1L, -uint.MaxValue, -uint.MaxValue - 1L, int.MinValue, Longest - 1, Longest, Earliest + 1, Earliest];

    public static TheoryData<long, long> FarApart => new()
    {
        { 0, Longest + 1 },
        { 0, Earliest - 1 },
        { DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks },
        { DateTimeOffset.MaxValue.Ticks, DateTimeOffset.MinValue.Ticks },
        { 0, long.MaxValue },
        { 0, long.MinValue },
        { long.MaxValue - 1, long.MinValue + Longest }, // the difference is beyond a long
        { long.MinValue + 1, long.MaxValue - Longest - 1 },
    };

    [Theory]
    [MemberData(nameof(Delays))]
    public void From_DelaysOf48Bits_TakesSixBytes(long delay)
    {
        long[] events = [DateTimeOffset.MaxValue.Ticks, 1L << 60, 0, long.MaxValue, long.MinValue];
        long[] ticks = [.. events.Select(e => unchecked(e + delay))];

        KnownTimes known = KnownTimes.From(ticks, events);

        known.Width.Should().Be(6);
        known.Bytes.Should().Be(6 * events.Length);
        Read(known, events).Should().Equal(ticks);
    }

    [Theory]
    [MemberData(nameof(FarApart))]
    public void From_OneDelayOfMoreBits_TakesEightBytes(long happened, long ticks)
    {
        long[] events = [5, happened, 7], all = [6, ticks, 7];

        KnownTimes known = KnownTimes.From(all, events);

        known.Width.Should().Be(8);
        known.Bytes.Should().Be(24);
        Read(known, events).Should().Equal(all);
    }

    [Fact]
    public void From_NoTimes_IsEmpty()
    {
        foreach (KnownTimes known in new[] { KnownTimes.From([], [1, 2]), KnownTimes.OfTicks([]), default })
        {
            known.IsEmpty.Should().BeTrue();
            known.Width.Should().Be(0);
            known.Bytes.Should().Be(0);
        }

        KnownTimes.From([1], [1]).IsEmpty.Should().BeFalse();
        KnownTimes.OfTicks([1]).IsEmpty.Should().BeFalse();
    }

    [Fact]
    public void ToTicks_AnyTimesAndPart_GivesThemBack() => Gen.Select(
            Gen.Select(Gen.OneOf(Gen.Long, Gen.Long[0, 1L << 61]), Gen.OneOf(Gen.Long[Earliest, Longest], Gen.Long[-3, 3], Gen.Long[Longest - 2, Longest])).Array[1, 40],
            Gen.Frequency((3, Gen.Const(0L)), (1, Gen.Long)),
            Gen.Int[0, 39],
            Gen.Int[0, 40])
        .Sample((rows, more, from, count) =>
        {
            long[] events = [.. rows.Select(r => r.Item1)], ticks = [.. rows.Select(r => unchecked(r.Item1 + r.Item2))];
            ticks[^1] = unchecked(ticks[^1] + more);
            int start = Math.Min(from, rows.Length), length = Math.Min(count, rows.Length - start);

            KnownTimes known = KnownTimes.From(ticks, events);

            (known.Width == 8).Should().Be(unchecked(ticks[^1] - events[^1]) is < Earliest or > Longest);
            Read(known, events).Should().Equal(ticks);
            known.ToTicks(start, events.AsSpan(start, length)).ToArray().Should().Equal(ticks[start..(start + length)]);
        });

    private static long[] Read(KnownTimes known, long[] events) => [.. events.Select((e, row) => known[row, e])];
}
