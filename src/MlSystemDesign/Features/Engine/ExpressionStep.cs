namespace MlSystemDesign.Features;

/// <summary>A feature that is arithmetic over other features of its row.</summary>
/// <param name="Arithmetic">The arithmetic.</param>
/// <param name="Operands">The place in the row of each of its names.</param>
/// <param name="Place">Where the result goes.</param>
internal sealed record ExpressionStep(Arithmetic Arithmetic, int[] Operands, int Place)
{
    internal void Compute(double[] row, double[] operands)
    {
        for (int o = 0; o < Operands.Length; o++)
        {
            operands[o] = row[Operands[o]];
        }

        row[Place] = Finite.Or(Arithmetic.Evaluate(operands.AsSpan(0, Operands.Length)));
    }
}
