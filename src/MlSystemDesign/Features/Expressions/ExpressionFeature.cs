namespace MlSystemDesign.Features;

/// <summary>A feature of a plan that is arithmetic over others.</summary>
/// <param name="Feature">Its position in the plan.</param>
/// <param name="Arithmetic">The arithmetic.</param>
/// <param name="Operands">The position in the plan of each of the arithmetic's names.</param>
internal sealed record ExpressionFeature(int Feature, Arithmetic Arithmetic, int[] Operands);
