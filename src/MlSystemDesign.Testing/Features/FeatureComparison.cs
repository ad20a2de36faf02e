using System.Globalization;
using MlSystemDesign.Features;

namespace MlSystemDesign.Testing.Features;

/// <summary>Compares a built table with the definitions, value by value.</summary>
internal static class FeatureComparison
{
    /// <summary>Compares; stops at the first value that differs.</summary>
    /// <param name="case">What the table was built from.</param>
    /// <param name="table">What was built.</param>
    /// <param name="tolerance">The relative error that is allowed beyond what the definition allows; 0 for none.</param>
    /// <returns>How many values were compared.</returns>
    /// <exception cref="FeatureMismatch">A value, a row or a column is another.</exception>
    internal static long Compare(FeatureCase @case, FeatureTable table, double tolerance = 0)
    {
        RequireShape(@case, table);
        ReferenceFeatures reference = new(@case.World);
        for (int c = 0; c < @case.Plan.Features.Count; c++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                Compare(@case.Plan.Features[c], table, c, row, reference, tolerance);
            }
        }

        return (long)table.RowCount * @case.Plan.Features.Count;
    }

    private static void RequireShape(FeatureCase @case, FeatureTable table)
    {
        ObservationSet rows = Worlds.Rows(@case.Cutoffs);
        Require(table.Observations.SequenceEqual(rows), $"the table must have one row per observation, in their order; got {table.RowCount} rows for {rows.Count} observations, or another order");
        string expected = string.Join(", ", @case.Plan.Features.Select(f => f.Name)), got = string.Join(", ", table.Schema.Select(c => c.Name));
        Require(got == expected, $"the table must have one column per feature, in the plan's order: {expected}; got {got}");
    }

    private static void Compare(FeatureDefinition feature, FeatureTable table, int column, int row, ReferenceFeatures reference, double tolerance)
    {
        string who = table.Observations.Entities[row].ToString();
        long cutoff = table.Observations.CutoffTicks[row];
        string at = CaseText.Instant(cutoff);
        if (table.Schema[column].Kind == ColumnKind.Category)
        {
            int code = table.Codes(column)[row];
            string? got = code < 0 ? null : table.Schema[column].Levels[code], expected = reference.Text(feature, who, cutoff);
            Require(got == expected, $"{feature.Name} of {who} at {at} must be {expected ?? "missing"}; got {got ?? "missing"}");
            return;
        }

        double value = table.Numbers(column)[row];
        ReferenceValue wanted = reference.Number(feature, who, cutoff);
        wanted = wanted with { Tolerance = wanted.Tolerance + (double.IsNaN(wanted.Value) ? 0 : tolerance * Math.Abs(wanted.Value)) };
        Require(wanted.Allows(value), $"{feature.Name} of {who} at {at} must be {Number(wanted.Value)}{(wanted.Tolerance > 0 ? $" give or take {Number(wanted.Tolerance)}" : null)}; got {Number(value)}");
        Require(tolerance > 0 || !double.IsNegative(value) || value < 0 || double.IsNaN(value), $"{feature.Name} of {who} at {at} must be 0; got -0");
    }

    private static string Number(double value) => double.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Require(bool holds, FormattableString what)
    {
        if (!holds)
        {
            throw new FeatureMismatch(FormattableString.Invariant(what));
        }
    }
}
