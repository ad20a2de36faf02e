namespace MlSystemDesign.Features;

/// <summary>Rows over any other history: each is a group, and what was visible is asked for row by row.</summary>
internal sealed class TableRows(IHistory history, BoundPlan plan, ObservationSet observations, FeatureOutput output) : RowSource
{
    internal override int Count => observations.Count;

    internal override int Compute(int first, int until, RowScan scan)
    {
        RowBlock block = scan.Block;
        for (int row = first; row < until; row++)
        {
            long cutoff = observations.CutoffTicks[row];
            EntityFacts facts = history.AsOf(observations.Entities[row], new DateTimeOffset(cutoff, TimeSpan.Zero));
            scan.Load(facts);
            int at = block.Count;
            block.Add(row, cutoff, plan.NeedsKnownEntities && facts.Sources.Any(s => s.Count > 0));
            scan.Compute(at);
            for (int f = 0; f < plan.Categories.Length; f++)
            {
                (_, int place, int source, int column) = plan.Categories[f];
                int code = block.CodeOf(place, at); // two features may share the place
                output.Categories[f].Write(row, code < 0 ? -1 : output.Categories[f].CodeOf(facts.Sources[source].Levels[column]![code]));
            }

            if (block.IsFull)
            {
                Write(scan);
            }
        }

        Write(scan);
        return until - first;
    }

    private void Write(RowScan scan)
    {
        scan.Finish();
        output.WriteNumbers(scan.Block);
        scan.Block.Clear();
    }
}
