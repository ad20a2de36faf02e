namespace MlSystemDesign.Features;

/// <summary>The rows of each entity, so that its facts are read once. Each row of an entity never seen is a group of its own.</summary>
internal sealed class RowGroups
{
    private readonly int[] _starts;
    private readonly int[]? _rows; // null when the rows of each entity stand together

    private RowGroups(int[] ids, int[] starts, int[]? rows)
    {
        Ids = ids;
        _starts = starts;
        _rows = rows;
    }

    /// <summary>Gets the number of groups.</summary>
    internal int Count => _starts.Length - 1;

    /// <summary>Gets the entity id of each row.</summary>
    internal int[] Ids { get; }

    /// <summary>Groups rows.</summary>
    /// <param name="ids">The entity id of each row; −1 for one never seen.</param>
    /// <param name="entityIds">Ids are below this.</param>
    internal static RowGroups Of(int[] ids, int entityIds) => Runs(ids, entityIds) is { } starts ? new(ids, starts, null) : Sorted(ids, entityIds);

    /// <summary>Gets a value indicating whether the rows of each group follow each other, in the order of the groups: then a place is a row.</summary>
    internal bool AreTogether => _rows is null;

    internal int Start(int group) => _starts[group];

    internal int RowAt(int place) => _rows is null ? place : _rows[place];

    /// <summary>Returns where the runs of equal ids start; <see langword="null"/> when an entity has several.</summary>
    private static int[]? Runs(int[] ids, int entityIds)
    {
        bool[] seen = new bool[entityIds];
        List<int> starts = new(1024);
        for (int row = 0; row < ids.Length; row++)
        {
            if (row > 0 && ids[row] == ids[row - 1] && ids[row] >= 0)
            {
                continue;
            }

            if (ids[row] >= 0)
            {
                if (seen[ids[row]])
                {
                    return null;
                }

                seen[ids[row]] = true;
            }

            starts.Add(row);
        }

        starts.Add(ids.Length);
        return [.. starts];
    }

    private static RowGroups Sorted(int[] ids, int entityIds)
    {
        int[] counts = new int[entityIds + 1]; // those never seen come last
        foreach (int id in ids)
        {
            counts[Group(id)]++;
        }

        List<int> starts = [];
        int[] next = new int[counts.Length];
        for (int group = 0, place = 0; group < counts.Length; group++)
        {
            next[group] = place;
            int groups = group == entityIds ? counts[group] : Math.Min(counts[group], 1);
            for (int g = 0; g < groups; g++)
            {
                starts.Add(place + g);
            }


            place += counts[group];
        }

        int[] rows = new int[ids.Length];
        for (int row = 0; row < ids.Length; row++)
        {
            rows[next[Group(ids[row])]++] = row;
        }

        starts.Add(ids.Length);
        return new RowGroups(ids, [.. starts], rows);

        int Group(int id) => id < 0 ? entityIds : id;
    }
}
