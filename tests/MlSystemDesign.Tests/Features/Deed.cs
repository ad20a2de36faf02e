namespace MlSystemDesign.Tests.Features;

/// <summary>One event as the tests see it: who, when, known when, how much, of what kind.</summary>
internal sealed record Deed(string Who, long At, long Known, double Amount, string? Kind, int Sequence)
{
    internal DateTimeOffset Time => new(At, TimeSpan.Zero);

    internal DateTimeOffset KnownTime => new(Known, TimeSpan.Zero);
}
