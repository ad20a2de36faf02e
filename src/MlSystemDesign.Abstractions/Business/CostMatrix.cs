namespace MlSystemDesign;

/// <summary>What each row costs for each action and outcome. Costs may be negative: a gain.</summary>
/// <remarks>"Positive" is to act (contact, refuse), whether that was right or not. Immutable.</remarks>
public sealed class CostMatrix
{
    /// <summary>Creates a matrix.</summary>
    /// <param name="falsePositive">n costs of acting where the outcome does not occur.</param>
    /// <param name="falseNegative">n costs of not acting where it occurs.</param>
    /// <param name="truePositive">n costs of acting where it occurs.</param>
    /// <param name="trueNegative">n costs of not acting where it does not occur.</param>
    /// <exception cref="ArgumentException">Lengths or currencies differ, or a cost is not finite.</exception>
    public CostMatrix(MoneyColumn falsePositive, MoneyColumn falseNegative, MoneyColumn truePositive, MoneyColumn trueNegative)
    {
        ArgumentNullException.ThrowIfNull(falsePositive);
        ArgumentNullException.ThrowIfNull(falseNegative);
        ArgumentNullException.ThrowIfNull(truePositive);
        ArgumentNullException.ThrowIfNull(trueNegative);
        MoneyColumn[] columns = [falsePositive, falseNegative, truePositive, trueNegative];
        if (columns.Any(c => c.Count != falsePositive.Count || c.Currency != falsePositive.Currency || c.Amounts.ToArray().Any(a => !double.IsFinite(a))))
        {
            throw new ArgumentException(
                $"The four costs must be finite, of one length and one currency. Got {string.Join(", ", columns.Select(c => FormattableString.Invariant($"{c.Count} in {c.Currency}")))}, not all finite or not alike. Give every row its four costs.");
        }

        (FalsePositive, FalseNegative, TruePositive, TrueNegative) = (falsePositive, falseNegative, truePositive, trueNegative);
    }

    /// <summary>Gets the costs of acting where the outcome does not occur.</summary>
    public MoneyColumn FalsePositive { get; }

    /// <summary>Gets the costs of not acting where it occurs.</summary>
    public MoneyColumn FalseNegative { get; }

    /// <summary>Gets the costs of acting where it occurs.</summary>
    public MoneyColumn TruePositive { get; }

    /// <summary>Gets the costs of not acting where it does not occur.</summary>
    public MoneyColumn TrueNegative { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => FalsePositive.Count;

    /// <summary>Gets the currency of all costs.</summary>
    public Currency Currency => FalsePositive.Currency;

    /// <summary>Picks rows.</summary>
    /// <param name="rows">Row positions, in the order wanted.</param>
    public CostMatrix Select(ReadOnlySpan<int> rows) => new(Pick(FalsePositive, rows), Pick(FalseNegative, rows), Pick(TruePositive, rows), Pick(TrueNegative, rows));

    /// <summary>Gives the cost of one row.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="acted">Whether it was acted upon.</param>
    /// <param name="outcome">Whether the outcome occurs.</param>
    public double CostOf(int row, bool acted, bool outcome) =>
        (acted ? outcome ? TruePositive : FalsePositive : outcome ? FalseNegative : TrueNegative).Amounts.Span[row];

    /// <summary>Says whether acting on a row is expected to cost less than not acting.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="probability">The calibrated probability of the outcome, in [0, 1].</param>
    /// <returns>Whether p·C_TP + (1 − p)·C_FP is less than p·C_FN + (1 − p)·C_TN; <see langword="false"/> where they are equal, and for a probability that is NaN.</returns>
    public bool PaysToAct(int row, double probability)
    {
        double acting = (probability * CostOf(row, true, true)) + ((1 - probability) * CostOf(row, true, false));
        double waiting = (probability * CostOf(row, false, true)) + ((1 - probability) * CostOf(row, false, false));
        return acting < waiting;
    }

    private static MoneyColumn Pick(MoneyColumn column, ReadOnlySpan<int> rows)
    {
        double[] amounts = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            amounts[i] = column.Amounts.Span[rows[i]];
        }

        return new MoneyColumn(amounts, column.Currency);
    }
}
