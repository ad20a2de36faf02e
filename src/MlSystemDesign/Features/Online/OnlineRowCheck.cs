namespace MlSystemDesign.Features;

/// <summary>Tells what is wrong with a row before anything is changed.</summary>
internal static class OnlineRowCheck
{
    internal static void Require(in FactRow row, OnlineSource source)
    {
        SourceSchema schema = source.Schema;
        if (row.Entity == default)
        {
            throw Fault(schema, null, "Each row must name its entity", "none", "Set Entity");
        }

        if (row.IsRetraction && row.EventKey == default)
        {
            throw Fault(schema, null, "A retraction must name its event", "no event key", "Set EventKey");
        }

        if (!schema.HasKnownTime && row.KnownTime != default)
        {
            throw Fault(schema, null, $"Facts of this source are known {schema.KnownAfter} after they happened", $"known time {row.KnownTime:O}", "Leave KnownTime out, or use a schema with known times");
        }

        RequireCount(schema, row.Numbers.Length, source.NumberColumns.Length, row.IsRetraction, "numbers");
        RequireCount(schema, row.Categories.Length, source.CategoryColumns.Length, row.IsRetraction, "categories");
        for (int n = 0; n < row.Numbers.Length; n++)
        {
            if (double.IsInfinity(row.Numbers[n]))
            {
                throw Fault(schema, schema.Columns[source.NumberColumns[n]].Name, "Each number must be finite, or missing", "infinity", "Use NaN for a missing number");
            }
        }
    }

    private static void RequireCount(SourceSchema schema, int came, int expected, bool mayBeEmpty, string what)
    {
        if (came != expected && !(mayBeEmpty && came == 0))
        {
            throw Fault(schema, null, $"Each row must have the {expected} {what} of its source", $"{came}", "Give one value per column, in the schema's order");
        }
    }

    private static DataFormatException Fault(SourceSchema schema, string? column, string mustHold, string came, string todo) => new(
        $"{mustHold}. Got {came}{(column is null ? string.Empty : $" in column '{column}'")}, for source '{schema.Name}'. {todo}.", null, column);
}
