namespace MlSystemDesign.History;

/// <summary>Gives entities provisional ids while rows are read: those of the past keep theirs, new ones get the next in the order of appearance.</summary>
internal sealed class EntityInterner(EntityIndex past)
{
    private readonly Dictionary<EntityKey, int> _newIds = [];
    private EntityKey? _pattern = past.Count > 0 ? (EntityKey?)past[0] : null;

    /// <summary>Gives an entity its id.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="id">The id.</param>
    /// <returns>False when the key is of another kind than those before: the text 7 and the integer 7 would be two entities.</returns>
    public bool TryGetId(EntityKey key, out int id)
    {
        id = past.Find(key);
        if (id < 0 && !_newIds.TryGetValue(key, out id))
        {
            if (!Kinds(_pattern ??= key).SequenceEqual(Kinds(key)))
            {
                return false;
            }

            id = past.Count + _newIds.Count;
            _newIds.Add(key, id);
        }

        return true;
    }

    /// <summary>Says what is wrong with a key that got no id.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="place">Where it stands, in words with a blank before them; nothing for a report, which says so itself.</param>
    public string OtherKind(EntityKey key, string place = "") => $"{Names(key)} '{key}'{place} beside {Names(_pattern!.Value)} '{_pattern}'";

    /// <summary>Ends the reading.</summary>
    /// <param name="finalIds">The final id of each provisional one.</param>
    public EntityIndex Complete(out int[] finalIds)
    {
        EntityIndex index = past.Append([.. _newIds.Keys]);
        finalIds = new int[index.Count];
        for (int i = 0; i < past.Count; i++)
        {
            finalIds[i] = i;
        }

        foreach ((EntityKey key, int id) in _newIds)
        {
            finalIds[id] = index.Find(key);
        }

        return index;
    }

    private static IEnumerable<EntityKeyKind> Kinds(EntityKey key) => key.Parts.Select(p => p.Kind);

    private static string Names(EntityKey key) => string.Join('/', Kinds(key));
}
