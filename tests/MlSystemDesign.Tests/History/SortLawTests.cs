using CsCheck;
using MlSystemDesign.Facts;
using MlSystemDesign.History;

namespace MlSystemDesign.Tests.History;

/// <summary>The sort, on input large enough for many buckets and for one entity larger than a bucket.</summary>
public sealed class SortLawTests
{
    private const int Rows = 150_000;

    [Fact]
    public void Descending_AnyKeys_SortsKeysWithTheirRows() => Gen.OneOf(
            Gen.Long[0, 20].Array[0, 60],
            Gen.Long.Array[0, 60],
            Gen.Long[0, 5].Array[0, 200].Select(gaps => gaps.Select((g, i) => (i * 3L) - g).ToArray()),
            Gen.Long[0, 5].Array[0, 200].Select(gaps => gaps.Select((g, i) => g - (i * 3L)).ToArray()))
        .Sample(keys =>
        {
            long[] sorted = [.. keys];
            int[] rows = [.. Enumerable.Range(0, keys.Length)];

            bool ties = AdaptiveSort.Descending(sorted, rows);

            sorted.Should().Equal(keys.OrderDescending());
            rows.Select(r => keys[r]).Should().Equal(sorted);
            rows.Distinct().Should().HaveCount(keys.Length);
            ties.Should().Be(keys.Distinct().Count() < keys.Length);
        });

    [Theory]
    [InlineData("shuffled", 0.01, 0)]
    [InlineData("oldest first", 0.01, 0)]
    [InlineData("newest first", 0.6, 6)]
    [InlineData("shuffled", 0.6, 8)]
    [InlineData("two runs", 0, 0)]
    public void Build_LargeSourceOnAnyNumberOfThreads_IsInTheTotalOrder(string arrangement, double late, int knownWidth)
    {
        LargeSource source = LargeSource.Create(Rows, late, arrangement);
        for (int i = 0; i < Rows && knownWidth == 8; i += 997)
        {
            source.Known[i] = i % 2 == 0 ? DateTimeOffset.MaxValue.Ticks - i : i; // long after, or long before
        }

        int[] expected = source.InTotalOrder();

        foreach (int degree in new[] { 1, 2, 8 })
        {
            InMemoryHistory history = new HistoryBuilder().WithDegreeOfParallelism(degree).AddEvents("e", source.ToColumns(0, Rows)).Build().History;

            FactBlock block = history.Sources[0].Blocks.Should().ContainSingle().Which;
            block.EventTicks.Should().Equal(expected.Select(i => source.Times[i]));
            Enumerable.Range(0, Rows).Select(block.KnownAt).Should().Equal(expected.Select(i => source.Known[i]));
            block.Numbers[0].Should().Equal(expected.Select(i => source.Amounts[i]));
            Enumerable.Range(0, Rows).Select(i => block.Codes[1]![i]).Should().Equal(expected.Select(i => (int)source.Kinds[i]));
            block.Known.Width.Should().Be(knownWidth, "few late facts are exceptions, many a column");
        }
    }

    [Fact]
    public void Build_LargeSourceInBatches_GivesEqualColumns()
    {
        LargeSource source = LargeSource.Create(Rows, 0.01, "oldest first");
        FactBlock whole = Block(new HistoryBuilder().AddEvents("e", source.ToColumns(0, Rows)));
        FactBlock parts = Block(new HistoryBuilder().WithDegreeOfParallelism(3).AddEvents("e", new[] { 0, 1, 70_000, 70_000, 149_000 }.Zip([1, 70_000, 70_000, 149_000, Rows]).Select(p => source.ToColumns(p.First, p.Second))));
        FactBlock objects = Block(new HistoryBuilder().AddEvents("e", Enumerable.Range(0, Rows), m => m
            .Entity(i => (EntityKey?)source.Entities[i]).Time(i => new DateTimeOffset(source.Times[i], TimeSpan.Zero)).KnownTime(i => new DateTimeOffset(source.Known[i], TimeSpan.Zero))
            .Number("amount", i => source.Amounts[i]).Category("kind", i => LargeSource.Levels[source.Kinds[i]])));

        foreach (FactBlock other in new[] { parts, objects })
        {
            other.EventTicks.Should().Equal(whole.EventTicks);
            other.Exceptions.Should().Equal(whole.Exceptions);
            other.Numbers[0].Should().Equal(whole.Numbers[0]);
            other.Codes[1]!.Bytes.Should().Equal(whole.Codes[1]!.Bytes);
        }

        static FactBlock Block(HistoryBuilder builder) => builder.Build().History.Sources[0].Blocks[0];
    }

