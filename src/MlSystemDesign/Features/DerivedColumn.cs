namespace MlSystemDesign.Features;

/// <summary>A number column that a plan computes, fact by fact, from the number columns of a source: "quantity * price".</summary>
/// <remarks>Missing when a value that it needs is, and when the result is not finite.</remarks>
/// <param name="Source">The source.</param>
/// <param name="Name">Its name, unique among the source's columns.</param>
/// <param name="Expression">Arithmetic over the source's number columns, and over columns that the plan derives before it; see <see cref="FeaturePlan"/>.</param>
/// <param name="Unit">Its unit, if any.</param>
public sealed record DerivedColumn(string Source, string Name, string Expression, string? Unit = null);
