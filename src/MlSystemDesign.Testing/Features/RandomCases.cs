using CsCheck;
using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>The random cases of a seed: each has a number, and can be made again on its own.</summary>
internal sealed class RandomCases(FeatureConformanceOptions options)
{
    private readonly Gen<FeatureCase> _gen = Gen.Select(
        Gen.Frequency((4, Worlds.Any), (options.EdgesOfTime ? 1 : 0, Worlds.AtTheEdges), (options.Revisions ? 2 : 0, Worlds.Revised)),
        RandomPlans.Of(options.Aggregates, options.Windows, options.LaggedWindows),
        (world, plan) => new FeatureCase(world.World, plan, world.Cutoffs));

    /// <summary>Makes a case.</summary>
    internal FeatureCase this[int number] => _gen.Generate(new PCG((uint)number, Mixed(((ulong)(uint)options.Seed << 32) | (uint)number)), null, out _);

    // The finisher of SplitMix64 (Steele, Lea, Flood 2014). A generator that starts near another gives nearly its first numbers: case 2 of seed 1 would begin like case 0 of seed 2.
    private static ulong Mixed(ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }
}
