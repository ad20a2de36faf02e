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
    internal FeatureCase this[int number] => _gen.Generate(new PCG((uint)number, (ulong)(uint)options.Seed), null, out _);
}
