namespace MlSystemDesign;

/// <summary>Builds a feature table from columns that the user already has.</summary>
/// <example><code>FeatureTable table = new FeatureTableBuilder(keys).Number("tenure", months).Category("contract", contracts).Build();</code></example>
public sealed class FeatureTableBuilder
{
    private readonly ObservationSet _observations;
    private readonly List<FeatureColumn> _columns = [];
    private readonly List<ReadOnlyMemory<double>> _numbers = [];
    private readonly List<ReadOnlyMemory<int>> _codes = [];

    /// <summary>Starts a table.</summary>
    /// <param name="observations">The rows, with or without cutoffs.</param>
    public FeatureTableBuilder(ObservationSet observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        _observations = observations;
    }

    /// <summary>Starts a table of rows that have no time.</summary>
    /// <param name="entities">The entities, in row order.</param>
    public FeatureTableBuilder(IEnumerable<EntityKey> entities)
        : this(ObservationSet.WithoutTime(entities))
    {
    }

    /// <summary>Adds a number column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One value per row; NaN means missing. Infinity is refused: no model or average can use it.</param>
    /// <param name="unit">Its unit, if any.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a value is infinite.</exception>
    public FeatureTableBuilder Number(string name, ReadOnlySpan<double> values, string? unit = null)
    {
        RequireLength(name, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsInfinity(values[i]))
            {
                throw new ArgumentException($"A feature must be finite, or NaN for missing. Got infinity in '{name}', row {i + 1}. Repair the value or mark it missing.", nameof(values));
            }
        }

        _columns.Add(new FeatureColumn { Name = name, Kind = ColumnKind.Number, Unit = unit });
        _numbers.Add(values.ToArray());
        _codes.Add(default);
        return this;
    }

    /// <summary>Adds a category column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">One text per row; <see langword="null"/> means missing. Levels are kept in ordinal order.</param>
    public FeatureTableBuilder Category(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        RequireLength(name, values.Count);
        FeatureColumn column = new()
        {
            Name = name,
            Kind = ColumnKind.Category,
            Levels = [.. values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        _columns.Add(column);
        _numbers.Add(default);
        _codes.Add(values.Select(column.CodeOf).ToArray());
        return this;
    }

    /// <summary>Builds the table.</summary>
    /// <exception cref="PlanException">A name occurs twice.</exception>
    public FeatureTable Build() => new(_observations, new FeatureSchema(_columns), [.. _numbers], [.. _codes]);

    private void RequireLength(string name, int length)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (length != _observations.Count)
        {
            throw new ArgumentException($"Every column must have one value per row ({_observations.Count}). Got {length} in '{name}'. Fill the column.");
        }
    }
}
