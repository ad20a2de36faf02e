using MlSystemDesign.Facts;

namespace MlSystemDesign.Features;

/// <summary>Tells whether anything was known of an entity.</summary>
internal static class EntityVisibility
{
    internal static bool AnyVisible(IColumnarHistory history, HistorySchema schema, int entity, long cutoff)
    {
        for (int s = 0; s < schema.Sources.Count; s++)
        {
            SourceSchema source = schema.Sources[s];
            if (AnyVisible(history.Run(s, entity), source.HasKnownTime ? 0 : source.KnownAfter.Ticks, cutoff))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyVisible(FactRun run, long delay, long cutoff)
    {
        ReadOnlySpan<long> ticks = run.EventTicks;
        KnownTimes known = run.Block.Known;
        ReadOnlySpan<FactException> exceptions = run.Exceptions;

        // From the oldest, which is the likeliest.
        int e = exceptions.Length - 1;
        for (int i = run.Count - 1; i >= 0 && ticks[i] < cutoff - delay; i--)
        {
            bool visible = known.IsEmpty || known[run.Start + i, ticks[i]] < cutoff;
            if (e >= 0 && exceptions[e].Row == run.Start + i)
            {
                visible = exceptions[e].Known < cutoff && exceptions[e].Superseded >= cutoff;
                e--;
            }

            if (visible)
            {
                return true;
            }
        }

        return false;
    }
}
