namespace MlSystemDesign.History;

/// <summary>Gives entities provisional ids while rows are read: those of the past keep theirs, new ones get the next in the order of appearance.</summary>
internal sealed class EntityInterner(EntityIndex past)
{
    private readonly IntegerIds _integers = new();
    private readonly Dictionary<EntityKey, int> _others = [];
    private readonly List<EntityKey> _newKeys = [];
    private EntityKey? _pattern = past.Count > 0 ? (EntityKey?)past[0] : null;

    /// <summary>Gets the number of ids.</summary>
    public int Count => past.Count + _newKeys.Count;

    /// <summary>Returns the entity of an id.</summary>
    public EntityKey this[int id] => id < past.Count ? past[id] : _newKeys[id - past.Count];

    /// <summary>Gives an entity its id.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when the key is of another kind than those before: the text 7 and the integer 7 would be two entities.</returns>
    public bool TryGetId(EntityKey key, out int id)
    {
        bool isInteger = key.TryGetInteger(out long integer);
        if (isInteger)
        {
            id = _integers.Find(integer);
        }
        else if (!_others.TryGetValue(key, out id))
        {
            id = -1;
        }

        if (id >= 0)
        {
            return true;
        }

        if (!Kinds(_pattern ??= key).SequenceEqual(Kinds(key)))
        {
            return false;
        }

        id = past.Find(key);
        if (id < 0)
        {
            id = Count;
            _newKeys.Add(key);
        }

        if (isInteger)
        {
            _integers.Add(integer, id);
        }
        else
        {
            _others.Add(key, id);
        }

        return true;
    }

    /// <summary>Gives integers their ids. A row whose id is −1 already is left as it is; one whose key is of another kind gets −1.</summary>
    public void Intern(ReadOnlySpan<long> keys, Span<int> ids)
    {
        for (int i = _integers.FindAll(keys, ids); i < ids.Length; i += _integers.FindAll(keys[i..], ids[i..]))
        {
            ids[i] = TryGetId(keys[i], out int id) ? id : -1;
        }
    }

    /// <summary>Says what is wrong with a key that got no id.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="place">Where it stands, in words with a blank before them; nothing for a report, which says so itself.</param>
    public string OtherKind(EntityKey key, string place = "") => $"{Names(key)} '{key}'{place} beside {Names(_pattern!.Value)} '{_pattern}'";

    /// <summary>Ends the reading.</summary>
    /// <param name="finalIds">The final id of each provisional one.</param>
    public EntityIndex Complete(out int[] finalIds)
    {
        EntityIndex index = past.Append([.. _newKeys]);
        finalIds = new int[index.Count];
        for (int id = 0; id < finalIds.Length; id++)
        {
            finalIds[id] = id < past.Count ? id : index.Find(_newKeys[id - past.Count]);
        }

        return index;
    }

    private static IEnumerable<EntityKeyKind> Kinds(EntityKey key) => key.Parts.Select(p => p.Kind);

    private static string Names(EntityKey key) => string.Join('/', Kinds(key));
}
