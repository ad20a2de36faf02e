using System.Globalization;
using MlSystemDesign.Benchmarks.Contenders;
using MlSystemDesign.Benchmarks.Workload;

namespace MlSystemDesign.Benchmarks.Comparison;

/// <summary>What the comparison command was asked for.</summary>
internal sealed record ComparisonOptions
{
    internal const string Usage = """
        compare [--size S]          T, S, M or L, or several: M,L. L runs cutoffs a of ours and the loop
                [--cutoffs a,b,c]   a: 12 monthly per entity, b: one per entity, c: daily for the last 90 days; a by default
                [--set core]        core or full
                [--repeats 3]       rounds after the warm-up; per contender: 3,duckdb-segments=1. Each round ingests and computes anew
                [--only ours,loop]  ours, linq, loop, window-loop, duckdb-join, duckdb-segments; all by default
                [--seed 28]         of the log and of cutoffs b
                [--no-warm-up]      skips the round that is not counted
                [--out FILE.md]     writes the report there too
        """;

    internal IReadOnlyList<WorkloadSize> Sizes { get; private init; } = [WorkloadSize.S];

    internal IReadOnlyList<string> Cutoffs { get; private init; } = ["a"];

    internal FeatureSet Set { get; private init; } = FeatureSet.Core;

    internal int Repeats { get; private init; } = 3;

    internal IReadOnlyDictionary<string, int> RepeatsOf { get; private init; } = new Dictionary<string, int>();

    internal IReadOnlyList<string> Only { get; private init; } = Roster.Names;

    internal int Seed { get; private init; } = EventGenerator.DefaultSeed;

    internal bool WarmUp { get; private init; } = true;

    internal string? Out { get; private init; }

    internal static ComparisonOptions Parse(ReadOnlySpan<string> arguments)
    {
        ComparisonOptions options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--no-warm-up")
            {
                options = options with { WarmUp = false };
                continue;
            }

            string value = i + 1 < arguments.Length ? arguments[++i] : throw new ArgumentException($"Every option must have a value. Got '{name}' at the end. Add its value.\n{Usage}");
            options = options.With(name, value);
        }

        return options;
    }

    internal int RepeatsFor(string contender) => RepeatsOf.GetValueOrDefault(contender, Repeats);

    private ComparisonOptions With(string name, string value)
    {
        string[] list = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return name switch
        {
            "--size" => this with { Sizes = [.. list.Select(WorkloadSize.Named)] },
            "--cutoffs" => this with { Cutoffs = list.All(c => c is "a" or "b" or "c") ? list : throw new ArgumentException($"Cutoff sets must be a, b or c. Got '{value}'. Use --cutoffs a,b,c.") },
            "--set" => this with { Set = FeatureSet.Named(value) },
            "--repeats" => WithRepeats(list),
            "--only" => this with { Only = list.All(Roster.Names.Contains) ? list : throw new ArgumentException($"Contenders must be among {string.Join(", ", Roster.Names)}. Got '{value}'. Use --only ours,loop.") },
            "--seed" => this with { Seed = Number(value) },
            "--out" => this with { Out = value },
            _ => throw new ArgumentException($"An option must be one of these. Got '{name}'.\n{Usage}"),
        };
    }

    private ComparisonOptions WithRepeats(string[] list)
    {
        Dictionary<string, int> own = [];
        int repeats = Repeats;
        foreach (string item in list)
        {
            string[] parts = item.Split('=');
            int number = Number(parts[^1]);
            if (number < 1 || (parts.Length > 1 && !Roster.Names.Contains(parts[0])))
            {
                throw new ArgumentException($"Repeats must be a number from 1, or contender=number. Got '{item}'. Use --repeats 3,duckdb-segments=1.");
            }

            if (parts.Length > 1)
            {
                own[parts[0]] = number;
            }
            else
            {
                repeats = number;
            }
        }

        return this with { Repeats = repeats, RepeatsOf = own };
    }

    private static int Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new ArgumentException($"The value must be a whole number. Got '{value}'. Write it in digits.");
}
