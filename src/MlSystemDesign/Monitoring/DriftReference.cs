namespace MlSystemDesign.Monitoring;

/// <summary>What a <see cref="DriftMonitor"/> keeps of the reference rows: per column the distribution, never the rows. Saved with the trained system.</summary>
/// <remarks>Immutable and safe for concurrent use. A number column keeps every distinct value with its count, or evenly spaced quantiles when there are more
/// than <see cref="DriftMonitorOptions.MaximumPoints"/>; a category column keeps the count of each level. Texts of levels are kept: leave columns out
/// whose levels name a person. An identifier-like column keeps no levels.</remarks>
public sealed class DriftReference : IDriftReference
{
    /// <summary>The kind of this part.</summary>
    internal const string PartKind = "drift.reference";

    internal DriftReference(int count, IReadOnlyList<NumberReference> numbers, IReadOnlyList<CategoryReference> categories, NumberReference? score)
    {
        Count = count;
        Numbers = numbers;
        Categories = categories;
        Score = score;
    }

    /// <inheritdoc/>
    public string Kind => PartKind;

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>Gets the names of the columns that are kept, numbers first, each in the order of the reference table; without the score.</summary>
    public IReadOnlyList<string> Columns => [.. Numbers.Select(c => c.Name), .. Categories.Select(c => c.Name)];

    /// <summary>Gets a value indicating whether the model's predictions are kept too.</summary>
    public bool HasScore => Score is not null;

    internal IReadOnlyList<NumberReference> Numbers { get; }

    internal IReadOnlyList<CategoryReference> Categories { get; }

    internal NumberReference? Score { get; }
}
