using MlSystemDesign.Features;
using MlSystemDesign.Testing;

namespace MlSystemDesign.Tests.Features.Online;

/// <summary>Adds the rows of a world to engines and journals.</summary>
internal static class Arrivals
{
    internal delegate void Adds(int source, in FactRow row);

    /// <summary>Lists the rows, activities first.</summary>
    internal static List<Arrival> Rows(World world) => [.. Testing.Features.Arrivals.Of(world)];

    /// <summary>Adds the rows of a world to an engine.</summary>
    internal static void AddTo(OnlineFeatures engine, World world) => Rows(world).ForEach(r => r.AddTo(engine.Add, engine.SourceOf));

    /// <summary>Creates an engine for a world and adds its rows in random order.</summary>
    internal static OnlineFeatures Engine(World world, FeaturePlan plan, int seed)
    {
        OnlineFeatures engine = new(plan, world.History().Schema);
        Arrival[] rows = [.. Rows(world)];
        new Random(seed).Shuffle(rows);
        Array.ForEach(rows, r => r.AddTo(engine.Add, engine.SourceOf));
        return engine;
    }

    /// <summary>Adds a row to an engine or a journal.</summary>
    internal static void AddTo(this Arrival row, Adds add, Func<string, int> sourceOf) => add(sourceOf(row.Source), row.ToRow());
}
