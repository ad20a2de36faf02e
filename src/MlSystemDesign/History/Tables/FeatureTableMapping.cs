namespace MlSystemDesign.History;

/// <summary>Says by column names how a ready table, one row per observation, becomes features, targets and money.</summary>
/// <remarks>Text is read in the invariant culture. Blank text and database nulls are missing, and so is the text NaN in a number column.</remarks>
public sealed class FeatureTableMapping
{
    internal FeatureTableMapping()
    {
    }

    internal KeyColumns? EntityColumns { get; private set; }

    internal TimeFormat? CutoffColumn { get; private set; }

    /// <summary>Gets the columns in the order of declaration; no kind means that the values decide.</summary>
    internal List<TableColumn> Columns { get; } = [];

    internal bool InfersOthers { get; private set; }

    internal HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    internal (string Column, string? Positive)? TargetColumn { get; private set; }

    internal List<(string Column, Currency Currency)> MoneyColumns { get; } = [];

    internal (string FalsePositive, string FalseNegative, string TruePositive, string TrueNegative)? CostColumns { get; private set; }

    internal BadRows BadRows { get; private set; }

    internal TimeZoneInfo? Zone { get; private set; }

    internal List<string> MissingTexts { get; } = [];

    /// <summary>Maps the entity: one column, or several for a composite key. Without it the row number, from 1, is the entity.</summary>
    /// <param name="columns">Column names.</param>
    public FeatureTableMapping Entity(params string[] columns)
    {
        EntityColumns = KeyColumns.Of(columns);
        return this;
    }

    /// <summary>Maps the entity to one column with a stated kind of key.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="kind">Text, integer or GUID.</param>
    public FeatureTableMapping Entity(string column, EntityKeyKind kind)
    {
        EntityColumns = KeyColumns.Of(column, kind);
        return this;
    }

    /// <summary>Maps the cutoff of each row. Without it the table has no time.</summary>
    /// <param name="column">A time column, or text in ISO 8601.</param>
    /// <param name="format">A .NET format for other text.</param>
    public FeatureTableMapping Cutoff(string column, string? format = null)
    {
        CutoffColumn = new TimeFormat(column, format, null);
        return this;
    }

    /// <summary>Adds a number column.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="unit">The unit, such as "EUR".</param>
    /// <param name="name">The name of the feature; the column's by default.</param>
    public FeatureTableMapping Number(string column, string? unit = null, string? name = null) => Add(new TableColumn(column, name ?? column, ColumnKind.Number, unit));

    /// <summary>Adds a category column.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="name">The name of the feature; the column's by default.</param>
    public FeatureTableMapping Category(string column, string? name = null) => Add(new TableColumn(column, name ?? column, ColumnKind.Category, null));

    /// <summary>Adds every column that is not mapped otherwise, in the order of the reader, after those that are: numbers where every value reads as one, else categories.
    /// A column without any value is a number column of missing values.</summary>
    /// <param name="except">Columns to leave out: ids, columns that leak.</param>
    public FeatureTableMapping InferOthers(params string[] except)
    {
        ArgumentNullException.ThrowIfNull(except);
        InfersOthers = true;
        LeftOut.UnionWith(except);
        return this;
    }

    /// <summary>Maps the target of a probability: 1 where the column has the given text, 0 elsewhere. A missing one is a bad row.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="positive">The text of the positive class, such as "Yes" or "1": compared ordinally, numbers by value. It must occur.</param>
    public FeatureTableMapping Target(string column, string positive)
    {
        ArgumentNullException.ThrowIfNull(positive);
        TargetColumn = (column, positive);
        return this;
    }

    /// <summary>Maps the target of a value, such as next year's spending: the number itself. A missing one is a bad row.</summary>
    /// <param name="column">The column's name.</param>
    public FeatureTableMapping TargetValue(string column)
    {
        TargetColumn = (column, null);
        return this;
    }

    /// <summary>Adds amounts of money per row, such as the cost of a false positive. They are no features.</summary>
    /// <param name="column">The column's name; a missing amount is NaN, unknown.</param>
    /// <param name="currency">Their currency.</param>
    public FeatureTableMapping Money(string column, Currency currency)
    {
        MoneyColumns.Add((column, currency));
        return this;
    }

    /// <summary>Adds what acting or not costs per row and outcome. They are no features; a row where one is missing or infinite is a bad row.</summary>
    /// <param name="falsePositive">The column of the cost of acting where the outcome does not occur.</param>
    /// <param name="falseNegative">Of not acting where it occurs.</param>
    /// <param name="truePositive">Of acting where it occurs.</param>
    /// <param name="trueNegative">Of not acting where it does not occur.</param>
    /// <param name="currency">Their currency.</param>
    public FeatureTableMapping Costs(string falsePositive, string falseNegative, string truePositive, string trueNegative, Currency currency)
    {
        CostColumns = (falsePositive, falseNegative, truePositive, trueNegative);
        foreach (string column in new[] { falsePositive, falseNegative, truePositive, trueNegative }.Distinct())
        {
            Money(column, currency);
        }

        return this;
    }

    /// <summary>States what happens to rows that cannot be used. The first one fails by default.</summary>
    /// <param name="policy">Fail, or skip and report.</param>
    public FeatureTableMapping OnBadRows(BadRows policy)
    {
        BadRows = policy;
        return this;
    }

    /// <summary>States the zone of cutoffs that carry none; UTC by default.</summary>
    /// <param name="zone">The zone.</param>
    public FeatureTableMapping InZone(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        Zone = zone;
        return this;
    }

    /// <summary>Names texts that stand for a missing value besides blank ones, such as "NULL" or "NA".</summary>
    /// <param name="texts">The texts, compared ordinally.</param>
    public FeatureTableMapping Missing(params string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        MissingTexts.AddRange(texts);
        return this;
    }

    private FeatureTableMapping Add(TableColumn column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column.Column);
        Columns.Add(column);
        return this;
    }
}

/// <summary>A feature column to be read.</summary>
internal sealed record TableColumn(string Column, string Name, ColumnKind? Kind, string? Unit);
