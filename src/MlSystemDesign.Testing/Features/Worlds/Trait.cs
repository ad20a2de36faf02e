namespace MlSystemDesign.Testing.Features;

/// <summary>One attribute row: who, from when it holds, and what. Known when it holds, unless said otherwise.</summary>
internal sealed record Trait(string Who, long At, double Fee, string? Plan)
{
    internal long Known { get; init; } = At;

    internal DateTimeOffset Time => new(At, TimeSpan.Zero);

    internal DateTimeOffset KnownTime => new(Known, TimeSpan.Zero);
}
