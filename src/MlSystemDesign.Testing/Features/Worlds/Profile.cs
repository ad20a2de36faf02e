namespace MlSystemDesign.Testing.Features;

/// <summary>One undated attribute row.</summary>
internal sealed record Profile(string Who, double Score, string? Segment);
