namespace MlSystemDesign;

/// <summary>One entity at one cutoff: the key of a row.</summary>
/// <param name="Entity">What is scored.</param>
/// <param name="Cutoff">The instant before which facts may be used; <see langword="null"/> for a table without time.</param>
public readonly record struct Observation(EntityKey Entity, DateTimeOffset? Cutoff);
