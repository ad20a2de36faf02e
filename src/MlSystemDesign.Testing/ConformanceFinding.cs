namespace MlSystemDesign.Testing;

/// <summary>A promise that an implementation breaks.</summary>
/// <param name="Check">The check that found it, such as "cancellation obeyed".</param>
/// <param name="Evidence">What was seen.</param>
/// <param name="Remedy">What to change.</param>
public sealed record ConformanceFinding(string Check, string Evidence, string Remedy);
