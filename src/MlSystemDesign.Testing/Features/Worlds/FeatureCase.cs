using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>A world, a plan and cutoffs for which something is to hold.</summary>
internal sealed record FeatureCase(World World, FeaturePlan Plan, long[] Cutoffs)
{
    /// <summary>Leaves out facts, features and cutoffs as long as the case fails in the same way: with an exception of the same type.</summary>
    /// <param name="failure">How this case fails.</param>
    /// <param name="check">Returns how a case fails; <see langword="null"/> when it does not.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The smallest case found, and how it fails.</returns>
    internal async Task<(FeatureCase Smallest, Exception Failure)> ShrinkAsync(Exception failure, Func<FeatureCase, Task<Exception?>> check, CancellationToken cancellationToken = default)
    {
        FeatureCase smallest = this;
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (FeatureCase candidate in smallest.Smaller())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (await check(candidate).ConfigureAwait(false) is { } same && same.GetType() == failure.GetType())
                {
                    (smallest, failure, smaller) = (candidate, same, true);
                    break;
                }
            }
        }

        return (smallest, failure);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        '\n',
        [
            .. Plan.Features.Select(Text), Invariant($"cutoffs {string.Join(' ', Cutoffs)}"),
            .. World.Activities.Select(d => Invariant($"{d}")), .. World.Traits.Select(t => Invariant($"{t}")),
            .. World.Visits.Select(v => Invariant($"{v}")), .. World.Profiles.Select(p => Invariant($"{p}")),
        ]);

    internal static string Text(FeatureDefinition f) => Invariant(
        $"{f.Name} = {f.Aggregate}({f.Source}.{f.Column}; {Text(f.Window)}; parameter {f.Parameter}; period {f.Period}; where {string.Join(" and ", f.Where)}; expression {f.Expression})");

    private static string Text(FeatureWindow? w) => w is null ? "no window" : Invariant($"{w.Kind} {w.Length} {w.Months}m {w.Days}d {w.Zone} {w.Events} events, lag {w.Lag}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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

    private IEnumerable<FeatureCase> Smaller() =>
    [
        .. Without(Plan.Features, 1).Select(features => this with { Plan = new FeaturePlan(features) }),
        .. Without(Cutoffs, 1).Select(cutoffs => this with { Cutoffs = cutoffs }),
        .. Without(World.Activities).Select(activities => this with { World = World with { Activities = activities } }),
        .. Without(World.Traits).Select(traits => this with { World = World with { Traits = traits } }),
        .. Without(World.Visits, 1).Select(visits => this with { World = World with { Visits = visits } }),
        .. Without(World.Profiles, 1).Select(profiles => this with { World = World with { Profiles = profiles } }),
    ];
}
