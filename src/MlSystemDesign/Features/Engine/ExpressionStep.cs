namespace MlSystemDesign.Features;

/// <summary>A feature that is arithmetic over other features of its row.</summary>
/// <param name="Arithmetic">The arithmetic.</param>
/// <param name="Operands">The place in the row of each of its names.</param>
/// <param name="Place">Where the result goes.</param>
internal sealed record ExpressionStep(Arithmetic Arithmetic, int[] Operands, int Place)
{
    internal void Compute(RowBlock block, double[] operands)
    {
        for (int row = 0; row < block.Count; row++)
        {
            for (int o = 0; o < Operands.Length; o++)
            {
                operands[o] = block.NumberOf(Operands[o], row);
            }

            block.Number(Place, row) = Finite.Or(Arithmetic.Evaluate(operands.AsSpan(0, Operands.Length)));
        }
    }
}
