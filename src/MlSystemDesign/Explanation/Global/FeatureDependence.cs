namespace MlSystemDesign.Explanation;

/// <summary>How the attribution of one column depends on its value.</summary>
public sealed record FeatureDependence
{
    /// <summary>Gets the column.</summary>
    public required string Column { get; init; }

    /// <summary>Gets the business feature that it belongs to.</summary>
    public required string Feature { get; init; }

    /// <summary>Gets whether it holds numbers or categories.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Gets the unit of its values, if any.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the mean |SHAP| of this column alone.</summary>
    public required Metric MeanAbsolute { get; init; }

    /// <summary>Gets the bins that have rows: numbers by rising value; categories by frequency, those that share a bin last; missing values after all others.</summary>
    public required IReadOnlyList<DependenceBin> Bins { get; init; }

    /// <summary>Gets the sample: value and attribution of this column.</summary>
    public required IReadOnlyList<AttributionPoint> Sample { get; init; }
}

/// <summary>The rows whose value lies in one bin.</summary>
public sealed record DependenceBin
{
    /// <summary>Gets the largest value of the bin as it was cut; +∞ for the last bin, NaN for a category and for missing values.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>Gets the mean of the values in it; NaN for a category and for missing values.</summary>
    public double MeanValue { get; init; } = double.NaN;

    /// <summary>Gets the category; <see langword="null"/> for numbers, for missing values and where several categories share the bin.</summary>
    public string? Level { get; init; }

    /// <summary>Gets a value indicating whether it holds the missing values, categories unseen in training included.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the mean SHAP of the column in these rows.</summary>
    public required Metric Attribution { get; init; }
}
