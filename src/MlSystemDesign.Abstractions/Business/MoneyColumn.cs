namespace MlSystemDesign;

/// <summary>Amounts of many rows in one currency; money in bulk.</summary>
/// <param name="Amounts">n amounts in major units; NaN means unknown.</param>
/// <param name="Currency">Their currency.</param>
public sealed record MoneyColumn(ReadOnlyMemory<double> Amounts, Currency Currency)
{
    /// <summary>Gets the number of rows.</summary>
    public int Count => Amounts.Length;
}
