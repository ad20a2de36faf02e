using MlSystemDesign.Features;
using MlSystemDesign.Testing;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>Many writers and readers at once lose nothing and see no half of a fact.</summary>
public sealed class OnlineConcurrencyTests
{
    private static readonly FeaturePlan Plan = FeaturePlan.For("activities", f => f.OverAllHistory().Count().Sum("amount").Std("amount").Distinct("kind").Recency());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Add_FromManyThreadsWhileOthersRead_LosesNothing(bool revised)
    {
        World world = Many(revised);
        OnlineFeatures engine = new(Plan, world.History().Schema);
        Arrival[] rows = [.. Arrivals.Rows(world)];
        using CancellationTokenSource done = new();
        Task[] readers = [.. Enumerable.Range(0, 2).Select(r => Task.Run(() => Watch(engine, r, done.Token)))];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(() =>
        {
            for (int i = w; i < rows.Length; i += 4)
            {
                rows[i].AddTo(engine.Add, engine.SourceOf);
            }
        })));
        await done.CancelAsync();
        await Task.WhenAll(readers);

        ObservationSet people = ObservationSet.At(Enumerable.Range(0, 7).Select(p => (EntityKey)$"p{p}"), World.At(60));
        Plans.Bits(engine.Read(people)).Should().Equal(Plans.Bits(Plans.Build(Plan, world.History(), people)));
        engine.EntityCount.Should().Be(7);
    }

    // Every amount is 2: whatever a reader sees, the sum is twice the count.
    private static void Watch(OnlineFeatures engine, int seed, CancellationToken done)
    {
        Random random = new(seed);
        double[] numbers = new double[Plan.Features.Count];
        string?[] texts = new string?[numbers.Length];
        int reads = 0;
        while (!done.IsCancellationRequested || reads == 0)
        {
            engine.Read($"p{random.Next(8)}", World.At(random.Next(60)), numbers, texts);
            numbers[1].Should().Be(2 * numbers[0]);
            (double.IsNaN(numbers[2]) || numbers[2] == 0).Should().BeTrue();
            reads++;
        }
    }

    private static World Many(bool revised)
    {
        Random random = new(5);
        return new World(
            [
                .. Enumerable.Range(0, 6000).Select(i =>
                {
                    long at = World.At(random.Next(50)).UtcTicks + random.Next(5);
                    return new Activity($"p{random.Next(7)}", at, at + random.Next(3), 2, "order", random.Next(3)) { Key = $"k{random.Next(900)}", IsRetraction = random.Next(9) == 0 };
                }),
            ],
            [])
        {
            IsRevised = revised,
        };
    }
}
