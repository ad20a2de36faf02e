namespace MlSystemDesign.Testing.Features;

/// <summary>One event of a source with a fixed delay, no sequence, and several columns of each kind: ties are broken by the values alone.</summary>
internal sealed record Visit(string Who, long At, double Pages, string? Page, double Seconds, string? Device)
{
    internal DateTimeOffset Time => new(At, TimeSpan.Zero);
}
