using MlSystemDesign.Facts;

namespace MlSystemDesign.History;

/// <summary>Finds, among rows with the same event key, from when each is superseded by the next: versions stand in the order of known time, sequence, retractions after rows,
/// the total order of facts, and entity.</summary>
/// <remarks>A version that the next one supersedes at its own known time can never be visible. It is left out, which no later version can make wrong: whatever comes between
/// the two becomes known at that time as well. So the result is the same for every order and every partition of the rows.</remarks>
internal sealed class EventVersions
{
    private readonly SourceStore _past;
    private readonly FactBlock[] _blocks;
    private readonly FactBlock _added;
    private readonly bool[] _retracted;
    private readonly int[] _ownerOf;
    private readonly EntityIndex _entities;
    private readonly HashSet<int> _foreign;
    private readonly Lazy<RowOwners> _owners;
    private readonly Dictionary<EntityKey, Retraction[]> _retractions;

    /// <summary>Finds.</summary>
    /// <param name="past">The source so far.</param>
    /// <param name="added">The new rows.</param>
    /// <param name="retracted">Which of them are retractions; empty when none is.</param>
    /// <param name="ownerOf">The entity of each new row.</param>
    /// <param name="entities">The entities.</param>
    /// <param name="foreign">Those whose facts are in another partition: here their rows only end what stood before them, as a retraction does.</param>
    public EventVersions(SourceStore past, FactBlock added, bool[] retracted, int[] ownerOf, EntityIndex entities, HashSet<int> foreign)
    {
        _past = past;
        _added = added;
        _blocks = [.. past.Blocks, added];
        _retracted = retracted;
        _ownerOf = ownerOf;
        _entities = entities;
        _foreign = foreign;
        _owners = new Lazy<RowOwners>(() => new RowOwners(past));
        _retractions = new Dictionary<EntityKey, Retraction[]>(past.Retractions);
        EventKeyIndex index = added.RowsByEventKey();
        List<int> rows = [];
        for (int chain = 0; chain < index.Chains; chain++)
        {
            rows.Clear();
            index.AddRowsOfChain(chain, rows);
            if (rows.Count > 1)
            {
                rows.Sort((i, j) => added.EventKeys[i].CompareTo(added.EventKeys[j]));
            }

            for (int start = 0; start < rows.Count;)
            {
                int end = start + 1;
                while (end < rows.Count && added.EventKeys[rows[end]] == added.EventKeys[rows[start]])
                {
                    end++;
                }

                Order(added.EventKeys[rows[start]], rows, start, end);
                start = end;
            }
        }
    }

    /// <summary>Gets the rows, new or past, that are superseded from another time on than their block says.</summary>
    public Dictionary<RowRef, long> Superseded { get; } = [];

    /// <summary>Gets the rows, new or past, that are not facts: retractions, rows of foreign entities, and versions that can never be visible.</summary>
    public HashSet<RowRef> LeftOut { get; } = [];

    /// <summary>Gets the entities of past rows that change.</summary>
    public HashSet<int> ChangedOwners { get; } = [];

    /// <summary>Gets the retractions of each event key, past ones included.</summary>
    public IReadOnlyDictionary<EntityKey, Retraction[]> Retractions => _retractions;

    /// <summary>Gets how many versions, new or past, can never be visible.</summary>
    public long Replaced { get; private set; }

    /// <summary>Gets how many facts, new or past, came to be superseded.</summary>
    public long Revised { get; private set; }

    private void Order(EntityKey key, List<int> rows, int start, int end)
    {
        List<EventVersion> versions = new(end - start);
        for (int i = start; i < end; i++)
        {
            int row = rows[i];
            versions.Add(VersionOf(key, new RowRef(_past.Blocks.Length, row), _retracted.Length != 0 && _retracted[row], _ownerOf[row]));
        }

        AddPast(key, versions);
        if (versions.Count == 1 && IsFact(versions[0]))
        {
            return;
        }

        versions.Sort(Compare);
        List<Retraction> retractions = [];
        for (int i = versions.Count - 1; i >= 0; i--)
        {
            EventVersion version = versions[i];
            long until = i + 1 < versions.Count ? versions[i + 1].Known : long.MaxValue;
            bool neverVisible = until == version.Known;
            if (!IsFact(version))
            {
                LeaveOut(version.Row);
                if (!neverVisible)
                {
                    retractions.Add(new Retraction(version.Known, version.Sequence));
                }
            }
            else if (neverVisible)
            {
                LeaveOut(version.Row);
                Replaced++;
                Touch(version);
            }
            else
            {
                Supersede(version, until);
            }
        }

        if (retractions.Count > 0)
        {
            _retractions[key] = [.. retractions];
        }
    }

    private bool IsFact(EventVersion version) => !version.IsRetraction && !_foreign.Contains(version.Owner);

    private void LeaveOut(RowRef row)
    {
        if (row.Block >= 0)
        {
            LeftOut.Add(row);
        }
    }

    private void Supersede(EventVersion version, long until)
    {
        long before = _blocks[version.Row.Block].SupersededAt(version.Row.Row);
        if (before != until)
        {
            Superseded.Add(version.Row, until);
            Revised += before == long.MaxValue ? 1 : 0;
            Touch(version);
        }
    }

    private void Touch(EventVersion version)
    {
        if (version.Row.Block < _past.Blocks.Length)
        {
            ChangedOwners.Add(version.Owner);
        }
    }

    private void AddPast(EntityKey key, List<EventVersion> versions)
    {
        if (_past.Retractions.TryGetValue(key, out Retraction[]? retractions))
        {
            versions.AddRange(retractions.Select(r => new EventVersion(key, r.Known, r.Sequence, true, new RowRef(-1, 0), -1)));
        }

        List<int> rows = [];
        for (int b = 0; b < _past.Blocks.Length; b++)
        {
            rows.Clear();
            _past.Blocks[b].RowsByEventKey().AddRowsOf(key, rows);
            foreach (int row in rows)
            {
                RowRef place = new(b, row);
                if (_owners.Value.OwnerOf(place) is var owner and >= 0)
                {
                    versions.Add(VersionOf(key, place, false, owner));
                }
            }
        }
    }

    private EventVersion VersionOf(EntityKey key, RowRef row, bool isRetraction, int owner)
    {
        FactBlock block = _blocks[row.Block];
        return new EventVersion(key, block.KnownAt(row.Row), block.Sequence.Length == 0 ? 0 : block.Sequence[row.Row], isRetraction, row, owner);
    }

    private int Compare(EventVersion a, EventVersion b)
    {
        int order = a.Known.CompareTo(b.Known);
        order = order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
        order = order != 0 ? order : a.IsRetraction.CompareTo(b.IsRetraction);
        if (order != 0 || a.IsRetraction)
        {
            return order;
        }

        order = FactOrder.Compare(_blocks[b.Row.Block], b.Row.Row, _blocks[a.Row.Block], a.Row.Row);
        return order != 0 ? order : _entities[a.Owner].CompareTo(_entities[b.Owner]);
    }
}
