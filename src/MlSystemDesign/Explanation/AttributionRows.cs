namespace MlSystemDesign.Explanation;

/// <summary>Attributions and the rows that they are of.</summary>
internal static class AttributionRows
{
    /// <summary>Requires that attributions are those of rows, column by column.</summary>
    /// <param name="attributions">n rows × the model's columns, not grouped.</param>
    /// <param name="rows">The n rows that were explained.</param>
    /// <param name="schema">The model's columns.</param>
    /// <returns>The rows with exactly the model's columns.</returns>
    /// <exception cref="ArgumentException">They are of other rows or columns.</exception>
    internal static FeatureTable Align(AttributionTable attributions, FeatureTable rows, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(rows);
        FeatureTable aligned = rows.AlignTo(schema);
        if (attributions.RowCount != aligned.RowCount || !attributions.Columns.SequenceEqual(schema.Select(c => c.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"The attributions must be those of the rows, column by column ({aligned.RowCount} × {schema.Count}). Got {attributions.RowCount} × {attributions.Columns.Count}. Explain the rows, and do not group.",
                nameof(attributions));
        }

        return SameRows(attributions.Observations, aligned.Observations)
            ? aligned
            : throw new ArgumentException("The attributions must be those of the rows, in their order. Got attributions of other entities or cutoffs. Explain these rows.", nameof(attributions));
    }

    private static bool SameRows(ObservationSet one, ObservationSet other) => one.Entities.SequenceEqual(other.Entities)
        && one.HasCutoffs == other.HasCutoffs && (!one.HasCutoffs || one.CutoffTicks.SequenceEqual(other.CutoffTicks));
}
