using MlSystemDesign.Leakage;
using MlSystemDesign.Testing.Checks;

namespace MlSystemDesign.Testing.Features;

/// <summary>What every builder promises, whatever it computes.</summary>
internal static class FeatureBuilderChecks
{
    internal static async Task RunAsync(ConformanceRun run, IFeatureBuilder builder, IHistory history, ObservationSet rows, int seed, CancellationToken cancellationToken)
    {
        EntityKey[] entities = [.. rows.Entities.ToArray().Distinct()];
        string schema = SchemaOf(builder.Schema);
        await CommonChecks.RunAsync(
            run,
            async token => Fingerprint.Of(await builder.BuildAsync(history, rows, token).ConfigureAwait(false)),
            () => Fingerprint.Of(history, entities)).ConfigureAwait(false);
        await run.CheckAsync("row order kept", "Fill row i from observation i.", async () =>
        {
            int[] backwards = [.. Enumerable.Range(0, rows.Count).Reverse()];
            FeatureTable table = await builder.BuildAsync(history, rows, cancellationToken).ConfigureAwait(false);
            FeatureTable turned = await builder.BuildAsync(history, rows.Select(backwards), cancellationToken).ConfigureAwait(false);
            return !table.Observations.SequenceEqual(rows)
                ? CheckResult.Broken($"{rows.Count} observations gave a table of {table.RowCount} rows that are others, or in another order.")
                : CheckResult.Of(Same(table.SelectRows(backwards), turned), $"{rows.Count} rows, forwards and backwards", "The rows backwards gave other values than the table backwards.");
        }).ConfigureAwait(false);
        await run.CheckAsync("schema kept", "Build exactly the columns of Schema, in its order, and never change it.", async () =>
        {
            string built = SchemaOf((await builder.BuildAsync(history, rows, cancellationToken).ConfigureAwait(false)).Schema);
            return CheckResult.Of(built == schema && SchemaOf(builder.Schema) == schema, $"{builder.Schema.Count} columns", $"The schema says {schema}; the table has {built}.");
        }).ConfigureAwait(false);
        await run.CheckAsync("unknown entity is a row", "Give an entity that the history has never seen the values for nothing.", async () =>
        {
            ObservationSet stranger = ObservationSet.At([(EntityKey)"an entity that no history has seen"], new DateTimeOffset(rows.CutoffTicks[0], TimeSpan.Zero));
            FeatureTable table = await builder.BuildAsync(history, stranger, cancellationToken).ConfigureAwait(false);
            return CheckResult.Of(table.RowCount == 1, "one unknown entity", $"An unknown entity gave {table.RowCount} rows.");
        }).ConfigureAwait(false);
        await run.CheckAsync("nothing read past the cutoff", "Read the history through AsOf with each row's own cutoff.", async () =>
        {
            LeakageContext context = new() { History = history, Features = builder, Labels = new LabelledObservations(rows, new LabelStatus[rows.Count], TimeSpan.Zero, TimeSpan.FromTicks(1)), Seed = seed };
            LeakageReport report = await new LeakageGuard().InspectAsync(context, cancellationToken).ConfigureAwait(false);
            return report.Verdict switch
            {
                LeakageVerdict.Clean => CheckResult.Kept("the future poisoned, with a control in the past"),
                LeakageVerdict.Leaking => CheckResult.Broken(string.Join(' ', report.Findings.Where(f => f.Severity == LeakageSeverity.Proven).Select(f => f.Evidence))),
                _ => CheckResult.Undefined(string.Join("; ", report.Checks)),
            };
        }).ConfigureAwait(false);
    }

    private static string SchemaOf(FeatureSchema schema) => string.Join(", ", schema.Select(c => $"{c.Name} ({c.Kind})"));

    // Categories by text: levels are those of a table's rows, and their codes may differ.
    private static bool Same(FeatureTable one, FeatureTable other) =>
        one.RowCount == other.RowCount && SchemaOf(one.Schema) == SchemaOf(other.Schema) && Enumerable.Range(0, one.Schema.Count).All(c => one.Schema[c].Kind == ColumnKind.Number
            ? Fingerprint.Of(one.Numbers(c)) == Fingerprint.Of(other.Numbers(c))
            : Enumerable.Range(0, one.RowCount).All(row => Text(one, c, row) == Text(other, c, row)));

    private static string? Text(FeatureTable table, int column, int row) => table.Codes(column)[row] is >= 0 and int code ? table.Schema[column].Levels[code] : null;
}
