using MlSystemDesign.Training;

namespace MlSystemDesign.Explanation;

/// <summary>Picks training rows that stand for all: every entity once before any twice, so that few entities with many rows do not fill the sample.</summary>
internal static class BackgroundSample
{
    private const string Salt = "background";

    /// <summary>Picks rows.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="size">The most rows to pick.</param>
    /// <returns>The rows in their order, without their entities: whose they are does not matter, and is not kept. Which ones depends on entities and cutoffs, not on the order.</returns>
    internal static FeatureTable Of(FeatureTable rows, int size)
    {
        ObservationSet observations = rows.Observations;
        ulong[] hashes = [.. observations.Entities.ToArray().Select(entity => EntityHash.Of(entity, Salt))];

        // Of more entities than there is room for, the one row of each suffices; of fewer, all are here.
        HashSet<ulong> kept = [.. hashes.Distinct().Order().Take(size)];
        int[] picked =
        [
            .. Enumerable.Range(0, rows.RowCount).Where(i => kept.Contains(hashes[i])).GroupBy(i => hashes[i])
                .SelectMany(entity => entity.OrderBy(OrderOf).ThenBy(i => i).Take(size).Select((row, turn) => (Row: row, Turn: turn)))
                .OrderBy(p => p.Turn).ThenBy(p => hashes[p.Row]).Take(size).Select(p => p.Row).Order(),
        ];
        return rows.SelectRows(picked).WithObservations(ObservationSet.WithoutTime(Enumerable.Range(0, picked.Length).Select(i => new EntityKey((long)i))));

        ulong OrderOf(int row) => RowSample.OrderOf(hashes[row], observations.HasCutoffs ? observations.CutoffTicks[row] : 0);
    }
}
