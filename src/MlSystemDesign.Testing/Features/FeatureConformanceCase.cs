using MlSystemDesign.Features;

namespace MlSystemDesign.Testing;

/// <summary>One random case: what to compute from which facts.</summary>
/// <param name="Plan">The features.</param>
/// <param name="History">The facts, as a history.</param>
/// <param name="Arrivals">The same facts row by row, in random order (not by time, and corrections may come before what they correct),
/// or as they became known when <see cref="FeatureConformanceOptions.ArriveAsKnown"/> says so.</param>
public sealed record FeatureConformanceCase(FeaturePlan Plan, IHistory History, IReadOnlyList<Arrival> Arrivals);
