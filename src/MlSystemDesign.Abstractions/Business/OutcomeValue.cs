using System.Globalization;

namespace MlSystemDesign;

/// <summary>What one outcome is worth: a fixed amount, or a feature of the row times a factor.</summary>
/// <remarks>For churn this is the margin that is lost when the customer leaves.</remarks>
public sealed record OutcomeValue
{
    private OutcomeValue(Money? fixedAmount, string? column, double factor, Currency currency)
    {
        FixedAmount = fixedAmount;
        Column = column;
        Factor = factor;
        Currency = currency;
    }

    /// <summary>Gets the amount per outcome; <see langword="null"/> when it comes from a column.</summary>
    public Money? FixedAmount { get; }

    /// <summary>Gets the feature column that holds the amount before the factor; <see langword="null"/> when the amount is fixed.</summary>
    public string? Column { get; }

    /// <summary>Gets the factor on the column; 1 when the amount is fixed.</summary>
    public double Factor { get; }

    /// <summary>Gets the currency.</summary>
    public Currency Currency { get; }

    /// <summary>Every outcome is worth the same.</summary>
    /// <param name="amount">The amount; not negative.</param>
    public static OutcomeValue Fixed(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Amount, nameof(amount));
        return new OutcomeValue(amount, null, 1, amount.Currency);
    }

    /// <summary>An outcome is worth a feature of its row times a factor, such as the monthly fee times margin share times months.</summary>
    /// <param name="column">A numeric feature column, in major units of the currency per whatever the factor turns into an outcome.</param>
    /// <param name="factor">A finite factor above zero.</param>
    /// <param name="currency">The currency of the column.</param>
    public static OutcomeValue PerRow(string column, double factor, Currency currency)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return double.IsFinite(factor) && factor > 0
            ? new OutcomeValue(null, column, factor, currency)
            : throw new ArgumentOutOfRangeException(
                nameof(factor), $"The factor of an outcome value must be finite and above zero. Got {factor.ToString(CultureInfo.InvariantCulture)}. Pass margin share times periods.");
    }

    /// <summary>Computes the amounts of a table's rows.</summary>
    /// <param name="table">n rows; must hold <see cref="Column"/> when the amount comes from a column.</param>
    /// <returns>n amounts in major units; NaN where the column is missing, never negative (a negative amount counts as 0: nothing is lost with it).</returns>
    public MoneyColumn Amounts(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] amounts = new double[table.RowCount];
        if (FixedAmount is { } amount)
        {
            Array.Fill(amounts, (double)amount.Amount);
        }
        else
        {
            ReadOnlySpan<double> column = table.Numbers(Column!);
            for (int i = 0; i < amounts.Length; i++)
            {
                double value = column[i] * Factor;
                amounts[i] = value < 0 ? 0 : value;
            }
        }

        return new MoneyColumn(amounts, Currency);
    }

    /// <summary>Returns the definition as text; part of the KPI's hash, and so exact: an amount finer than the minor unit keeps its digits.</summary>
    public override string ToString() => FixedAmount is { } amount
        ? amount == amount.Rounded() ? amount.ToString() : string.Create(CultureInfo.InvariantCulture, $"{amount.Amount:0.############################} {Currency}")
        : string.Create(CultureInfo.InvariantCulture, $"{Column} x {Factor:R} {Currency}");
}