    [Theory]
    [InlineData("equal")]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("sawtooth")]
    public void Build_AMillionEventsOfOneEntity_IsSorted(string pattern)
    {
        const int Many = 1_000_000;
        long[] times = [.. Enumerable.Range(1, Many).Select(i => pattern switch { "equal" => 7, "ascending" => i, "descending" => Many - i + 1L, _ => (i * 7919L % 1000) + 1 })];
        double[] amounts = [.. Enumerable.Range(1, Many).Select(i => (double)(i * 104729L % Many))];

        FactTable facts = new HistoryBuilder().AddEvents("e", new FactColumns(Many).Entity(new long[Many]).Time(times).Number("amount", amounts)).Build()
            .History.LookAhead.ReadAll(0L)["e"];

        ReadOnlySpan<long> sorted = facts.EventTicks.Span;
        ReadOnlySpan<double> values = facts.Numbers(0);
        for (int i = 1; i < Many; i++)
        {
            (sorted[i] < sorted[i - 1] || (sorted[i] == sorted[i - 1] && values[i] <= values[i - 1])).Should().BeTrue();
            i += pattern == "equal" ? 0 : 9; // every tenth place is enough where times differ
        }
    }

    [Fact]
    public void Build_AwkwardNumbersAndEdgesOfTime_KeepTheirOrder()
    {
        double[] amounts = [double.NaN, -1e300, -double.Epsilon, -0.0, double.Epsilon, 1e-310, 1e300];
        long[] times = [0, DateTimeOffset.MaxValue.Ticks];
        FactColumns columns = new FactColumns(14).Entity(new long[14]).Time(Enumerable.Range(0, 14).Select(i => times[i % 2]).ToArray())
            .Number("amount", Enumerable.Range(0, 14).Select(i => amounts[i / 2]).ToArray());

        FactTable facts = new HistoryBuilder().AddEvents("e", columns).Build().History.LookAhead.ReadAll(0L)["e"];

        facts.EventTicks.ToArray().Should().Equal(Enumerable.Repeat(times[1], 7).Concat(Enumerable.Repeat(times[0], 7)));
        facts.Numbers(0)[..7].ToArray().Should().Equal(amounts.Reverse().Select(a => a + 0.0));
        facts.Numbers(0)[7..].ToArray().Should().Equal(amounts.Reverse().Select(a => a + 0.0));
    }

    [Fact]
    public void Find_AnyIntegers_AgreesWithADictionary() => Gen.OneOf(
            Gen.Long[-50, 50], Gen.Long, Gen.Long[long.MaxValue - 5, long.MaxValue], Gen.Long[long.MinValue, long.MinValue + 5], Gen.Long[0, 3_000_000]).Array[0, 300].Sample(keys =>
        {
            IntegerIds ids = new();
            Dictionary<long, int> expected = [];
            foreach (long key in keys)
            {
                ids.Find(key).Should().Be(expected.GetValueOrDefault(key, -1));
                if (expected.TryAdd(key, expected.Count))
                {
                    ids.Add(key, expected[key]);
                }
            }

            expected.Keys.Select(ids.Find).Should().Equal(expected.Values); // of no keys too
        });
}
