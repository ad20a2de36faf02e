using CsCheck;
using MlSystemDesign.Features;
using MlSystemDesign.Testing;
using MlSystemDesign.Tests.Features.Online.Journal;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>An engine that is opened again gives the bits of one that was never closed, whatever was forgotten and rewritten meanwhile.</summary>
public sealed class DurableOnlineTests
{
    private static readonly FeaturePlan Plan = FeaturePlan
        .For("activities", f => f.OverDays(3, 10).Count().Sum("amount").Std("amount").Slope("amount").Mode("kind").Coverage()).And("people", f => f.Attribute("fee").Category("plan"));

    [Fact]
    public void Open_AfterAnyAddForgetAndCheckpoint_GivesTheBitsOfAnEngineNeverClosed() => Gen.Select(Gen.OneOf(Worlds.Any, Worlds.Revised), Gen.Int[0, 30], Gen.Int[0, 15].Array[1, 12]).Sample(
        (world, day, steps) =>
        {
            using TemporaryFolder folder = new();
            FactJournalOptions small = new() { SegmentBytes = 1 << 14 };
            HistorySchema schema = world.World.History().Schema;
            DateTimeOffset before = world.World.ActivitiesObserved.Start.AddDays(day - 2);
            ObservationSet rows = Worlds.Rows([.. world.Cutoffs.Append(before.UtcTicks).Select(c => Math.Max(c, before.AddDays(10).UtcTicks))]);
            OnlineFeatures never = new(Plan, schema);
            List<Arrival> arrivals = Arrivals.Rows(world.World);
            DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path, small);
            try
            {
                int added = 0;
                foreach (int step in steps)
                {
                    for (int i = 0; i < step && added < arrivals.Count; i++, added++)
                    {
                        arrivals[added].AddTo(never.Add, never.SourceOf);
                        arrivals[added].AddTo(durable.Add, never.SourceOf);
                    }

                    if (step % 5 == 1)
                    {
                        never.Forget(before);
                        durable.Forget(before);
                    }

                    if (step % 3 == 1)
                    {
                        // A row is added and the process killed at each report on the way.
                        durable.Checkpoint(new OnReport(() =>
                        {
                            if (added < arrivals.Count)
                            {
                                arrivals[added].AddTo(never.Add, never.SourceOf);
                                arrivals[added++].AddTo(durable.Add, never.SourceOf);
                            }

                            using TemporaryFolder copy = new();
                            folder.CopyTo(copy);
                            using DurableOnlineFeatures killed = DurableOnlineFeatures.Open(Plan, schema, copy.Path, small);
                            Same(Plans.Bits(killed.Features.Read(rows)), Plans.Bits(never.Read(rows)), withCoverage: !world.World.IsRevised);
                        }));
                    }

                    if (step % 2 == 1)
                    {
                        durable.Dispose();
                        durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path, small);
                    }

                    durable.Features.KeptSince.Should().Be(never.KeptSince);
                    Same(Plans.Bits(durable.Features.Read(rows)), Plans.Bits(never.Read(rows)), withCoverage: !world.World.IsRevised);
                }
            }
            finally
            {
                durable.Dispose();
            }
        },
        iter: Cases.Few);

    [Fact]
    public async Task Add_WhileACheckpointIsWritten_GoesOn()
    {
        using TemporaryFolder folder = new();
        World world = new([.. Enumerable.Range(0, 4000).Select(i => new Activity($"p{i % 7}", World.At(i % 40).UtcTicks + i, World.At(i % 40).UtcTicks + i, i, "order", i))], []);
        Arrival[] rows = [.. Arrivals.Rows(world)];
        HistorySchema schema = world.History().Schema;
        long retained;
        using (DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path))
        {
            Array.ForEach(rows[..2000], r => r.AddTo(durable.Add, durable.Features.SourceOf));
            using ManualResetEventSlim begun = new(), added = new();
            Task<long> checkpoint = Task.Run(() => durable.Checkpoint(new OnReport(() =>
            {
                begun.Set();
                added.Wait(TimeSpan.FromSeconds(60)).Should().BeTrue("additions must not wait for the checkpoint");
            })));
            begun.Wait(TimeSpan.FromSeconds(60)).Should().BeTrue();
            Array.ForEach(rows[2000..], r => r.AddTo(durable.Add, durable.Features.SourceOf));
            checkpoint.IsCompleted.Should().BeFalse();
            added.Set();
            retained = await checkpoint;
        }

        retained.Should().Be(2000, "the rows before the cut are rewritten, those after it are in the next segment");
        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(Plan, schema, folder.Path);
        ObservationSet people = ObservationSet.At(Enumerable.Range(0, 7).Select(p => (EntityKey)$"p{p}"), World.At(41));
        Plans.Bits(again.Features.Read(people)).Should().Equal(Plans.Bits(Plans.Build(Plan, world.History(), people)));
    }

    [Fact]
    public void Checkpoint_WhileAForgottenEventComesAgain_KeepsNoneOfItsOldVersions()
    {
        using TemporaryFolder folder = new();
        World world = new(
            [
                new Activity("ben", World.At(25).UtcTicks, World.At(20).UtcTicks, 7, "order", 0) { Key = "stays" },
                new Activity("anna", World.At(1).UtcTicks, World.At(1).UtcTicks, 5, "order", 1) { Key = "booking" },
                new Activity("anna", World.At(2).UtcTicks, World.At(2).UtcTicks, 5, "order", 2) { Key = "booking" },
            ],
            []) { IsRevised = true };
        HistorySchema schema = world.History().Schema;
        using DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path);
        Arrivals.Rows(world).ForEach(r => r.AddTo(durable.Add, durable.Features.SourceOf));
        durable.Forget(World.At(10));
        Arrival again = Arrivals.Rows(world with { Activities = [new Activity("anna", World.At(24).UtcTicks, World.At(24).UtcTicks, 5, "order", 3) { Key = "booking" }] })[0];
        int reports = 0;

        long rows = durable.Checkpoint(new OnReport(() =>
        {
            if (reports++ == 0)
            {
                again.AddTo(durable.Add, durable.Features.SourceOf);
            }
        }));

        rows.Should().Be(2, "ben's booking, and the first that was known of anna");
    }

    [Fact]
    public void Checkpoint_AfterForgetting_MakesTheJournalSmaller()
    {
        using TemporaryFolder folder = new();
        World world = new([.. Enumerable.Range(0, 2000).Select(i => new Activity($"p{i % 7}", World.At(i % 40).UtcTicks + i, World.At(i % 40).UtcTicks + i, i, "order", i))], []);
        using DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, world.History().Schema, folder.Path);
        Arrivals.Rows(world).ForEach(r => r.AddTo(durable.Add, durable.Features.SourceOf));
        long all = durable.LengthInBytes;

        durable.Forget(World.At(30));
        long rows = durable.Checkpoint();

        rows.Should().Be(507, "ten days of forty are kept, and the first that was known of each entity");
        durable.LengthInBytes.Should().BeLessThan(all / 3);
    }

    [Theory]
    [InlineData(5, 0, true, "cancelled, by a row that does not repeat when the booking is for")]
    [InlineData(2, 0, true, "cancelled at the instant at which it became known")]
    [InlineData(5, 3, false, "moved to a day that is forgotten")]
    public void Checkpoint_OfABookingCorrectedBeforeWhatIsKept_DoesNotBringItBack(int correctedOn, int correctedTo, bool isRetraction, string how)
    {
        using TemporaryFolder folder = new();
        World world = new(
            [
                new Activity("ben", World.At(25).UtcTicks, World.At(3).UtcTicks, 7, "order", 0) { Key = "stays" },
                new Activity("anna", World.At(1).UtcTicks, World.At(1).UtcTicks, 3, "order", 0) { Key = "first" },
                new Activity("anna", World.At(20).UtcTicks, World.At(2).UtcTicks, 5, "order", 1) { Key = "booking" },
                new Activity("anna", World.At(correctedTo).UtcTicks, World.At(correctedOn).UtcTicks, 5, "order", 2) { Key = "booking", IsRetraction = isRetraction },
            ],
            []) { IsRevised = true };
        HistorySchema schema = world.History().Schema;
        ObservationSet rows = ObservationSet.At([(EntityKey)"anna", "ben"], World.At(27));
        Dictionary<string, string> expected;
        using (DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path))
        {
            Arrivals.Rows(world).ForEach(r => r.AddTo(durable.Add, durable.Features.SourceOf));
            durable.Forget(World.At(10));
            expected = Plans.Bits(durable.Features.Read(rows));
            durable.Checkpoint();
        }

        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(Plan, schema, folder.Path);

        Plans.Bits(again.Features.Read(rows)).Should().Equal(expected, how);
    }

    [Fact]
    public void Checkpoint_AfterAForgetThatWasCancelled_KeepsWhatIsKnownOfEachEntity()
    {
        using TemporaryFolder folder = new();
        World world = new([new Activity("anna", World.At(5).UtcTicks, World.At(5).UtcTicks, 5, "order", 1)], []);
        HistorySchema schema = world.History().Schema;
        ObservationSet rows = ObservationSet.At([(EntityKey)"anna", "nobody"], World.At(27));
        OnlineFeatures never = new(Plan, schema);
        Arrivals.AddTo(never, world);
        using (DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path))
        {
            Arrivals.Rows(world).ForEach(r => r.AddTo(durable.Add, durable.Features.SourceOf));
            FluentActions.Invoking(() => durable.Forget(World.At(10), new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
            durable.Checkpoint();
        }

        never.Forget(World.At(10));
        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(Plan, schema, folder.Path);

        again.Features.KeptSince.Should().Be(World.At(10));
        Plans.Bits(again.Features.Read(rows)).Should().Equal(Plans.Bits(never.Read(rows)));
    }

    [Fact]
    public void Add_RowThatIsNotOneOfItsSource_IsNotJournalled()
    {
        using TemporaryFolder folder = new();
        HistorySchema schema = new World([], []).History().Schema;
        using (DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path))
        {
            FluentActions.Invoking(() => durable.Add(0, new FactRow { Entity = "anna", Numbers = [1, 2], Categories = ["order"] })).Should().Throw<DataFormatException>();
        }

        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(Plan, schema, folder.Path);
        again.Features.EntityCount.Should().Be(0);
    }

    [Fact]
    public void Open_WithADamagedState_SaysWhatToDo()
    {
        using TemporaryFolder folder = new();
        HistorySchema schema = new World([], []).History().Schema;
        DurableOnlineFeatures.Open(Plan, schema, folder.Path).Dispose();
        File.WriteAllText(System.IO.Path.Combine(folder.Path, "state.json"), "{");

        FluentActions.Invoking(() => DurableOnlineFeatures.Open(Plan, schema, folder.Path)).Should().Throw<DataFormatException>().WithMessage("*Restore it from a backup*");
        File.Delete(System.IO.Path.Combine(folder.Path, "state.json"));
        DurableOnlineFeatures.Open(Plan, schema, folder.Path).Dispose();
    }

    [Fact]
    public async Task Add_FromManyThreads_LosesNothing()
    {
        using TemporaryFolder folder = new();
        World world = new([.. Enumerable.Range(0, 4000).Select(i => new Activity($"p{i % 7}", World.At(i % 40).UtcTicks, World.At(i % 40).UtcTicks, i % 9, "order", i))], []);
        Arrival[] rows = [.. Arrivals.Rows(world)];
        HistorySchema schema = world.History().Schema;
        using (DurableOnlineFeatures durable = DurableOnlineFeatures.Open(Plan, schema, folder.Path))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(() =>
            {
                for (int i = w; i < rows.Length; i += 4)
                {
                    rows[i].AddTo(durable.Add, durable.Features.SourceOf);
                    if (i % 1000 == 0)
                    {
                        durable.Checkpoint();
                    }
                }
            })));
        }

        using DurableOnlineFeatures again = DurableOnlineFeatures.Open(Plan, schema, folder.Path);
        ObservationSet people = ObservationSet.At(Enumerable.Range(0, 7).Select(p => (EntityKey)$"p{p}"), World.At(41));
        Plans.Bits(again.Features.Read(people)).Should().Equal(Plans.Bits(Plans.Build(Plan, world.History(), people)));
    }

    // Of corrected events that are forgotten it is not told exactly whether any was still known: see OnlineFeatures.Forget.
    private static void Same(Dictionary<string, string> bits, Dictionary<string, string> expected, bool withCoverage)
    {
        foreach (string name in expected.Keys.Where(n => withCoverage || !n.Contains("coverage", StringComparison.Ordinal)))
        {
            bits[name].Should().Be(expected[name], name);
        }
    }

    private sealed class OnReport(Action action) : IProgress<double>
    {
        public void Report(double value) => action();
    }

    private sealed class TemporaryFolder : IDisposable
    {
        /// <summary>Copies what a kill of the process would leave.</summary>
        internal void CopyTo(TemporaryFolder copy)
        {
            JournalRows.Copy(System.IO.Path.Combine(Path, "journal"), System.IO.Path.Combine(copy.Path, "journal"));
            string state = System.IO.Path.Combine(Path, "state.json");
            if (File.Exists(state))
            {
                File.Copy(state, System.IO.Path.Combine(copy.Path, "state.json"));
            }
        }

        internal string Path { get; } = Directory.CreateTempSubdirectory("mlsd-online-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
