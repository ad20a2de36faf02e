using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Finds, among rows with the same event key, the one that holds: the one known last; ties by sequence, event time, values and entity.</summary>
internal static class Corrections
{
    /// <summary>Leaves the rows out that a correction replaces.</summary>
    /// <param name="past">The source so far.</param>
    /// <param name="added">The new rows.</param>
    /// <param name="entityOf">The entity of each new row; set to −1 where the row is replaced.</param>
    /// <param name="entities">The entities.</param>
    /// <param name="removed">Gets the rows of the past that are replaced, with their entities.</param>
    /// <returns>How many rows, new and past, are replaced.</returns>
    public static long Apply(SourceStore past, FactBlock added, int[] entityOf, EntityIndex entities, Dictionary<RowRef, int> removed)
    {
        Dictionary<EntityKey, int> holds = new(added.Count);
        long replaced = 0;
        for (int row = 0; row < added.Count; row++)
        {
            if (!holds.TryGetValue(added.EventKeys[row], out int other))
            {
                holds.Add(added.EventKeys[row], row);
                continue;
            }

            replaced++;
            if (Beats(added, row, entities[entityOf[row]], added, other, entities[entityOf[other]]))
            {
                holds[added.EventKeys[row]] = row;
                entityOf[other] = -1;
            }
            else
            {
                entityOf[row] = -1;
            }
        }

        return replaced + AgainstPast(past, added, entityOf, entities, holds, removed);
    }

    private static long AgainstPast(
        SourceStore past, FactBlock added, int[] entityOf, EntityIndex entities, Dictionary<EntityKey, int> holds, Dictionary<RowRef, int> removed)
    {
        if (past.Blocks.Length == 0)
        {
            return 0;
        }

        Lazy<PlacesInUse> places = new(() => new PlacesInUse(past));
        long replaced = 0;
        foreach ((EntityKey key, int row) in holds)
        {
            for (int b = past.Blocks.Length - 1; b >= 0; b--)
            {
                RowRef old = new(b, past.Blocks[b].RowOf(key));
                if (old.Row < 0 || places.Value.OwnerOf(old) is not (>= 0 and int owner))
                {
                    continue;
                }

                replaced++;
                if (Beats(added, row, entities[entityOf[row]], past.Blocks[b], old.Row, entities[owner]))
                {
                    removed.Add(old, owner);
                }
                else
                {
                    entityOf[row] = -1;
                }

                break;
            }
        }

        return replaced;
    }

    private static bool Beats(FactBlock a, int i, EntityKey entityA, FactBlock b, int j, EntityKey entityB)
    {
        int order = a.KnownTicks.Length == 0 ? 0 : b.KnownTicks[j].CompareTo(a.KnownTicks[i]);
        order = order != 0 || a.Sequence.Length == 0 ? order : b.Sequence[j].CompareTo(a.Sequence[i]);
        order = order != 0 ? order : FactOrder.Compare(a, i, b, j);
        return order != 0 ? order < 0 : entityA > entityB;
    }

    /// <summary>Which rows of which blocks belong to an entity at present.</summary>
    private sealed class PlacesInUse
    {
        private readonly (Segment Segment, int Entity)[] _places;

        public PlacesInUse(SourceStore store)
        {
            List<(Segment Segment, int Entity)> places = [];
            for (int id = 0; id < store.Segments.Length; id++)
            {
                if (store[id].Count > 0)
                {
                    places.Add((store[id], id));
                }
            }

            places.Sort((a, b) => Compare(a.Segment, new RowRef(b.Segment.Block, b.Segment.Start)));
            _places = [.. places];
        }

        /// <summary>Returns the entity that a row belongs to, or −1 when nobody's.</summary>
        public int OwnerOf(RowRef row)
        {
            int low = 0, high = _places.Length;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                (low, high) = Compare(_places[middle].Segment, row) <= 0 ? (middle + 1, high) : (low, middle);
            }

            return low > 0 && _places[low - 1] is var (segment, entity) && segment.Block == row.Block && row.Row < segment.Start + segment.Count ? entity : -1;
        }

        private static int Compare(Segment a, RowRef b) => a.Block != b.Block ? a.Block.CompareTo(b.Block) : a.Start.CompareTo(b.Row);
    }
}
