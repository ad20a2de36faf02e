using System.Globalization;
using MlSystemDesign.Features;
using Xunit.Sdk;

namespace MlSystemDesign.Tests.Features;

/// <summary>A world, a plan and cutoffs for which something is to hold.</summary>
internal sealed record Case(World World, FeaturePlan Plan, long[] Cutoffs)
{
    /// <summary>Checks; when that fails, leaves out facts, features and cutoffs as long as it fails in the same way, and tells the smallest case.</summary>
    /// <param name="check">Throws what is wrong.</param>
    internal void Check(Action<Case> check)
    {
        if (Failure(check) is not { } failure)
        {
            return;
        }

        Case smallest = this;
        for (bool smaller = true; smaller;)
        {
            smaller = false;
            foreach (Case candidate in smallest.Smaller())
            {
                if (candidate.Failure(check) is { } same && same.GetType() == failure.GetType())
                {
                    (smallest, failure, smaller) = (candidate, same, true);
                    break;
                }
            }
        }

        throw new XunitException($"{failure.Message}\n{smallest}", failure);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(
        '\n',
        [
            .. Plan.Features.Select(Text), Invariant($"cutoffs {string.Join(' ', Cutoffs)}"),
            .. World.Deeds.Select(d => Invariant($"{d}")), .. World.Traits.Select(t => Invariant($"{t}")),
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

    private Exception? Failure(Action<Case> check)
    {
        try
        {
            check(this);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private IEnumerable<Case> Smaller() =>
    [
        .. Without(Plan.Features, 1).Select(features => this with { Plan = new FeaturePlan(features) }),
        .. Without(Cutoffs, 1).Select(cutoffs => this with { Cutoffs = cutoffs }),
        .. Without(World.Deeds).Select(deeds => this with { World = World with { Deeds = deeds } }),
        .. Without(World.Traits).Select(traits => this with { World = World with { Traits = traits } }),
        .. Without(World.Visits, 1).Select(visits => this with { World = World with { Visits = visits } }),
        .. Without(World.Profiles, 1).Select(profiles => this with { World = World with { Profiles = profiles } }),
    ];
}
