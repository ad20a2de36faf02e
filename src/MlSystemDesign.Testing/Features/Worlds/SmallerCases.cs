using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>The cases that are a step smaller or plainer than a case. Every step leaves something out or makes it plain, so that there is an end.</summary>
internal static class SmallerCases
{
    private const double PlainNumber = 1;
    private const string PlainText = "order";

    /// <summary>Lists them: large parts left out first, then single ones, then what is left made plain.</summary>
    internal static IEnumerable<FeatureCase> Of(FeatureCase @case)
    {
        World world = @case.World;
        return
        [
            .. Without(@case.Plan.Features, 1).Select(features => @case with { Plan = new FeaturePlan(features) }),
            .. Without(@case.Cutoffs, 1).Select(cutoffs => @case with { Cutoffs = cutoffs }),
            .. Without(world.Activities).Select(activities => @case with { World = world with { Activities = activities } }),
            .. Without(world.Traits).Select(traits => @case with { World = world with { Traits = traits } }),
            .. Without(world.Visits, 1).Select(visits => @case with { World = world with { Visits = visits } }),
            .. Without(world.Profiles, 1).Select(profiles => @case with { World = world with { Profiles = profiles } }),
            .. Plainer(@case.Plan.Features, Plainer).Select(features => @case with { Plan = new FeaturePlan(features) }),
            .. world.IsRevised ? [@case with { World = world with { IsRevised = false, Activities = [.. world.Activities.Select(a => a with { IsRetraction = false })] } }] : Array.Empty<FeatureCase>(),
            .. Plainer(world.Activities, Plainer).Select(activities => @case with { World = world with { Activities = activities } }),
            .. Plainer(world.Visits, Plainer).Select(visits => @case with { World = world with { Visits = visits } }),
        ];
    }

    private static IEnumerable<T[]> Without<T>(IReadOnlyList<T> items, int atLeast = 0)
    {
        for (int half = items.Count / 2; half > 1; half /= 2)
        {
            for (int start = 0; start + half <= items.Count && items.Count - half >= atLeast; start += half)
            {
                yield return [.. items.Take(start), .. items.Skip(start + half)];
            }
        }

        for (int i = 0; i < items.Count && items.Count > atLeast; i++)
        {
            yield return [.. items.Take(i), .. items.Skip(i + 1)];
        }
    }

    private static IEnumerable<T[]> Plainer<T>(IReadOnlyList<T> items, Func<T, IEnumerable<T>> plainer) =>
        items.SelectMany((item, i) => plainer(item).Select(p => (T[])[.. items.Take(i), p, .. items.Skip(i + 1)]));

    private static IEnumerable<FeatureDefinition> Plainer(FeatureDefinition feature)
    {
        if (feature.Where.Count > 0)
        {
            yield return feature with { Where = [.. feature.Where.Skip(1)] };
        }

        if (feature.Window is { } window && window.Lag > TimeSpan.Zero)
        {
            yield return feature with { Window = window.LaggedBy(TimeSpan.Zero) };
        }
    }

    private static IEnumerable<Activity> Plainer(Activity activity)
    {
        if (activity.Known != activity.At)
        {
            yield return activity with { Known = activity.At };
        }

        if (activity.Amount != PlainNumber)
        {
            yield return activity with { Amount = PlainNumber };
        }

        if (activity.Kind != PlainText)
        {
            yield return activity with { Kind = PlainText };
        }

        if (activity.Sequence != 0)
        {
            yield return activity with { Sequence = 0 };
        }
    }

    private static IEnumerable<Visit> Plainer(Visit visit)
    {
        if (visit.Pages != PlainNumber)
        {
            yield return visit with { Pages = PlainNumber };
        }

        if (visit.Seconds != PlainNumber)
        {
            yield return visit with { Seconds = PlainNumber };
        }
    }
}
