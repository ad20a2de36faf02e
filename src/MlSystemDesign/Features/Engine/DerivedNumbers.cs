namespace MlSystemDesign.Features;

/// <summary>A derived column tied to its source: arithmetic over number columns, fact by fact.</summary>
/// <param name="Arithmetic">The arithmetic.</param>
/// <param name="Operands">The column of each of its names.</param>
/// <param name="Column">Its own place, behind the columns of the source.</param>
internal sealed record DerivedNumbers(Arithmetic Arithmetic, int[] Operands, int Column)
{
    /// <summary>Computes the column. A result that is not finite is missing.</summary>
    internal void Compute(FactSet facts, Span<double> results)
    {
        Span<double> operands = stackalloc double[Operands.Length];
        for (int i = 0; i < facts.Count; i++)
        {
            for (int o = 0; o < operands.Length; o++)
            {
                ColumnPart<double> column = facts.Numbers[Operands[o]];
                operands[o] = column.Items[column.At + i];
            }

            double value = Arithmetic.Evaluate(operands);
            results[i] = double.IsFinite(value) ? value + 0.0 : double.NaN;
        }
    }
}
