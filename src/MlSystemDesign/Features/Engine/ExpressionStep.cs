namespace MlSystemDesign.Features;

/// <summary>A feature that is arithmetic over other features of its row.</summary>
/// <param name="Arithmetic">The arithmetic.</param>
/// <param name="Operands">The place in the row of each of its names.</param>
/// <param name="Slot">Where the result goes.</param>
internal sealed record ExpressionStep(Arithmetic Arithmetic, int[] Operands, int Slot)
{
    internal void Compute(double[] row, double[] operands)
    {
        for (int o = 0; o < Operands.Length; o++)
        {
            double value = row[Operands[o]];
            operands[o] = double.IsFinite(value) ? value : double.NaN;
        }

        row[Slot] = Arithmetic.Evaluate(operands.AsSpan(0, Operands.Length));
    }
}
