using MlSystemDesign.Features;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>An engine that forgets as much as it takes, of entities it knows, takes a fact without allocating; what it reads stays that of the batch.</summary>
public sealed class OnlineAllocationTests
{
    private const int People = 200, PerDay = 500, KeptDays = 5;
    private static readonly FeaturePlan Plan = FeaturePlan.For("activities", f => f.OverDays(KeptDays).Count().Sum("amount").Std("amount").Mode("kind"));
    private static readonly string[] Kinds = ["order", "visit", "call"];
    private static readonly EntityKey[] Keys = [.. Enumerable.Range(0, People).Select(p => (EntityKey)$"p{p}")];

    [Fact]
    public void AddAndRead_WhileAsMuchIsForgotten_AllocateNothing()
    {
        OnlineFeatures engine = new(Plan, new World([], []).History().Schema);
        long[] allocated = new long[100];
        for (int day = 0; day < allocated.Length; day++)
        {
            engine.Forget(World.At(day - KeptDays));
            allocated[day] = AddDay(engine, new Random(day % 5), day); // weeks of five days, each like the one before: a busier one would need more room
        }

        allocated[0].Should().BePositive();
        allocated[^10..].Should().OnlyContain(bytes => bytes == 0);
    }

    [Fact]
    public void Read_AfterArraysWentFromEntityToEntity_GivesTheBitsOfTheBatch()
    {
        Random random = new(7);
        List<Activity> activities = [];
        for (int day = 0; day < 40; day++)
        {
            // Some people are busy on some days only, so that their arrays grow, go and are taken by others.
            activities.AddRange(Enumerable.Range(0, 300).Select(_ =>
            {
                int person = Math.Min(random.Next(20), (day / 3 * 5) % 20);
                long at = World.At(day + random.NextDouble()).UtcTicks;
                return new Activity($"p{person}", at, at + random.Next(2) * TimeSpan.TicksPerDay, random.Next(100), Kinds[random.Next(3)], random.Next(5));
            }));
        }

        World world = new([.. activities], []);
        OnlineFeatures engine = new(Plan, world.History().Schema);
        foreach (IGrouping<int, Activity> day in activities.GroupBy(a => (a.Time - World.At(0)).Days))
        {
            Arrivals.AddTo(engine, world with { Activities = [.. day] });
            engine.Forget(World.At(day.Key - KeptDays));
            ObservationSet rows = ObservationSet.At(Keys[..20], World.At(day.Key + 1));
            World sofar = world with { Activities = [.. activities.Where(a => a.Time < World.At(day.Key + 1))] };
            Plans.Bits(engine.Read(rows)).Should().Equal(Plans.Bits(Plans.Build(Plan, sofar.History(), rows)), $"on day {day.Key}");
        }
    }

    private static long AddDay(OnlineFeatures engine, Random random, int day)
    {
        double[] amount = [0], numbers = new double[Plan.Features.Count];
        string?[] kind = [null], texts = new string?[numbers.Length];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < PerDay; i++)
        {
            (amount[0], kind[0]) = (i, Kinds[i % 3]);
            DateTimeOffset time = World.At(day + random.NextDouble());
            engine.Add(0, new FactRow { Entity = Keys[random.Next(People)], Time = time, KnownTime = time, Sequence = i, Numbers = amount, Categories = kind });
            engine.Read(Keys[random.Next(People)], World.At(day + 1), numbers, texts);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
