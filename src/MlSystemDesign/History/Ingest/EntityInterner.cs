namespace MlSystemDesign.History;

/// <summary>Gives entities provisional ids while rows are read: those of the past keep theirs, new ones get the next in the order of appearance.</summary>
internal sealed class EntityInterner(EntityIndex past)
{
    private readonly Dictionary<EntityKey, int> _newIds = [];
    private EntityKey? _pattern = past.Count > 0 ? (EntityKey?)past[0] : null;

    /// <summary>Gives an entity its id.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="source">The source that it comes from.</param>
    /// <param name="row">The row that it comes from.</param>
    /// <exception cref="DataFormatException">The key is of another kind than those before: the text 7 and the integer 7 would be two entities.</exception>
    public int IdOf(EntityKey key, string source, long row)
    {
        int id = past.Find(key);
        if (id < 0 && !_newIds.TryGetValue(key, out id))
        {
            RequireSameKind(key, source, row);
            id = past.Count + _newIds.Count;
            _newIds.Add(key, id);
        }

        return id;
    }

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

    private void RequireSameKind(EntityKey key, string source, long row)
    {
        EntityKey pattern = _pattern ??= key;
        if (!pattern.Parts.Select(p => p.Kind).SequenceEqual(key.Parts.Select(p => p.Kind)))
        {
            throw new DataFormatException(
                $"All sources of a history must have one kind of key. Got {Kinds(key)} '{key}' in row {row} of source '{source}' beside {Kinds(pattern)} '{pattern}'. " +
                "State the kind with Entity(column, EntityKeyKind...), or convert the key.",
                row);
        }
    }

    private static string Kinds(EntityKey key) => string.Join('/', key.Parts.Select(p => p.Kind));
}
